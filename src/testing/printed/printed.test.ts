import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { programChecker } from '../../../scripts/flink-types'
import { PrintedOutput } from '../../../bin/output'
import { problemOf } from '../../client'
import { compile } from '../../client/compile'
import { runToEnd } from '../../minicluster/headless'
import { DEFAULT_CLUSTER, newScenario } from '../../scenario/defaults'

/** Whole programs against what the real Flink printed for their Java twins: see the README. */

const HERE = fileURLToPath(new URL('.', import.meta.url))
const programs = readdirSync(HERE, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

interface Printed {
  readonly lines: readonly string[]
  /** What ended the program; empty if it ended well. */
  readonly failure: string
}

async function run(text: string): Promise<Printed> {
  const lines: string[] = []
  const printer = { out: (line: string) => void lines.push(line), err: () => undefined, problem: () => undefined }
  const scenario = newScenario({
    topics: [],
    cluster: DEFAULT_CLUSTER,
    configuration: { 'taskmanager.numberOfTaskSlots': '4' },
    program: { language: 'typescript', text },
  })
  const printed: PrintedOutput[] = []
  try {
    const outcome = await runToEnd(
      { scenario, compiled: compile(text), topics: [], tracing: false },
      { onHeader: (header) => void printed.push(new PrintedOutput(header, printer)), onPage: (page) => printed[0]?.page(page) },
    )
    return {
      lines: lines.sort(byBytes),
      failure: outcome.jobs
        .map(({ reason }) => reason)
        .join('\n')
        .trim(),
    }
  } catch (thrown) {
    const { args } = problemOf(thrown)
    return { lines: [], failure: Object.values(args ?? {}).join(' ') }
  }
}

const byBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b))
const linesOf = (file: string): readonly string[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')

describe('programs print what Flink printed', () => {
  test.each(programs)('%s', async (name) => {
    const folder = join(HERE, name)
    const { lines, failure } = await run(readFileSync(join(folder, 'program.ts'), 'utf8'))
    expect(lines).toEqual([...linesOf(join(folder, 'expected.txt'))].sort(byBytes))
    const failed = join(folder, 'failure.txt')
    if (!existsSync(failed)) return expect(failure).toBe('')
    // The last cause is the one that says something; what user code threw is an Error here, of whatever class in Java.
    const [, said] = /^[\w.$]+: (.*)$/.exec(linesOf(failed).at(-1)!)!
    expect(failure).toContain(said)
  })
})

test('their types are those of module flink', { timeout: 120_000 }, () => {
  const complaints = programChecker()
  const found = programs.flatMap((name) => {
    const text = readFileSync(join(HERE, name, 'program.ts'), 'utf8')
    return complaints(text).map(({ message, line }) => `${name}:${line} ${message}`)
  })
  expect(found).toEqual([])
})
