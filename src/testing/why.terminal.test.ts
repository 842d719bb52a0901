import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** `tidemark why` in a terminal: questions, chains, roots and ways out, in words and as JSON. */

const TIDEMARK = fileURLToPath(new URL('../../bin/tidemark', import.meta.url))
let folder: string
let program: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tidemark-why-'))
  program = join(folder, 'program.ts')
  writeFileSync(
    program,
    `import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSource(LogSource.topic<{ key: string; time: number }>('readings'), WatermarkStrategy.forMonotonousTimestamps<{ key: string; time: number }>().withTimestampAssigner((e) => e.time), 'readings')
  .keyBy((e) => e.key)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .reduce((a, b) => b)
  .sinkTo(new PrintSink())
env.execute('job')`,
  )
  writeFileSync(join(folder, 'readings.csv'), 'key,time\na,1000\na,9000\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const why = (...options: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> =>
  new Promise((done) => {
    const input = `readings=${join(folder, 'readings.csv')}`
    execFile(process.execPath, [TIDEMARK, 'why', program, '--input', input, ...options], (error, out, err) => {
      done({ code: error === null ? 0 : Number(error.code), out, err })
    })
  })

test('in words, in either language', async () => {
  const { code, out } = await why('--at', '5s')
  expect(code).toBe(0)
  expect(out).toContain('At 5.000 s')
  expect(out).toContain('Root: no-later-event.')
  expect((await why('--language', 'zh')).out).toContain('根源: no-later-event。'.slice(0, 4))
}, 60_000)

test('the same reason once', async () => {
  writeFileSync(join(folder, 'many.csv'), `key,time\n${['a', 'b', 'c', 'd'].map((key) => `${key},1000\n`).join('')}`)
  const { out } = await why('--input', `readings=${join(folder, 'many.csv')}`)
  expect(out).toContain('And 3 more windows, for the same reason.')
  expect(out.match(/Add an event of/g)).toHaveLength(1)
}, 60_000)

test('as JSON', async () => {
  const { code, out } = await why('--json')
  const { answers } = JSON.parse(out) as { answers: { root: string; causes: { code: string }[]; fixes: { code: string }[] }[] }
  expect(code).toBe(0)
  expect(answers[0]!.root).toBe('no-later-event')
  expect(answers[0]!.causes.length).toBeGreaterThan(1)
  expect(answers[0]!.fixes.map((fix) => fix.code)).toContain('add-event')
}, 60_000)

test('a moment that is none', async () => {
  const { code, err } = await why('--at', 'soon')
  expect(code).toBe(1)
  expect(err).toContain('--at needs a time of the run')
}, 60_000)
