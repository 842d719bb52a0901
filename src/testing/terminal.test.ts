import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Bad input in a terminal: exit code 1, a sentence, a way out; and never a stack of ours. */

const TIDEMARK = fileURLToPath(new URL('../../bin/tidemark', import.meta.url))
let folder: string
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'tidemark-terminal-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const job = (body: string): string => `import { LogSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
${body}
env.execute('job')`
const GOOD = job('env.fromSequence(1, 3).rebalance().map((n) => n * 2).sinkTo(new PrintSink())')
const READS = job(`env.fromSource(LogSource.topic<{ key: string }>('readings').setBounded(), WatermarkStrategy.noWatermarks(), 'readings')
  .map((r) => r.key).sinkTo(new PrintSink())`)

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}
const run = (program: string, ...options: string[]): Promise<Outcome> =>
  new Promise((done) => {
    const path = file(`program-${Math.abs(hash(program))}.ts`, program)
    // A heap that is soon full: it is the same end as that of a large one.
    execFile(process.execPath, ['--max-old-space-size=1024', TIDEMARK, 'run', path, ...options], (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })
const hash = (text: string): number => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7)

test('the command line itself is bundled, and a good program runs', { timeout: 120_000 }, async () => {
  expect(await run(GOOD)).toEqual({ code: 0, out: '2\n4\n6\n', err: '' })
  expect((await run(GOOD, '-p', '3', '-D', 'taskmanager.numberOfTaskSlots=1', '-D', 'tidemark.taskmanagers=3')).code).toBe(0)
})

test.each([
  ['a syntax error', GOOD.replace('n * 2', 'n *'), [], 'program:3:', 'This does not parse: '],
  ['an exception', GOOD.replace('n * 2', '{ throw new Error("no") }'), [], 'error: program:3: Error: no', 'the restart strategy decided'],
  ['no TaskManagers', GOOD, ['-D', 'tidemark.taskmanagers=0'], 'tidemark.taskmanagers is 0, and must be 1 … 64.', 'within these bounds'],
  ['too many', GOOD, ['-D', 'tidemark.taskmanagers=10000'], 'is 10000, and must be 1 … 64.', 'within these bounds'],
  ['a wrong unit', GOOD, ['-D', 'slot.request.timeout=10 parsecs'], '“10 parsecs” is no length of time', 'a whole number and a unit'],
  ['no topic', READS, [], 'There is no topic “readings”', '--input readings=FILE'],
  ['no file', READS, ['--input', 'readings=/nowhere.csv'], 'There is no file /nowhere.csv.', 'Check the path.'],
])('%s', async (_what, program, options, sentence, hint) => {
  const { code, err } = await run(program, ...options)
  expect(code).toBe(1)
  expect(err).toContain(sentence)
  expect(err).toContain(hint)
  expect(err).not.toContain('    at ')
})

test('an unknown key warns, and the run goes on', async () => {
  const { code, out, err } = await run(GOOD, '-D', 'taskmanager.numberOfTaskSlot=2')
  expect({ code, out }).toEqual({ code: 0, out: '2\n4\n6\n' })
  expect(err).toContain('Did you mean taskmanager.numberOfTaskSlots?')
})

test('fewer slots than the parallelism: what Flink says, and what to do', async () => {
  const { code, err } = await run(GOOD, '-p', '3', '-D', 'taskmanager.numberOfTaskSlots=2', '-D', 'slot.request.timeout=10s')
  expect(code).toBe(1)
  expect(err).toContain('3 slots are needed in all, and the cluster starts with 2')
  expect(err).toContain('NoResourceAvailableException: Could not acquire the minimum required resources.')
})

test('tables: duplicate headers, and one of 50 MB', async () => {
  const twice = await run(READS, '--input', `readings=${file('twice.csv', 'key,time,time\na,1,2\n')}`)
  expect(twice).toMatchObject({ code: 1, out: '' })
  expect(twice.err).toContain('There are two columns “time”.')
  const big = await run(READS, '--input', `readings=${file('big.csv', '1'.repeat(50 * 1048576))}`)
  expect(big).toMatchObject({ code: 1, out: '' })
  expect(big.err).toContain('This file has 50 MB; at most 20 MB are read.')
})

test('a program that never returns, and one that eats memory', async () => {
  const [endless, hungry] = await Promise.all([
    run(GOOD.replace('n * 2', '{ while (n === 2) {} return n }')),
    run(
      job(`const all: unknown[] = []
env.fromSequence(1, 1e6).map((n) => { all.push(new Array(300000).fill(n)); return n }).sinkTo(new PrintSink())`),
    ),
  ])
  expect(endless).toEqual({ code: 1, out: expect.any(String) as string, err: expect.stringContaining('did not return for 10 s') as string })
  expect(hungry).toEqual({ code: 1, out: expect.any(String) as string, err: expect.stringContaining('used up its memory') as string })
})
