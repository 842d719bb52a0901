import { computeDefaultMaxParallelism } from '../../core/keygroups'
import { GraphIndex } from '../chaining'
import { executionGraphOf } from '../executionGraph'
import { cascade } from '../names'
import { supportsUnaligned } from '../partitioners'
import { batchRegionGroups } from '../regionGroups'
import { sortTopologically } from '../topology'
import type { ChainBreak, JobEdge, JobGraph, JobVertex, Plan, ResultType, StreamEdge, StreamGraph, StreamNode } from '../types'
import type { Assumptions } from './assumptions'
import { describedChain, plainDescription, type DescribedChain } from './descriptions'
import { knownOperator, type KnownOperator } from './knownOperators'
import type { GivenNode, GivenPlan } from './planJson'
import { partitionerOf } from './strategies'

const DEFAULT_GROUP = 'default'
const BUFFER_TIMEOUT = 100

/** A task of the plan, and where its operators stand among all. */
interface Task {
  readonly given: GivenNode
  readonly description: string
  readonly chain: DescribedChain
  /** Id of its head in the stream graph; the operators behind it follow, then the sources that it takes in. */
  readonly first: number
}

/**
 * P-2: tasks, exchanges and ids as the plan has them; operators as far as descriptions draw them. Left to assumptions: which operator
 * of a task with several ends feeds the next one, why tasks that could be one are two, and slot sharing groups and max
 * parallelism where only `/jobs/:id` would tell them.
 */
export function planOfRestPlan(given: GivenPlan, assumptions: Assumptions): Plan {
  return new RestPlan(given, assumptions).read()
}

const firstLine = (description: string): string => description.trim().split('\n')[0]!

class RestPlan {
  private readonly tasks: readonly Task[]
  private readonly indexOf: ReadonlyMap<string, number>
  private readonly jobType: 'STREAMING' | 'BATCH'
  /** By the ids that `/jobs/:id` has for groups: the first is called `default`, the others by number. */
  private readonly groupNames: ReadonlyMap<string, string>

  constructor(
    private readonly given: GivenPlan,
    private readonly assumptions: Assumptions,
  ) {
    this.jobType = given.type ?? 'STREAMING'
    const byId = new Map(given.nodes.map((node, i) => [node.id, i]))
    const order = sortTopologically(
      given.nodes.map((_, i) => i),
      given.nodes.flatMap((node, to) => node.inputs.map((input) => ({ from: byId.get(input.id)!, to }))),
    )
    let next = 1
    this.tasks = order.map((i): Task => {
      const node = given.nodes[i]!
      const description = plainDescription(node.description)
      const chain = describedChain(description)
      if (!chain.understood) assumptions.add('plan-assumes-operator', firstLine(description))
      const first = next
      next += chain.operators.length + chain.sources.length
      return { given: node, description, chain, first }
    })
    const groups = new Set(this.tasks.map(({ given: { id } }) => given.vertices.get(id)?.slotSharingGroup))
    groups.delete(undefined)
    if (groups.size === 0) assumptions.add('plan-assumes-groups')
    if (groups.size > 1) assumptions.add('plan-assumes-group-names')
    this.groupNames = new Map([...groups].map((group, i) => [group!, i === 0 ? DEFAULT_GROUP : `group-${i + 1}`]))
    this.indexOf = new Map(this.tasks.map((task, i) => [task.given.id, i]))
  }

  read(): Plan {
    const edges = this.edges()
    const streamGraph = this.streamGraph(edges)
    const index = new GraphIndex(streamGraph)
    const jobEdges = edges.map((edge): JobEdge => ({ ...edge.job, reason: this.reason(index, edge.stream) }))
    const position = new Map(this.given.nodes.map(({ id }) => [id, this.indexOf.get(id)!]))
    const tasks = this.tasks.map((task, i) => this.vertex(task, i))
    const byRegion = this.jobType === 'BATCH' && this.groupNames.size === 0
    const vertices = byRegion ? batchRegionGroups(tasks, jobEdges, DEFAULT_GROUP) : tasks
    const jobGraph: JobGraph = {
      jobName: streamGraph.jobName,
      jobType: this.jobType,
      jobs: [
        {
          name: streamGraph.jobName,
          type: this.jobType,
          submission: 'attached',
          firstVertex: 0,
          vertices: vertices.length,
          configuration: {},
        },
      ],
      vertices,
      edges: jobEdges,
      configuration: {},
      ...(vertices.some(({ parallelism }) => parallelism === -1) ? { dynamic: true as const } : {}),
      creationOrder: [...position.values()],
    }
    return { streamGraph, jobGraph, executionGraph: executionGraphOf(jobGraph), warnings: [] }
  }

  private groupOf(task: string): string {
    return this.groupNames.get(this.given.vertices.get(task)?.slotSharingGroup ?? '') ?? DEFAULT_GROUP
  }

  private edges(): readonly { readonly stream: StreamEdge; readonly job: Omit<JobEdge, 'reason'> }[] {
    const results = new Map<number, number>()
    return this.tasks
      .flatMap((task, toVertex) => {
        const isNumbered = knownOperator(task.chain.operators[0]!.text, '', false, false).numbered === true
        return task.given.inputs.map((input, i) => ({ task, toVertex, input, typeNumber: isNumbered ? i + 1 : 0 }))
      })
      .map(({ task, toVertex, input, typeNumber }, index) => {
        const fromVertex = this.indexOf.get(input.id)!
        const producer = this.tasks[fromVertex]!
        const known = partitionerOf(input.strategy, producer.given.parallelism, task.given.parallelism)
        if (known === null) this.assumptions.add('plan-unknown-strategy', input.strategy)
        const name = known ?? 'CUSTOM'
        const resultType = this.resultType(input.exchange ?? '')
        const result = results.get(fromVertex) ?? 0
        results.set(fromVertex, result + 1)
        const shared = { typeNumber, partitioner: { name }, unaligned: supportsUnaligned(name) }
        const from = this.emitter(producer)
        const to = task.first
        // Which out-edge it is is known when all are: see streamGraph.
        return {
          stream: { ...shared, from, to, out: 0, exchangeMode: 'UNDEFINED' },
          job: { ...shared, index, fromVertex, toVertex, from, to, resultType, bufferTimeout: BUFFER_TIMEOUT, result },
        }
      })
  }

  /** The operator that feeds other tasks: the last of a chain that is a row; of several ends the last that is no sink. */
  private emitter({ chain, first, description }: Task): number {
    const ends = chain.operators.flatMap(({ outputs }, i) => (outputs.length === 0 ? [i] : []))
    if (chain.operators.length > 1 && ends.length > 1) this.assumptions.add('plan-assumes-output', firstLine(description))
    const inner = ends.filter((i) => !/^Sink: |: (?:Writer|Committer)$/.test(chain.operators[i]!.text))
    return first + (inner.at(-1) ?? (ends.length > 1 ? 0 : ends[0]!))
  }

  private resultType(exchange: string): ResultType {
    if (exchange.startsWith('hybrid_full')) return 'HYBRID_FULL'
    if (exchange.startsWith('hybrid_selective')) return 'HYBRID_SELECTIVE'
    return exchange.startsWith('blocking') ? 'BLOCKING' : 'PIPELINED_BOUNDED'
  }

  /** What separates two tasks by the rules, or else that the second begins a chain: the plan shows that it does, not why. */
  private reason(index: GraphIndex, edge: StreamEdge): ChainBreak {
    const same = index.inEdges(edge.to).find(({ from, partitioner }) => from === edge.from && partitioner.name === edge.partitioner.name)!
    return index.chainBreak(same) ?? { rule: 'downstream-head', args: { operator: index.node(edge.to).name, node: edge.to } }
  }

  private streamGraph(between: readonly { readonly stream: StreamEdge }[]): StreamGraph {
    const inside = this.tasks.flatMap(({ chain, first }): StreamEdge[] => {
      const edge = (from: number, to: number, typeNumber: number): StreamEdge => ({
        from: first + from,
        to: first + to,
        out: 0,
        typeNumber,
        partitioner: { name: 'FORWARD' },
        exchangeMode: 'UNDEFINED',
        unaligned: false,
      })
      return [
        ...chain.sources.map((_, i) => edge(chain.operators.length + i, 0, i + 1)),
        ...chain.operators.flatMap(({ outputs }, i) => outputs.map((to) => edge(i, to, 0))),
      ]
    })
    const outs = new Map<number, number>()
    const all = [...inside, ...between.map(({ stream }) => stream)]
    const numbered = all.map((edge) => {
      const out = outs.get(edge.from) ?? 0
      outs.set(edge.from, out + 1)
      return { ...edge, out }
    })
    const graph: StreamGraph = {
      jobName: this.given.name ?? (this.jobType === 'BATCH' ? 'Flink Batch Job' : 'Flink Streaming Job'),
      jobType: this.jobType,
      nodes: this.tasks.flatMap((task) => this.nodes(task)),
      edges: numbered.sort((a, b) => a.to - b.to),
      chainingEnabled: true,
      chainDifferentMaxParallelism: true,
      configuration: {},
    }
    return this.cut(graph, new Set(between.map(({ stream }) => `${stream.from} ${stream.to}`)))
  }

  /** Where our rules would chain what the plan shows as two tasks, the second is taken to begin a chain; which may undo another's reason. */
  private cut(graph: StreamGraph, between: ReadonlySet<string>): StreamGraph {
    const index = new GraphIndex(graph)
    const heads = new Set<number>()
    for (const edge of graph.edges) {
      if (!between.has(`${edge.from} ${edge.to}`) || index.chainBreak(edge) !== null) continue
      heads.add(edge.to)
      this.assumptions.add('plan-assumes-cut', index.node(edge.to).name)
    }
    if (heads.size === 0) return graph
    return this.cut({ ...graph, nodes: graph.nodes.map((node) => (heads.has(node.id) ? { ...node, chaining: 'HEAD' } : node)) }, between)
  }

  private nodes({ given, chain, first }: Task): StreamNode[] {
    const node = (id: number, text: string, isSource: boolean, inputs: number, outputs: number): StreamNode => {
      const isSink = text.startsWith('Sink: ') || /^IterationSink-\d+$/.test(text)
      const known = knownOperator(text, text, isSource, isSink)
      // What is drawn in a chain was chained, whatever its name would tell.
      const behind: KnownOperator = { chaining: 'ALWAYS', ...(isSink ? { traits: { dataSink: true } } : {}) }
      const { chaining, traits } = isSource || id === first ? known : behind
      const own = outputs > 0 && (chaining === 'NEVER' || chaining === null) ? 'HEAD' : chaining
      return {
        id,
        name: text,
        description: text,
        role: isSource ? 'source' : isSink || text.endsWith(': Writer') ? 'sink' : 'operator',
        operator: { kind: 'unknown', params: {} },
        parallelism: given.parallelism,
        maxParallelism: -1,
        slotSharingGroup: this.groupOf(given.id),
        chaining: id === first && chain.sources.length > 0 ? 'HEAD_WITH_SOURCES' : own,
        bufferTimeout: BUFFER_TIMEOUT,
        keyedBy: Array.from({ length: inputs }, () => null),
        ...(traits === undefined ? {} : { traits }),
      }
    }
    const inputs = given.inputs.length + chain.sources.length
    return [
      ...chain.operators.map(({ text, outputs }, i) =>
        node(first + i, text, i === 0 && inputs === 0, i === 0 ? inputs : 1, outputs.length),
      ),
      ...chain.sources.map((text, i) => node(first + chain.operators.length + i, text, true, 0, 0)),
    ]
  }

  private vertex({ given, description, chain, first }: Task, index: number): JobVertex {
    const told = this.given.vertices.get(given.id)
    if (told?.maxParallelism === undefined) this.assumptions.add('plan-assumes-max-parallelism')
    const row = {
      text: (i: number) => chain.operators[i]!.text,
      outputs: (i: number) => chain.operators[i]!.outputs,
    }
    const derived = given.parallelism === -1 ? computeDefaultMaxParallelism(1) : computeDefaultMaxParallelism(given.parallelism)
    // The plan tells ids of tasks, which are those of their heads.
    const operatorId = (i: number): string => (i === 0 ? given.id : '')
    return {
      index,
      job: 0,
      id: given.id,
      name: told?.name ?? cascade(row, 0, ', '),
      description,
      parallelism: given.parallelism,
      maxParallelism: Math.max(told?.maxParallelism ?? derived, given.parallelism),
      slotSharingGroup: this.groupOf(given.id),
      chain: chain.operators.map(({ outputs }, i) => ({
        node: first + i,
        operatorId: operatorId(i),
        outputs: outputs.map((output) => ({ node: first + output })),
      })),
      ...(chain.sources.length === 0
        ? {}
        : { chainedSources: chain.sources.map((_, i) => ({ node: first + chain.operators.length + i, operatorId: '', outputs: [] })) }),
    }
  }
}
