import { beforeAll, expect, test, vi } from 'vitest'
import { compile } from '../client/compile'
import { startLocal } from '../minicluster/local'
import { planTextOf, mayBePlan, readScenarioPlan } from '../page/plans'
import { showPlan } from '../page/planActions'
import { newScenario } from '../scenario/defaults'
import { decodeLink, encodeLink } from '../scenario/codec'
import { setOption, setPlan } from '../scenario/edits'
import { SAMPLE_PLAN } from '../scenario/samplePlan'
import { Session } from './session.svelte'

const PROGRAM = `
import { PrintSink, StreamExecutionEnvironment } from 'flink'
const one = StreamExecutionEnvironment.getExecutionEnvironment()
one.fromSequence(1, 20).keyBy((n) => n % 5).reduce((a, b) => a + b).sinkTo(new PrintSink())
one.execute('sums')
const other = StreamExecutionEnvironment.getExecutionEnvironment()
other.fromSequence(1, 20).map((n) => n + 1).sinkTo(new PrintSink())
other.execute('more')
`

beforeAll(() => {
  vi.stubGlobal('requestAnimationFrame', (done: () => void) => setTimeout(done, 0))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})

const sessionOf = (text = PROGRAM): Session =>
  new Session(newScenario({ program: { language: 'typescript', text } }), {
    compile: async (program) => compile(program),
    resolveTopics: async () => [],
    readPlan: readScenarioPlan,
    startRun: startLocal,
  })
const until = (holds: () => boolean): Promise<void> => vi.waitFor(() => expect(holds()).toBe(true), { timeout: 20_000, interval: 5 })
const taskNames = ({ runner }: Session): string[] => runner.header?.executionGraph.job.vertices.map(({ name }) => name) ?? []

test('a plan takes the place of the run in one undo step, and undoing it brings the run back', async () => {
  const session = sessionOf()
  await session.run({ play: false })
  await until(() => session.runner.phase === 'ended')
  expect(await showPlan(session, SAMPLE_PLAN)).toBeNull()
  await until(() => session.runner.phase === 'planned' && session.runner.header !== null)
  expect(taskNames(session)).toContain('Source: orders -> Filter')
  expect(session.runner.log!.length).toBe(0)
  expect(session.runner.header!.hosts.map(({ name }) => name)).toEqual(['jobmanager', 'taskmanager-1', 'taskmanager-2'])
  expect(session.runner.assumptions.length).toBeGreaterThan(0)
  expect(await session.run()).toBe(false)
  session.undo()
  expect(session.scenario.plan).toBeUndefined()
  await until(() => session.runner.phase === 'ended')
  expect(taskNames(session).length).toBe(3)
})

test('what is wrong with a plan stands on its line, and the picture before it stays; it follows the cluster', async () => {
  const session = sessionOf()
  session.edit('program', (scenario) => setPlan(scenario, SAMPLE_PLAN))
  await until(() => session.runner.header !== null)
  const tasks = taskNames(session)
  session.edit('program', (scenario) => setPlan(scenario, SAMPLE_PLAN.replace('"parallelism": 2', '"parallelism": 0')))
  await until(() => session.runner.problems.length > 0)
  expect(session.problems.find(({ code }) => code === 'plan-parallelism')?.place).toMatchObject({ in: 'plan' })
  expect(taskNames(session)).toEqual(tasks)
  session.undo()
  await until(() => session.runner.problems.length === 0)
  session.edit('cluster', (scenario) => setOption(scenario, 'taskmanager.numberOfTaskSlots', '1'))
  await until(() => session.runner.header!.warnings.some(({ code }) => code === 'slots-too-few'))
})

test('a plan is read again when the typing rests', async () => {
  const session = sessionOf()
  session.edit('program', (scenario) => setPlan(scenario, SAMPLE_PLAN))
  await until(() => session.runner.header !== null)
  session.edit('program', (scenario) => setPlan(scenario, '{"nodes": [{"id": 1}]}'), 'plan')
  session.edit('program', (scenario) => setPlan(scenario, '{"nodes": [{"id": 1} ]}'), 'plan')
  await until(() => session.problems.some(({ place }) => place?.in === 'plan'))
})

test('a text that is no plan changes nothing', async () => {
  const session = sessionOf()
  for (const [text, code] of [
    ['{', 'plan-not-json'],
    ['{"nodes": []}', 'plan-empty'],
    ['[1]', 'plan-none'],
    ['x'.repeat(1_000_001), 'plan-too-long'],
  ] as const)
    expect((await showPlan(session, text))?.code).toBe(code)
  expect(session.history.canUndo).toBe(false)
  expect([mayBePlan(SAMPLE_PLAN), mayBePlan(`{"plan": ${SAMPLE_PLAN}}`), mayBePlan('{"version": 2}'), mayBePlan('null')]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

test('a link carries the plan, and opening it shows the plan without Run', async () => {
  const shared = { scenario: newScenario({ name: 'plan', plan: SAMPLE_PLAN }) }
  const encoded = encodeLink(shared)
  const decoded = decodeLink('fragment' in encoded ? encoded.fragment : '')
  expect(decoded).toEqual(shared)
  const session = sessionOf()
  if ('scenario' in decoded) session.open(decoded.scenario, 'link')
  await until(() => session.runner.header !== null)
  expect(session.problems.filter(({ severity }) => severity === 'error')).toEqual([])
})

test("each job's own plan comes out, and goes in again as the same tasks", async () => {
  const session = sessionOf()
  await session.run({ play: false })
  const { header } = session.runner
  const [sums, more] = [0, 1].map((job) => JSON.parse(planTextOf(header!, job, 'rest')) as { name: string; nodes: unknown[] })
  expect([sums!.name, sums!.nodes.length, more!.name, more!.nodes.length]).toEqual(['sums', 2, 'more', 1])
  for (const form of ['execution', 'rest'] as const) {
    const { header: again } = await readScenarioPlan(newScenario({ plan: planTextOf(header!, 0, form) }))
    expect(again.executionGraph.job.vertices.map(({ name, parallelism }) => `${name} x${parallelism}`)).toEqual(
      header!.executionGraph.job.vertices.filter(({ job }) => job === 0).map(({ name, parallelism }) => `${name} x${parallelism}`),
    )
  }
})
