import { expect, it } from 'vitest'
import { LONG_MAX } from '../../core/time'
import { WATERMARKS_PARAM } from '../../graph/timeSettings'
import type { AnnounceWatermark } from '../messages'
import { LoneContext } from '../testing'
import type { Executions } from './executions'
import type { JobServices } from './services'
import { WatermarkAggregator, WatermarkAlignment } from './watermarkAlignment'

interface Source {
  readonly name: string
  readonly group: string
  readonly drift?: number
}

/** Sources of two subtasks each, all running; source i has the vertices 2i and 2i + 1 and lives at 100 + vertex. */
function setUp(...sources: readonly Source[]) {
  const context = new LoneContext(0)
  const nodes = sources.map(({ name, group, drift = 1000 }, id) => ({
    id,
    name,
    role: 'source',
    operator: { params: { [WATERMARKS_PARAM]: { alignment: { group, maxDrift: drift, updateInterval: 1000 } } } },
  }))
  const due: (() => void)[] = []
  const services = {
    context,
    timers: { after: (_delay: number, action: () => void) => due.push(action) },
    environment: { tracing: false, streamGraph: { nodes } },
    graph: { graph: { job: { vertices: nodes.map(({ id }) => ({ job: 0, chain: [{ node: id }] })) } } },
  } as unknown as JobServices
  const gone = new Set<number>()
  const executions = {
    find: (vertex: number) => ({ attempt: 0, address: 100 + vertex, state: gone.has(vertex) ? 'FAILED' : 'RUNNING' }),
  } as unknown as Executions
  const alignment = new WatermarkAlignment(0, services, executions)
  alignment.start()
  const report = (execution: number, watermark: number): void =>
    alignment.report({ type: 'report-watermark', execution, attempt: 0, node: execution >> 1, watermark })
  /** An update interval passes: who is told what. */
  const interval = (): string => {
    for (const action of due.splice(0)) action()
    return context
      .takeSent()
      .map(({ to, message }) => {
        const { allowed } = message as AnnounceWatermark
        return `${to - 100}:${allowed === LONG_MAX ? 'MAX' : allowed}`
      })
      .join(' ')
  }
  return { report, interval, gone, alignment }
}

// The cases of SourceCoordinatorAlignmentTest.
it('the least watermark of a source’s subtasks and the drift, to those that have reported', () => {
  const { report, interval } = setUp({ name: 'a', group: 'g' })
  expect(interval()).toBe('')
  report(0, 42)
  expect(interval()).toBe('0:1042')
  report(1, 44)
  expect(interval()).toBe('0:1042 1:1042')
  report(0, 5000)
  expect(interval()).toBe('0:1044 1:1044')
})

it('an idle one holds nobody; beyond the end of time there is none', () => {
  const { report, interval } = setUp({ name: 'a', group: 'g' })
  report(0, 42)
  report(1, LONG_MAX)
  expect(interval()).toBe('0:1042 1:1042')
  report(0, LONG_MAX)
  expect(interval()).toBe('0:MAX 1:MAX')
  report(0, 50)
  expect(interval()).toBe('0:1050 1:1050')
})

it('sources of one group wait for each other, each by its own drift; another group is another matter', () => {
  const { report, interval } = setUp({ name: 'a', group: 'g' }, { name: 'b', group: 'g', drift: 5 }, { name: 'c', group: 'h' })
  report(0, 42)
  report(2, 100)
  report(4, 7)
  expect(interval()).toBe('0:1042 2:47 4:1007')
  report(0, 60)
  expect(interval()).toBe('0:1060 2:65 4:1007')
})

it('a subtask that is not there is not told; what it has reported counts on; a new graph begins anew', () => {
  const { report, interval, gone, alignment } = setUp({ name: 'a', group: 'g' })
  report(0, 42)
  report(1, 60)
  gone.add(0)
  expect(interval()).toBe('1:1042')
  alignment.start()
  expect(interval()).toBe('')
  report(1, 60)
  expect(interval()).toBe('1:1060')
  alignment.stop()
  expect(interval()).toBe('')
})

it('an aggregate says when the least changes, up or down', () => {
  const aggregator = new WatermarkAggregator<string>()
  expect(['a 5', 'b 7', 'a 6', 'b 3', 'b 3'].map((step) => aggregator.aggregate(step[0]!, Number(step.slice(2))))).toEqual([
    true,
    false,
    true,
    true,
    false,
  ])
  expect([aggregator.aggregated, aggregator.least]).toEqual([3, 'b'])
})
