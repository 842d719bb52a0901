import { expect, test } from 'vitest'
import { compile } from '../../client/compile'
import { evaluate } from '../../client'
import { Configuration } from '../../core/configuration'
import { planOf } from '../../graph/plan'
import type { Text } from '../../i18n'
import { inspector } from '../../i18n/inspector'
import { inspectorPlan } from '../../i18n/inspectorPlan'
import { newScenario } from '../../scenario/defaults'
import { ClusterTrace, headerOfJobs } from '../../testing/clusterTrace'
import { flightsHeader } from '../../testing/flightsHeader'
import { FoldRunner } from '../../trace/fold'
import { grownHeader } from '../../trace/graphs'
import { TraceLog } from '../../trace/log'
import type { TraceHeader } from '../../trace/types'
import { subtaskFacts, subtaskIndex, taskFacts } from './facts'
import type { Sources } from './facts'
import { inspectorFold } from './fold'
import { hostFacts, slotFacts } from './hosts'
import { edgeFacts, operatorFacts, regionFacts } from './plan'

const asked = (cluster: ClusterTrace): Sources => {
  const log = new TraceLog()
  log.append(cluster.take())
  const state = new FoldRunner(inspectorFold, cluster.header, log).seek(log.length - 1)
  return { state, log, header: grownHeader(cluster.header, log), time: cluster.now }
}

const scenario = newScenario({ configuration: { 'parallelism.default': '2' } })

/** The header of a program that has not run. */
function headerOf(program: string): TraceHeader {
  const { jobs } = evaluate(compile(program), {
    configuration: Configuration.fromMap(scenario.configuration),
    now: () => 0,
    nextUint32: () => 1,
    print: () => {},
  })
  const { streamGraph, executionGraph } = planOf(jobs, Configuration.fromMap(scenario.configuration))
  return { ...flightsHeader(), streamGraph, executionGraph }
}

test('where an operator’s settings come from, and why it begins a task', () => {
  const sources = asked(
    new ClusterTrace(
      headerOf(`import { StreamExecutionEnvironment } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSequence(1, 9).slotSharingGroup('left')
  .map(n => n)
  .filter(n => n > 3).setParallelism(3).uid('big').slotSharingGroup('left')
  .keyBy(n => n)
  .reduce((a, b) => a + b)
  .print()
env.execute('job')`),
    ),
  )
  const { nodes, edges } = sources.header.streamGraph
  const about = (name: string) => operatorFacts(sources, scenario, nodes.find((node) => node.name === name)!.id)!
  expect(about('Map')).toMatchObject({
    place: 'chained',
    parallelism: 'cluster',
    group: { from: 'inherited', nodes: [{ name: 'Source: Sequence Source' }] },
  })
  expect(about('Map').behind?.name).toBe('Source: Sequence Source')
  expect(about('Filter')).toMatchObject({ place: 'head', parallelism: 'operator', node: { uid: 'big', line: 5 } })
  // By name, though it would have inherited the same.
  expect(about('Filter').group).toEqual({ from: 'explicit', nodes: [] })
  expect(about('Source: Sequence Source')).toMatchObject({ place: 'head', group: { from: 'explicit' } })
  expect(about('Keyed Reduce').keyed).toEqual([{ input: 1, call: 'keyBy', line: 6 }])
  expect(about('Map').operatorId).toMatch(/^[0-9a-f]{32}$/)

  const facts = edges.map((_, index) => edgeFacts(sources, index)!)
  const words = facts.map(({ words: { from, to, partitioner, chained, reasons }, aligned }) => ({
    edge: `${from} > ${to}`,
    partitioner,
    chained,
    why: reasons.map(({ sentence }) => sentence.text.en),
    aligned,
  }))
  expect(words.map(({ edge, partitioner, chained, aligned }) => [edge, partitioner, chained, aligned])).toEqual([
    ['Source: Sequence Source > Map', 'FORWARD', true, 'partitioner'],
    ['Map > Filter', 'REBALANCE', false, null],
    ['Filter > Keyed Reduce', 'HASH', false, null],
    ['Keyed Reduce > Sink: Print to Std. Out', 'FORWARD', true, 'partitioner'],
  ])
  // All reasons, the one to mend first in front.
  expect(words[2]!.why.length).toBe(2)
  expect(facts[1]!.channels).toBe(6)
})

test('regions: what restarts together', () => {
  expect(regionFacts(asked(new ClusterTrace(flightsHeader())), 0)).toEqual({ count: 1, largest: 4 })
  const forward = headerOf(`import { StreamExecutionEnvironment } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSequence(1, 9).map(n => n).startNewChain().print()
env.execute('job')`)
  expect(regionFacts(asked(new ClusterTrace(forward)), 1)).toEqual({ count: 2, largest: 2 })
})

test('a task whose job was given fewer subtasks has those that it has now', () => {
  const cluster = new ClusterTrace(headerOfJobs(['one'])).register(1).register(2).deploy(0).rescale(0, [1, 1]).deploy(0)
  const sources = asked(cluster)
  expect(taskFacts(sources, 1)).toMatchObject({ parallelism: 2, subtasks: [{ index: 5, subtask: 0, execution: { value: 'RUNNING' } }] })
  expect([0, 1].map((subtask) => subtaskIndex(sources, 1, subtask))).toEqual([5, -1])
  expect(subtaskFacts(sources, 5)!.inputs.map(({ channel, streamEdge }) => [channel, streamEdge])).toEqual([[4, 1]])
})

test('a TaskManager and its slots', () => {
  const cluster = new ClusterTrace(headerOfJobs(['one'])).register(1, 2).register(2, 1)
  cluster.allocate(1, 0, 0).allocate(2, 0, 1).deploy(0).execution(3, 'FAILED', { host: 2 }).lose(2, 'stopped')
  const sources = asked(cluster)
  expect(hostFacts(sources, 1)).toMatchObject({ host: { state: 'registered' }, tasks: [{ index: 0 }, { index: 2 }] })
  expect(hostFacts(sources, 2)).toMatchObject({ host: { state: 'lost', slots: [] }, reason: 'stopped' })
  expect(hostFacts(sources, 3)).toBeNull()
  expect(slotFacts(sources, 1, 0)).toMatchObject({ slot: { job: 0, content: { group: 'default' } }, tasks: [{ index: 0 }, { index: 2 }] })
  expect(slotFacts(sources, 1, 1)).toMatchObject({ slot: { job: -1, content: null }, tasks: [] })
  expect(slotFacts(sources, 2, 0)).toBeNull()
})

test('every text has the same places in both languages', () => {
  const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort()
  for (const { en, zh } of Object.values<Text>({ ...inspector, ...inspectorPlan })) expect([en, places(zh)]).toEqual([en, places(en)])
})
