import { beforeAll, describe, expect, test, vi } from 'vitest'
import { compile } from '../client/compile'
import { startLocal } from '../minicluster/local'
import type { StartRun } from '../minicluster/types'
import { newScenario } from '../scenario/defaults'
import { addIntervention, removeIntervention, setProgram } from '../scenario/edits'
import type { Intervention, Scenario } from '../scenario/types'
import { TraceKind } from '../trace/kinds'
import { Session } from './session.svelte'

const PROGRAM = `
import { PrintSink, StreamExecutionEnvironment } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSequence(1, 2000).keyBy((n) => n % 5).reduce((a, b) => a + b).sinkTo(new PrintSink())
env.execute('sums')
`

const cancel = (at: number): Intervention => ({ at, do: 'cancel' })

beforeAll(() => {
  vi.stubGlobal('requestAnimationFrame', (done: () => void) => setTimeout(done, 0))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})

/** A session whose run has ended, and how many runs were started in it. */
async function ended(startRun: StartRun = startLocal): Promise<{ session: Session; starts: () => number }> {
  let starts = 0
  const scenario: Scenario = newScenario({ program: { language: 'typescript', text: PROGRAM } })
  const session = new Session(scenario, {
    compile: async (text) => compile(text),
    resolveTopics: async () => [],
    readPlan: () => Promise.reject(new Error('no plan here')),
    startRun: (request) => {
      starts++
      return startRun(request)
    },
  })
  expect(await session.run({ play: false })).toBe(true)
  await over(session)
  return { session, starts: () => starts }
}
const over = (session: Session) => vi.waitFor(() => expect(session.runner.phase).toBe('ended'), { timeout: 20_000 })
const hashOf = ({ runner }: Session) => runner.log!.prefixHash(runner.log!.length)
const lastStatus = ({ runner }: Session): number => {
  for (let i = runner.log!.length - 1; i >= 0; i--) if (runner.log!.at(i).kind === TraceKind.JobStatus) return runner.log!.at(i).a
  return -1
}
const FINISHED = 7
const CANCELED = 6

describe('a hand on the running cluster', () => {
  test('the moment stays, what was before it is made again, and one undo brings the first run back', async () => {
    const { session } = await ended()
    const { runner, player } = session
    const before = hashOf(session)
    const at = Math.floor(runner.log!.endTime / 2)
    player.seek({ time: at })
    const events = player.event
    const past = runner.log!.prefixHash(runner.log!.lastAt(at - 1) + 1)
    expect(await session.intervene((scenario) => addIntervention(scenario, cancel(at)))).toBe(true)
    expect(player.time).toBe(at)
    expect(runner.log!.prefixHash(runner.log!.lastAt(at - 1) + 1)).toBe(past)
    expect(player.event).toBeGreaterThanOrEqual(events)
    await over(session)
    expect([lastStatus(session), runner.problems]).toEqual([CANCELED, []])
    expect(session.edited).toBe(false)

    session.undo()
    await vi.waitFor(() => expect(session.edited).toBe(false), { timeout: 20_000 })
    await over(session)
    expect([hashOf(session), player.time, session.scenario.interventions.length]).toEqual([before, at, 0])
    session.redo()
    await vi.waitFor(() => expect(session.edited).toBe(false), { timeout: 20_000 })
    await over(session)
    expect(lastStatus(session)).toBe(CANCELED)
  })

  test('beyond all that is simulated it happens, too', async () => {
    const { session } = await ended()
    const end = session.runner.log!.endTime
    await session.intervene((scenario) => addIntervention(scenario, cancel(end + 1_000_000)))
    await over(session)
    expect([lastStatus(session), session.runner.problems]).toEqual([FINISHED, []])
  })

  test('TaskManagers that come and go later change nothing of what was before', async () => {
    const { session } = await ended()
    const at = Math.floor(session.runner.log!.endTime / 2)
    session.player.seek({ time: at })
    for (const intervention of [
      { at, do: 'start-task-manager' },
      { at: at + 1000, do: 'stop-task-manager', host: 1 },
    ] as const) {
      await session.intervene((scenario) => addIntervention(scenario, intervention))
      await over(session)
      expect(session.runner.problems).toEqual([])
    }
    expect(session.runner.header!.hosts.filter(({ kind }) => kind === 'taskmanager')).toMatchObject([{}, {}, { startsAt: at }])
  })

  test('a run that does not make its past again is a fault of ours', async () => {
    let seed = 1
    const { session } = await ended((request) =>
      startLocal({ ...request, scenario: { ...request.scenario, cluster: { ...request.scenario.cluster, recordCost: 20 * seed++ } } }),
    )
    const at = session.runner.log!.endTime
    session.player.seek({ time: at })
    await session.intervene((scenario) => addIntervention(scenario, cancel(at)))
    expect(session.runner.problems).toMatchObject([{ code: 'internal', place: { in: 'run' } }])
  })

  test('a program that was changed since runs as a whole; without a run nothing starts', async () => {
    const { session, starts } = await ended()
    session.edit('program', (scenario) => setProgram(scenario, PROGRAM.replace('2000', '20')))
    expect(await session.intervene((scenario) => addIntervention(scenario, cancel(5_000_000)))).toBe(true)
    await over(session)
    expect([starts(), session.edited]).toEqual([2, false])

    session.open(session.scenario, 'link')
    expect(await session.intervene((scenario) => removeIntervention(scenario, 0))).toBe(false)
    expect([starts(), session.runner.phase]).toEqual([2, 'none'])
  })

  test('taken back before it was there, the run on screen just goes on', async () => {
    const { session } = await ended()
    const before = hashOf(session)
    session.player.seek({ time: 300_000 })
    const under = session.intervene((scenario) => addIntervention(scenario, cancel(300_000)))
    session.undo()
    await under
    await over(session)
    expect([hashOf(session), session.edited]).toEqual([before, false])
  })
})
