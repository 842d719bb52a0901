import { Configuration } from '../../../core/configuration'
import { IllegalArgumentException, UnsupportedOperationException } from '../../../core/exceptions'
import { CheckpointingOptions, ExecutionOptions, PipelineOptions } from '../../../core/options'
import {
  DataStreamSink, DataStreamSource, DiscardingSink, KeyedStream, LogSource, OutputTag, PrintSink, ProcessFunction, SingleOutputStreamOperator, SlotSharingGroup,
  StreamExecutionEnvironment, Types, WatermarkStrategy, DataStream, type Sink,
} from '../../../streaming'
import * as flink from '../../../streaming'
import { rememberNames } from '../../../streaming/operators/names'
import type { ExecutionContext } from '../../../streaming/environment/context'
import { JobID } from '../../../streaming/environment/JobClient'
import { descriptor, type ExchangeMode, type PartitionerName } from '../../../streaming/operators/descriptors'
import type { SinkTopology } from '../../../streaming/operators/sinkTopology'
import { FeedbackTransformation, OperatorTransformation, PartitionTransformation, type OperatorTraits, type Transformation } from '../../../streaming/operators/transformation'
import type { ProgramCase, Step } from './notation'
import { countWindow, window, windowAll, windowJoin } from './windows'

// The bundler may rename a class that speaks of itself; descriptions show its name in Flink.
rememberNames(flink)

export type Numbers = DataStream<number>
type Operator = SingleOutputStreamOperator<number>

/** A step of an op that the programs of this release cannot have. */
export class Unsupported extends Error {}

/** Where a step failed while the program was built. */
export class BuildError extends Error {
  constructor(
    readonly step: string,
    readonly thrown: unknown,
  ) {
    super(String(thrown))
  }
}

export interface BuiltProgram {
  readonly environment: StreamExecutionEnvironment
  /** The step that made a node, by the line that the node has: steps count as lines. */
  stepAt(line: number): string
}

class Nothing extends ProcessFunction<number, number> {
  processElement(): void {}
}
const lastDigit = (value: number): number => value % 10
const identity = (value: number): number => value
const firstChannel = (): number => 0
const TWO_INPUTS: Readonly<Record<string, string>> = {
  coMap: 'Co-Map',
  coFlatMap: 'Co-Flat Map',
  coProcess: 'Co-Process',
  keyedCoProcess: 'Co-Keyed-Process',
}

/** Runs a program in the notation against module `flink`; ops that it lacks are made of transformations, as its API would. */
export function buildProgram({ environment: given, steps }: ProgramCase): BuiltProgram {
  let ids = 0
  let line = 0
  const context: ExecutionContext = {
    configuration: Configuration.fromMap(given.configuration ?? {}),
    nextId: () => ++ids,
    register: () => {},
    currentLine: () => line,
    executionPlan: () => '',
    execute: () => JobID.of(0, ''),
  }
  const env = new StreamExecutionEnvironment(context)
  env.setParallelism(given.parallelism)
  if (given.maxParallelism !== undefined) env.setMaxParallelism(given.maxParallelism)
  if (given.runtimeMode !== undefined) env.settings.set(ExecutionOptions.RUNTIME_MODE, given.runtimeMode)
  if (given.disableOperatorChaining) env.disableOperatorChaining()
  if (given.chainOperatorsWithDifferentMaxParallelism === false) {
    env.settings.set(PipelineOptions.OPERATOR_CHAINING_CHAIN_OPERATORS_WITH_DIFFERENT_MAX_PARALLELISM, 'false')
  }
  if (given.bufferTimeout !== undefined) env.setBufferTimeout(given.bufferTimeout)
  if (given.checkpointingInterval !== undefined) env.enableCheckpointing(given.checkpointingInterval)
  if (given.unalignedCheckpoints) env.settings.set(CheckpointingOptions.ENABLE_UNALIGNED, 'true')

  const made = new Map<string, Numbers | DataStreamSink<number>>()
  for (const step of steps) {
    line++
    const inputs = (step.inputs ?? (step.input === undefined ? [] : [step.input])).map((id) => made.get(id) as Numbers)
    try {
      const stream = new Builder(env, context, step, inputs, made).build()
      configure(stream, step)
      made.set(step.id, stream)
    } catch (error) {
      if (error instanceof Unsupported) throw error
      throw new BuildError(step.id, error)
    }
  }
  return { environment: env, stepAt: (at) => steps[at - 1]!.id }
}

function configure(stream: Numbers | DataStreamSink<number>, step: Step): void {
  if (!(stream instanceof SingleOutputStreamOperator) && !(stream instanceof DataStreamSink)) return
  if (step.name !== undefined) stream.name(step.name)
  if (step.uid !== undefined) stream.uid(step.uid)
  if (step.uidHash !== undefined) stream.setUidHash(step.uidHash)
  if (step.parallelism !== undefined) stream.setParallelism(step.parallelism)
  if (step.maxParallelism !== undefined) stream.setMaxParallelism(step.maxParallelism)
  if (step.bufferTimeout !== undefined && stream instanceof SingleOutputStreamOperator) stream.setBufferTimeout(step.bufferTimeout)
  const group = step.slotSharingGroup
  if (group !== undefined) {
    const spec = typeof group === 'string' ? group : SlotSharingGroup.newBuilder(group.name).setCpuCores(group.cpu).setTaskHeapMemoryMB(group.heapMB).build()
    stream.slotSharingGroup(spec)
  }
  if (step.chaining === 'disableChaining') stream.disableChaining()
  if (step.chaining === 'startNewChain') (stream as Operator).startNewChain()
  if (step.description !== undefined) stream.setDescription(step.description)
}

class Builder {
  constructor(
    private readonly env: StreamExecutionEnvironment,
    private readonly context: ExecutionContext,
    private readonly step: Step,
    private readonly inputs: readonly Numbers[],
    private readonly made: ReadonlyMap<string, Numbers | DataStreamSink<number>>,
  ) {}

  build(): Numbers | DataStreamSink<number> {
    const { env, step } = this
    const input = this.inputs[0]!
    const keyed = input as KeyedStream<number, number>
    switch (step.op) {
      case 'fromSequence':
        return env.fromSequence(1, 100)
      case 'fromSource': {
        const log = LogSource.topic<number>('numbers')
        return env.fromSource(step.bounded === false ? log : log.setBounded(), WatermarkStrategy.noWatermarks(), step.sourceName ?? 'numbers')
      }
      case 'fromData':
        return env.fromData(1, 2, 3)
      case 'fromElements':
        return env.fromElements(1, 2, 3)
      case 'fromCollection':
        return env.fromCollection([1, 2, 3])
      case 'addSource':
        return this.legacySource('Custom Source', false)
      case 'addParallelSource':
        return this.legacySource('Custom Source', true)
      case 'socketTextStream':
        return this.legacySource('Socket Stream', false)
      case 'readTextFile': {
        const monitor = this.legacySource('Custom File Source', false, true)
        monitor.transformation.maxParallelism = 1
        return monitor.operate<number>('readTextFile', 'Split Reader: Custom File Source', descriptor('test'), {}, { chaining: 'HEAD', yielding: true })
      }
      case 'map':
        return input.map(identity)
      case 'flatMap':
        return input.flatMap<number>(() => [])
      case 'filter':
        return input.filter(() => true)
      case 'process':
        return input.process(new Nothing())
      case 'assignTimestampsAndWatermarks':
        return input.assignTimestampsAndWatermarks(WatermarkStrategy.forMonotonousTimestamps())
      case 'async':
        return input.operate('async', 'async wait operator', descriptor('test'), {}, { yielding: true })
      case 'transform':
        return input.operate('transform', 'Custom Operator', descriptor('test'), {}, { chaining: step.strategy ?? 'HEAD' })
      case 'mapPartition':
        return input instanceof KeyedStream
          ? input
              .operate<number>('mapPartition', 'GlobalWindows', descriptor('test'), {}, { outputOnlyAfterEndOfStream: true })
              .setDescription('Window(GlobalWindows(trigger=EndOfStreamTrigger), EndOfStreamTrigger, WindowFunction$1)')
          : input.operate('mapPartition', 'MapPartition', descriptor('test'), {}, { chaining: 'NEVER', outputOnlyAfterEndOfStream: true })
      case 'keyBy':
        return input.keyBy(lastDigit, Types.LONG)
      case 'reinterpretAsKeyedStream':
        return new KeyedStream<number, number>(input, new PartitionTransformation(this.context, input.transformation, 'FORWARD'))
      case 'keyedProcess':
        return keyed.process({ processElement: () => {} })
      case 'reduce':
        return keyed.reduce((a, b) => a + b)
      case 'sum':
        return keyed.sum(0)
      case 'min':
        return keyed.min(0)
      case 'window':
        return window(keyed, step)
      case 'countWindow':
        return countWindow(keyed, step)
      case 'windowAll':
      case 'countWindowAll':
        return windowAll(input, step)
      case 'windowJoin':
      case 'windowCoGroup':
        return windowJoin(this.inputs[0]!, this.inputs[1]!, step)
      case 'sideOutput':
        return (input as Operator).getSideOutput(new OutputTag<number>(step.tag!))
      case 'rebalance':
      case 'rescale':
      case 'shuffle':
      case 'broadcast':
      case 'global':
      case 'forward':
        return input[step.op]()
      case 'partitionCustom':
        return input.partitionCustom(firstChannel, identity)
      case 'exchange':
        return this.stream(
          new PartitionTransformation(this.context, input.transformation, step.partitioner as PartitionerName, {}, step.mode as ExchangeMode),
        )
      case 'union':
        return input.union(...this.inputs.slice(1))
      case 'broadcastProcess':
      case 'keyedBroadcastProcess':
        return this.broadcastProcess()
      case 'intervalJoin':
        return this.intervalJoin()
      case 'multipleInput':
        return this.multipleInput()
      case 'iterate':
        return this.stream(new FeedbackTransformation(this.context, input.transformation, 0))
      case 'closeWith':
        return this.closeWith(input, this.made.get(step.iteration!) as Numbers)
      case 'addSink':
        return input.addSink(() => {})
      case 'print':
        return input.print()
      case 'printToErr':
        return input.printToErr()
      case 'sinkTo':
        return input.sinkTo(sinkOf(step.sink!))
      default: {
        const name = TWO_INPUTS[step.op]
        if (name === undefined) throw new Unsupported(step.op)
        if (step.op === 'keyedCoProcess' && this.inputs.some((stream) => !(stream instanceof KeyedStream))) {
          throw new UnsupportedOperationException('KeyedCoProcessFunction can only be used when both input streams are of type KeyedStream.')
        }
        return this.operator(name, this.inputs, { chaining: 'HEAD' })
      }
    }
  }

  private multipleInput(): Operator {
    const operator = this.operator('Multiple Input', this.inputs, { chaining: this.step.strategy ?? 'ALWAYS', numberedInputs: true })
    operator.transformation.parallelismConfigured = true
    return operator
  }

  private closeWith(feedback: Numbers, iteration: Numbers): Numbers {
    const loop = iteration.transformation as FeedbackTransformation
    if (!feedback.transformation.predecessors().has(loop)) {
      throw new UnsupportedOperationException('Cannot close an iteration with a feedback DataStream that does not originate from said iteration.')
    }
    loop.addFeedbackEdge(feedback.transformation)
    return feedback
  }

  private stream(transformation: Transformation): Numbers {
    return new DataStream<number>(this.env, transformation)
  }

  private operator(name: string, inputs: readonly Numbers[], traits: Partial<OperatorTraits>): Operator {
    const keyedBy = inputs.map((stream) => (stream instanceof KeyedStream ? stream.partition : null))
    const transformation = new OperatorTransformation(
      this.context,
      name,
      this.env.getParallelism(),
      inputs.map((stream) => stream.transformation),
      {},
      descriptor('test'),
      { role: 'operator', keyedBy, ...traits },
    )
    this.env.addOperator(transformation)
    return new SingleOutputStreamOperator<number>(this.env, transformation)
  }

  private legacySource(name: string, parallel: boolean, bounded = false): DataStreamSource<number> {
    const transformation = new OperatorTransformation(
      this.context,
      name,
      parallel ? this.env.getParallelism() : 1,
      [],
      {},
      descriptor('test'),
      { role: 'source', source: 'legacy', chaining: 'HEAD', bounded },
    )
    transformation.parallelismConfigured = !parallel
    return new DataStreamSource<number>(this.env, transformation, parallel)
  }

  private broadcastProcess(): Operator {
    const [main, rules] = this.inputs as [Numbers, Numbers]
    if (this.step.op === 'broadcastProcess' && main instanceof KeyedStream) {
      throw new IllegalArgumentException('A BroadcastProcessFunction can only be used on a non-keyed stream.')
    }
    const name = this.step.op === 'broadcastProcess' ? 'Co-Process-Broadcast' : 'Co-Process-Broadcast-Keyed'
    return this.operator(name, [main, rules.broadcast()], { chaining: 'HEAD' })
  }

  private intervalJoin(): Operator {
    const [left, right] = this.inputs.map((stream) => stream.keyBy(lastDigit, Types.LONG))
    return this.operator('Interval Join', [left!, right!], { chaining: 'HEAD' })
  }
}

function sinkOf(kind: string): Sink<number> {
  if (kind === 'print') return new PrintSink()
  if (kind === 'discarding') return new DiscardingSink()
  const step = (name: string) => ({ name, operator: descriptor('test'), functions: {} })
  const writer = step('Writer')
  const committer = step('Committer')
  const topologies: Readonly<Record<string, SinkTopology>> = {
    twoPhase: { writer, committer },
    preWriteRebalance: { preWrite: { rebalance: true }, writer },
    preWriteMap: { preWrite: step('prepare'), writer },
    preCommit: { writer, preCommit: step('compact'), committer },
    globalCommit: { writer, committer, globalCommitter: step('Global Committer') },
  }
  const topology = topologies[kind]
  if (topology === undefined) throw new Unsupported(`sinkTo ${kind}`)
  return { topology }
}
