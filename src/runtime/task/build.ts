import { Prng } from '../../base/prng'
import { UnsupportedOperationException } from '../../core/exceptions'
import { PipelineOptions, StreamPipelineOptions, costOption } from '../../core/options'
import { javaHashCode } from '../../core/values'
import type { KeyType } from '../../core/values'
import { watermarkSettingsOf } from '../../graph/timeSettings'
import type { ChainedOperator, JobEdge, StreamNode } from '../../graph/types'
import { WatermarkStrategy } from '../../streaming/watermark'
import { addressOf } from '../../kernel/types'
import { CLIENT_STREAM, JOB_MANAGER_HOST } from '../deployment'
import type { World } from '../deployment'
import { control } from '../messages'
import { createPartitioner } from '../network/partitioners'
import type { StreamPartitioner } from '../network/partitioners'
import { ResultPartition } from '../network/resultPartition'
import { networkSettings } from '../network/settings'
import { setFunctionContext, StreamingRuntimeContext } from '../operators/functions'
import type { OperatorContext, Output } from '../operators/types'
import { ChainedOperatorState, FINISHED_OPERATOR } from './chainedOperator'
import { createInputs, identityOf, NO_CHANNELS } from './inputs'
import type { BuiltInputs } from './inputs'
import { OperatorChain } from './operatorChain'
import type { ChainLink } from './operatorChain'
import { KeyIds, TaskTrace } from './operatorTrace'
import type { Keying } from './operatorTrace'
import { BroadcastingOutput, ChainingOutput, IdentifyingOutput, NoOutput, RecordWriterOutput } from './outputs'
import { channelsOf } from './subtaskChannels'
import type { SubtaskChannels } from './subtaskChannels'
import { outsideOf } from './reach'
import { createReader } from './sources'
import { SortedInput, takesSortedInput } from './sortedInput'
import { SourceFunctionState } from './sourceFunctionState'
import { SourceOperator } from './sourceOperator'
import type { TimeCharacteristic } from './sourceContexts'
import type { Task } from './task'

const MILLI = 1000
const NANOS_PER_MICRO = 1000
const JOB_MANAGER = addressOf(JOB_MANAGER_HOST, 0)

export interface BuiltTask extends BuiltInputs {
  readonly chain: OperatorChain
  readonly source: SourceOperator | null
  readonly partitions: readonly ResultPartition[]
  /** ms, by partition; −1: only full buffers are sent. */
  readonly bufferTimeouts: readonly number[]
  /** By partition: to which channel a record goes. */
  readonly selectors: readonly ((value: unknown) => number)[]
}

type Functions = Readonly<Record<string, unknown>>
type KeySelector = ((value: unknown) => unknown) & { readonly keyType?: KeyType }

/**
 * Sets a task up: evaluates the program, builds the chain from its tail to its head, the partitions and what it reads from (`createInputs`).
 * Mirrors StreamTask.createRecordWriters and OperatorChain.createOutputCollector.
 */
export function buildTask(task: Task): BuiltTask {
  return new TaskBuilder(task).build()
}

class TaskBuilder {
  private readonly functionsOf: (transformation: number) => Functions
  private readonly keys: KeyIds
  private readonly states = new Map<number, ChainedOperatorState>()
  private readonly partitions: ResultPartition[] = []
  private readonly bufferTimeouts: number[] = []
  private readonly selectors: ((value: unknown) => number)[] = []
  private readonly writers: { readonly edge: JobEdge; readonly index: number }[] = []
  private readonly postOrder: ChainedOperatorState[] = []

  private readonly settings
  private readonly vertex
  private readonly subtask: number
  /** Of this graph: the vertex knows only what the program asked for. */
  private readonly parallelism: number
  private readonly channels: SubtaskChannels

  constructor(private readonly task: Task) {
    const { environment, deployment } = task
    const { executionGraph, configuration } = environment
    const execution = executionGraph.vertices[deployment.execution]!
    this.vertex = executionGraph.job.vertices[execution.vertex]!
    this.subtask = execution.subtask
    this.parallelism = execution.parallelism
    this.channels = channelsOf(executionGraph, deployment.execution)
    this.settings = networkSettings(configuration)
    this.keys = new KeyIds(task)
    const instance = environment.program.evaluate(this.world())
    this.functionsOf = (transformation) => instance.functionsOf(transformation)
  }

  /**
   * While the main part runs it sees what it saw on the client, clock and randomness included, so that it builds the same job; and it has
   * printed there already. After that the world is this task's.
   */
  private world(): World {
    const { task } = this
    const { environment } = task
    const client = new Prng(environment.seed, CLIENT_STREAM)
    return {
      configuration: environment.submitted,
      services: Object.keys(environment.services),
      now: () => (this.evaluated ? task.processingTime() : environment.clock.start),
      nextUint32: () => (this.evaluated ? task.context.prng.nextUint32() : client.nextUint32()),
      print: (line) => {
        if (this.evaluated) task.print(line)
      },
    }
  }
  private evaluated = false

  build(): BuiltTask {
    this.evaluated = true
    this.createPartitions()
    const [first] = this.vertex.chain
    const head = this.link(first!)
    const isSource = this.nodeOf(first!.node).role === 'source'
    const source = isSource ? this.createSource(head) : null
    const chain = new OperatorChain(head, this.postOrder, source, this.task.finishedOnRestore, ({ node }) => (this.task.node = node))
    const { partitions, bufferTimeouts, selectors } = this
    if (source !== null) {
      return { chain, input: source, source, ...NO_CHANNELS, partitions, bufferTimeouts, selectors }
    }
    const inputs = createInputs(this.task, this.vertex, this.channels.inputs, head.state, this.settings, {
      listener: this.task.checkpoints,
      subtaskOf: (edge) => this.subtaskOf(edge),
      subtask: this.subtask,
      parallelism: this.parallelism,
    })
    return { chain, source: null, ...inputs, partitions, bufferTimeouts, selectors }
  }

  private nodeOf(id: number): StreamNode {
    return this.task.environment.streamGraph.nodes.find((node) => node.id === id)!
  }

  private keyingOf(node: StreamNode): Keying {
    const keyedBy = node.keyedBy.find((id) => id !== null)
    const select = keyedBy === undefined || keyedBy === null ? undefined : (this.functionsOf(keyedBy).keySelector as KeySelector)
    return { maxParallelism: this.vertex.maxParallelism, keyType: select?.keyType }
  }

  // ---- outputs ---------------------------------------------------------------------------------------------------------

  private createPartitions(): void {
    const { task } = this
    for (const edge of task.environment.executionGraph.job.edges) {
      if (edge.fromVertex !== this.vertex.index) continue
      const mine = this.channels.outputs.filter((channel) => channel.edge === edge.index)
      mine.sort((a, b) => a.subpartition - b.subpartition)
      this.writers.push({ edge, index: this.partitions.length })
      this.partitions.push(
        new ResultPartition(
          mine.map(({ id }) => id),
          this.settings,
          task,
          task,
          {
            index: this.partitions.length,
            subtasks: this.parallelism,
            supportsUnaligned: edge.unaligned,
            newIdentity: (timestamp) => identityOf(task, edge.from, timestamp),
            barrierLeft: (checkpoint) => task.checkpoints.outputs.barrierLeft(checkpoint),
          },
        ),
      )
      this.bufferTimeouts.push(edge.bufferTimeout)
    }
  }

  /** The operator and, before it, all that are chained behind it. */
  private link(operator: ChainedOperator): ChainLink {
    const node = this.nodeOf(operator.node)
    const { task } = this
    const cost = task.environment.configuration.get(costOption(node.name)) ?? task.environment.recordCost
    const state = new ChainedOperatorState(
      node.id,
      operator.operatorId,
      node.name,
      cost,
      new TaskTrace(task, node.id, this.keys, this.keyingOf(node)),
    )
    this.states.set(node.id, state)
    const output = this.outputOf(operator, state)
    this.postOrder.push(state)
    if (task.finishedOnRestore) state.operator = FINISHED_OPERATOR
    else if (node.role !== 'source') state.operator = this.createOperator(operator, node, state, output)
    return { state, output }
  }

  private outputOf(operator: ChainedOperator, state: ChainedOperatorState): Output {
    const { task } = this
    const outputs: Output[] = []
    for (const { edge, index } of this.writers) if (edge.from === operator.node) outputs.push(this.writer(edge, index))
    const reuse = task.environment.configuration.get(PipelineOptions.OBJECT_REUSE)
    for (const { node, outputTag } of operator.outputs) {
      const next = this.link(this.vertex.chain.find((other) => other.node === node)!)
      outputs.push(new ChainingOutput(task, state, next.state, outputTag ?? null, reuse))
    }
    const all = outputs.length === 0 ? new NoOutput() : outputs.length === 1 ? outputs[0]! : new BroadcastingOutput(outputs)
    return task.tracing ? new IdentifyingOutput(task, state, all) : all
  }

  private writer(edge: JobEdge, index: number): RecordWriterOutput {
    const { task } = this
    const partition = this.partitions[index]!
    const { transformation } = edge.partitioner
    const functions = transformation === undefined ? {} : this.functionsOf(transformation)
    const select = functions.keySelector as KeySelector | undefined
    const keyType = select?.keyType
    const { maxParallelism } = task.environment.executionGraph.job.vertices[edge.toVertex]!
    const partitioner = this.partitioner(edge, partition.subpartitions.length)
    this.selectors[index] = (value) => partitioner.selectChannel(value)
    const keying = { maxParallelism, keyType }
    const keyIdOf = task.tracing && edge.partitioner.name === 'HASH' ? (value: unknown) => this.keys.idOf(select!(value), keying) : null
    return new RecordWriterOutput(task, partition, index, partitioner, edge.outputTag ?? null, edge.bufferTimeout === 0, keyIdOf)
  }

  private partitioner(edge: JobEdge, channels: number): StreamPartitioner {
    const { task } = this
    const { transformation } = edge.partitioner
    const functions = transformation === undefined ? {} : this.functionsOf(transformation)
    const select = functions.keySelector as KeySelector | undefined
    const keyType = select?.keyType
    const { maxParallelism } = task.environment.executionGraph.job.vertices[edge.toVertex]!
    const partitionFunction = functions.partitioner as ((key: unknown, channels: number) => number) | undefined
    return createPartitioner(edge.partitioner.name, {
      channels,
      maxParallelism,
      nextInt: (bound) => task.context.prng.nextInt(bound),
      hashOfKey: keyType === undefined ? (value) => javaHashCode(select!(value)) : (value) => javaHashCode(select!(value), keyType),
      partition: (value, channels) => partitionFunction!(select!(value), channels),
      line: this.lineOf(edge),
    })
  }

  /** Of an input: where its producers send a record, if that depends on the record alone. */
  private subtaskOf(edge: JobEdge): ((value: unknown) => number) | null {
    const { name } = edge.partitioner
    if (name !== 'HASH' && name !== 'CUSTOM') return null
    const partitioner = this.partitioner(edge, this.parallelism)
    return (value) => partitioner.selectChannel(value)
  }

  /** Where the program chose the partitioner of an edge. */
  private lineOf(edge: JobEdge): number | undefined {
    const { edges } = this.task.environment.streamGraph
    const { transformation } = edge.partitioner
    const same = edges.filter(({ from, to, typeNumber }) => from === edge.from && to === edge.to && typeNumber === edge.typeNumber)
    return (same.find(({ partitioner }) => partitioner.transformation === transformation) ?? same[0])?.line
  }

  /** What a function can ask of its subtask. */
  private identity() {
    const { task, vertex } = this
    return {
      subtask: this.subtask,
      parallelism: this.parallelism,
      maxParallelism: vertex.maxParallelism,
      attempt: task.deployment.attempt,
      jobName: task.environment.executionGraph.job.jobs[vertex.job]!.name,
    }
  }

  // ---- operators -------------------------------------------------------------------------------------------------------

  private createOperator(operator: ChainedOperator, node: StreamNode, state: ChainedOperatorState, output: Output) {
    const { task } = this
    const factory = task.registry(node.operator.kind)
    if (factory === undefined) throw new UnsupportedOperationException(`There is no operator '${node.operator.kind}' yet.`)
    const context: OperatorContext = {
      node: node.id,
      name: this.vertex.name,
      operatorId: operator.operatorId,
      ...this.identity(),
      params: node.operator.params,
      functions: this.functionsOf(node.id),
      keySelectors: node.keyedBy.map((id) => (id === null ? null : (this.functionsOf(id).keySelector as KeySelector))),
      output,
      configuration: task.environment.configuration,
      processingTime: () => task.processingTime(),
      activityTime: () => Math.floor(task.io.activeMicros / MILLI),
      scheduleAt: (time, callback) => task.scheduleAt(time, node.id, callback),
      asker: task.services.askerOf(() => (task.node = node.id)),
      outside: outsideOf(task, node.id, state.trace),
      advance: (micros) => task.work(micros),
      blockInput: (blocked) => task.inputBlocked(blocked),
      nextInt: (bound) => task.context.prng.nextInt(bound),
      trace: state.trace,
    }
    task.node = node.id
    const made = factory(context)
    return takesSortedInput(node) ? new SortedInput(made, task, state.trace) : made
  }

  private createSource(head: ChainLink): SourceOperator {
    const { task } = this
    const { environment } = task
    const node = this.nodeOf(head.state.node)
    const functions = this.functionsOf(node.id)
    task.node = node.id
    const runtimeContext = new StreamingRuntimeContext({ ...this.identity(), name: this.vertex.name }, null)
    const fn = functions.function
    if (fn !== undefined) setFunctionContext(fn, runtimeContext)
    const reader = createReader({
      params: node.operator.params,
      functions,
      subtask: this.subtask,
      parallelism: this.parallelism,
      topics: environment.topics,
      fetch: (request) => task.context.send(environment.log, request),
      runtimeContext,
      // A pause of the program's own source stands for what goes on outside: it is no matter of the machine's clock.
      after: (delay, callback) => {
        task.timers.schedule(task.context.now + delay * MILLI, callback)
      },
    })
    const { execution, attempt } = task.deployment
    const alignment = watermarkSettingsOf(node)?.alignment ?? null
    const strategy = (functions.strategy as WatermarkStrategy<unknown> | undefined) ?? WatermarkStrategy.noWatermarks<unknown>()
    return new SourceOperator(task, head.state, reader, head.output, {
      strategy: node.traits?.source === 'legacy' ? null : strategy,
      autoWatermarkInterval: environment.configuration.get(PipelineOptions.AUTO_WATERMARK_INTERVAL),
      timeCharacteristic: environment.configuration.get(StreamPipelineOptions.TIME_CHARACTERISTIC) as TimeCharacteristic,
      processingTime: () => task.processingTime(),
      clock: {
        relativeTimeMillis: () => Math.floor(task.io.activeMicros / MILLI),
        relativeTimeNanos: () => task.io.activeMicros * NANOS_PER_MICRO,
      },
      after: (delay, callback) => task.timers.afterOnClock(delay, callback),
      functionState: fn === undefined ? null : new SourceFunctionState(fn),
      alignment:
        alignment === null
          ? null
          : {
              updateInterval: alignment.updateInterval,
              allowUnalignedSplits: environment.configuration.get(PipelineOptions.ALLOW_UNALIGNED_SOURCE_SPLITS),
              report: (watermark) =>
                task.context.send(JOB_MANAGER, control({ type: 'report-watermark', execution, attempt, node: node.id, watermark })),
            },
    })
  }
}
