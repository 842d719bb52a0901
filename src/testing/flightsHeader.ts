import type { ExecutionGraph, JobVertex, PartitionerDescriptor, StreamEdge, StreamGraph, StreamNode } from '../graph/types'
import type { TraceHeader } from '../trace/types'

const node = (id: number, name: string, role: StreamNode['role'], kind: string, line: number): StreamNode => ({
  id,
  name,
  description: name,
  role,
  operator: { kind, params: {} },
  parallelism: 2,
  maxParallelism: -1,
  slotSharingGroup: 'default',
  chaining: 'ALWAYS',
  bufferTimeout: 100,
  keyedBy: [],
  line,
})

const edge = (from: number, to: number, partitioner: PartitionerDescriptor): StreamEdge => ({
  from,
  to,
  out: 0,
  typeNumber: 0,
  partitioner,
  exchangeMode: 'UNDEFINED',
  unaligned: partitioner.name === 'HASH',
})

/** Ids of its operators. */
export const NODES = { source: 1, filter: 2, window: 4, sink: 5 } as const

/** `Source: flights → Filter` hashed to `Window(Tumbling) → Sink: Print`, each with two subtasks, on two TaskManagers. */
export function flightsHeader(): TraceHeader {
  const streamGraph: StreamGraph = {
    jobName: 'flights',
    jobType: 'STREAMING',
    nodes: [
      node(NODES.source, 'Source: flights', 'source', 'source', 3),
      node(NODES.filter, 'Filter', 'operator', 'filter', 4),
      node(NODES.window, 'Window(Tumbling)', 'operator', 'window', 6),
      node(NODES.sink, 'Sink: Print to Std. Out', 'sink', 'print', 7),
    ],
    edges: [
      edge(NODES.source, NODES.filter, { name: 'FORWARD' }),
      edge(NODES.filter, NODES.window, { name: 'HASH', transformation: 3 }),
      edge(NODES.window, NODES.sink, { name: 'FORWARD' }),
    ],
    chainingEnabled: true,
    chainDifferentMaxParallelism: true,
    configuration: {},
  }
  const vertex = (index: number, name: string, nodes: readonly number[]): JobVertex => ({
    index,
    job: 0,
    id: String(index).padStart(32, '0'),
    name,
    description: name,
    parallelism: 2,
    maxParallelism: 128,
    slotSharingGroup: 'default',
    chain: nodes.map((id, i) => ({
      node: id,
      operatorId: String(id).padStart(32, '0'),
      outputs: nodes.slice(i + 1, i + 2).map((next) => ({ node: next })),
    })),
  })
  const executionGraph: ExecutionGraph = {
    job: {
      jobName: 'flights',
      jobType: 'STREAMING',
      jobs: [{ name: 'flights', type: 'STREAMING', submission: 'attached', firstVertex: 0, vertices: 2, configuration: {} }],
      vertices: [
        vertex(0, 'Source: flights -> Filter', [NODES.source, NODES.filter]),
        vertex(1, 'Window(Tumbling) -> Sink: Print to Std. Out', [NODES.window, NODES.sink]),
      ],
      edges: [
        {
          index: 0,
          fromVertex: 0,
          toVertex: 1,
          from: NODES.filter,
          to: NODES.window,
          typeNumber: 0,
          partitioner: { name: 'HASH', transformation: 3 },
          resultType: 'PIPELINED_BOUNDED',
          unaligned: true,
          bufferTimeout: 100,
          reason: { rule: 'partitioner', args: { partitioner: 'HASH' } },
        },
      ],
      configuration: {},
    },
    generations: [0],
    vertices: [0, 1, 2, 3].map((index) => ({
      index,
      vertex: index >> 1,
      subtask: index & 1,
      parallelism: 2,
      generation: 0,
      sharedSlot: index & 1,
    })),
    channels: [0, 1, 2, 3].map((id) => ({
      id,
      edge: 0,
      from: id >> 1,
      to: 2 + (id & 1),
      subpartition: id & 1,
      inputChannel: id >> 1,
    })),
    sharedSlots: 2,
  }
  return {
    scenarioHash: '0'.repeat(16),
    streamGraph,
    executionGraph,
    hosts: [
      { host: 0, name: 'jobmanager', kind: 'jobmanager', slots: 0 },
      { host: 1, name: 'taskmanager-1', kind: 'taskmanager', slots: 1 },
      { host: 2, name: 'taskmanager-2', kind: 'taskmanager', slots: 1 },
      { host: 3, name: 'log', kind: 'external', slots: 0 },
    ],
    topics: [{ name: 'flights', partitions: 2, records: 1000 }],
    clockStart: 0,
    linkLatency: 10_000,
    warnings: [],
  }
}
