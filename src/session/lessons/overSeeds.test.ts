import { expect, test } from 'vitest'
import { compile } from '../../client/compile'
import { ProblemError } from '../../core/problem'
import { inTurn } from '../../minicluster/inTurn'
import { startLocal } from '../../minicluster/local'
import type { StartRun } from '../../minicluster/types'
import { newScenario } from '../../scenario/defaults'
import type { LessonChecks } from '../../trace/predicates'
import { checkOverSeeds, type CheckServices } from './overSeeds'

const says = { en: '', zh: '' }
const checks = {
  checks: [{ id: 'some', says, pass: says, fail: says, test: ({ log }) => ({ passed: log.length > 0, values: {} }) }],
} as Partial<LessonChecks> as LessonChecks
const scenario = newScenario({
  program: {
    language: 'typescript',
    text: `import { PrintSink, StreamExecutionEnvironment } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromData(1, 2, 3).sinkTo(new PrintSink())
env.execute('job')`,
  },
})
/** Later seeds start sooner than the first. */
const unevenly: StartRun = async (request) => {
  await new Promise((done) => setTimeout(done, request.scenario.seed === 1 ? 30 : 1))
  return startLocal(request)
}
const services = (startRun: StartRun): CheckServices => ({ compile, resolveTopics: () => Promise.resolve([]), startRun, atOnce: 3 })
const seedsOf = async (seeds: number, startRun: StartRun, stopAt = Infinity): Promise<number[]> => {
  const stop = new AbortController()
  const told: number[] = []
  for await (const { seed } of checkOverSeeds(checks, scenario, seeds, services(startRun), stop.signal)) {
    told.push(seed)
    if (seed === stopAt) stop.abort()
  }
  return told
}

test('each seed once and in order, however many at once', async () => {
  expect(await seedsOf(7, unevenly)).toEqual([1, 2, 3, 4, 5, 6, 7])
  expect(await seedsOf(7, inTurn([unevenly, unevenly]))).toEqual([1, 2, 3, 4, 5, 6, 7])
})

test('stopped, it ends with what it has, and gives its places back', async () => {
  const pool = inTurn([unevenly])
  expect(await seedsOf(50, pool, 2)).toEqual([1, 2])
  expect(await seedsOf(2, pool)).toEqual([1, 2])
})

test('stopped in the midst of a run that never ends', async () => {
  const endless: StartRun = async (request) => ({ ...(await startLocal(request)), advance: () => new Promise(() => {}) })
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 20)
  for await (const _ of checkOverSeeds(checks, scenario, 5, services(inTurn([endless])), stop.signal)) expect(_).toBeUndefined()
})

test('a run that breaks is no run', async () => {
  const broken: StartRun = async (request) => ({
    ...(await startLocal(request)),
    advance: () => Promise.resolve({ state: 'broken', problem: { code: 'sandbox-memory', severity: 'error' }, frontier: 0 }),
  })
  await expect(seedsOf(5, broken)).rejects.toBeInstanceOf(ProblemError)
})
