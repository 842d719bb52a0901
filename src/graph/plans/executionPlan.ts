import { Configuration } from '../../core/configuration'
import { executionGraphOf } from '../executionGraph'
import { jobGraphOf } from '../jobGraph'
import { supportsUnaligned } from '../partitioners'
import type { Plan, StreamEdge, StreamGraph, StreamNode } from '../types'
import type { Assumptions } from './assumptions'
import { knownOperator, type KnownOperator } from './knownOperators'
import type { GivenNode, GivenPlan } from './planJson'
import { partitionerOf } from './strategies'

const BUFFER_TIMEOUT = 100

/**
 * P-1: operators and what connects them, as the plan has them; tasks, slots and ids by our own rules under default settings, for what
 * the plan leaves out: slot sharing groups, chaining strategies that names do not tell, max parallelism, uids.
 */
export function planOfExecutionPlan(given: GivenPlan, assumptions: Assumptions): Plan {
  assumptions.add('plan-assumes-chaining')
  assumptions.add('plan-assumes-groups')
  assumptions.add('plan-assumes-max-parallelism')
  if (given.type === undefined) assumptions.add('plan-assumes-streaming')
  // As in a stream graph: by id, ends of iterations last. Consumers are taken to be numbered in this order, too.
  const ordered = [...given.nodes].sort((a, b) => rank(a) - rank(b))
  const byId = new Map(ordered.map((node) => [node.id, node]))
  const known = new Map(ordered.map((node) => [node.id, knownOf(node)]))
  const nodes = ordered.map((node) => streamNode(node, known.get(node.id)!))
  const outs = new Map<string, number>()
  const edges = ordered.flatMap((node) =>
    node.inputs.map((input, i): StreamEdge => {
      const up = byId.get(input.id)!
      const name = partitionerOf(input.strategy, up.parallelism, node.parallelism)
      if (name === null) assumptions.add('plan-unknown-strategy', input.strategy)
      const out = outs.get(input.id) ?? 0
      outs.set(input.id, out + 1)
      return {
        from: Number(input.id),
        to: Number(node.id),
        out,
        typeNumber: known.get(node.id)!.numbered === true ? i + 1 : 0,
        partitioner: { name: name ?? 'CUSTOM' },
        exchangeMode: 'UNDEFINED',
        unaligned: supportsUnaligned(name ?? 'CUSTOM'),
      }
    }),
  )
  const streamGraph: StreamGraph = {
    jobName: given.name ?? 'Flink Streaming Job',
    jobType: given.type ?? 'STREAMING',
    nodes,
    edges,
    chainingEnabled: true,
    chainDifferentMaxParallelism: true,
    configuration: {},
  }
  const jobGraph = jobGraphOf(streamGraph, Configuration.fromMap({}))
  return { streamGraph, jobGraph, executionGraph: executionGraphOf(jobGraph, streamGraph), warnings: [] }
}

const rank = ({ id }: GivenNode): number => (Number(id) < 0 ? Number.MAX_SAFE_INTEGER : Number(id))

const knownOf = ({ text, description, pact, inputs }: GivenNode): KnownOperator =>
  knownOperator(text, description, inputs.length === 0, pact === 'Data Sink')

function streamNode({ id, text, description, parallelism, inputs, pact }: GivenNode, { chaining, traits }: KnownOperator): StreamNode {
  const loop = /^Iteration(?:Source|Sink)-(\d+)$/.exec(text)?.[1]
  const role = inputs.length === 0 ? 'source' : pact === 'Data Sink' || text.endsWith(': Writer') ? 'sink' : 'operator'
  return {
    id: Number(id),
    name: text,
    description,
    role,
    operator: { kind: 'unknown', params: {} },
    parallelism,
    maxParallelism: loop !== undefined && role === 'sink' ? parallelism : -1,
    slotSharingGroup: 'default',
    ...(loop === undefined ? {} : { coLocationGroup: `IterationCoLocationGroup-${loop}` }),
    chaining,
    bufferTimeout: loop === undefined ? BUFFER_TIMEOUT : 0,
    keyedBy: inputs.map(() => null),
    ...(traits === undefined ? {} : { traits }),
  }
}
