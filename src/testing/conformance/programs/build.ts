import { Configuration } from '../../../core/configuration'
import { CheckpointingOptions, ExecutionOptions, PipelineOptions } from '../../../core/options'
import {
  AbstractStreamOperator, AbstractStreamOperatorFactory, AsyncDataStream, BroadcastProcessFunction, CoProcessFunction, DataStream, DataStreamSink, DataStreamUtils,
  DiscardingSink, Duration, KeyedBroadcastProcessFunction, KeyedCoProcessFunction, KeyedStream, LogSource, MapStateDescriptor, OutputTag, PrintSink, ProcessFunction,
  ProcessJoinFunction, RichParallelSourceFunction, SingleOutputStreamOperator, SlotSharingGroup, StreamExecutionEnvironment, TimeUnit, Types, WatermarkStrategy,
  type ChainingStrategy, type ConnectedStreams, type IterativeStream, type OneInputStreamOperator, type Sink, type SourceFunction,
} from '../../../streaming'
import * as flink from '../../../streaming'
import { rememberNames } from '../../../streaming/operators/names'
import type { ExecutionContext } from '../../../streaming/environment/context'
import { JobID } from '../../../streaming/environment/JobClient'
import { descriptor, type ExchangeMode, type PartitionerName } from '../../../streaming/operators/descriptors'
import type { SinkTopology } from '../../../streaming/operators/sinkTopology'
import { OperatorTransformation, PartitionTransformation, type Transformation } from '../../../streaming/operators/transformation'
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
class NothingOfTwo extends CoProcessFunction<number, number, number> {
  processElement1(): void {}
  processElement2(): void {}
}
class NothingOfTwoKeyed extends KeyedCoProcessFunction<number, number, number, number> {
  processElement1(): void {}
  processElement2(): void {}
}
class NothingBroadcast extends BroadcastProcessFunction<number, number, number> {
  processElement(): void {}
  processBroadcastElement(): void {}
}
class NothingBroadcastKeyed extends KeyedBroadcastProcessFunction<number, number, number, number> {
  processElement(): void {}
  processBroadcastElement(): void {}
}
class NoPairs extends ProcessJoinFunction<number, number, number> {
  processElement(): void {}
}
class Silence implements SourceFunction<number> {
  run(): void {}
  cancel(): void {}
}
class ParallelSilence extends RichParallelSourceFunction<number> {
  run(): void {}
  cancel(): void {}
}
class CustomOperator extends AbstractStreamOperator<number> implements OneInputStreamOperator<number, number> {
  processElement(): void {}
}
class CustomFactory extends AbstractStreamOperatorFactory<CustomOperator> {
  createStreamOperator(): CustomOperator {
    return new CustomOperator()
  }
}

const lastDigit = (value: number): number => value % 10
const identity = (value: number): number => value
const firstChannel = (): number => 0
const rules = new MapStateDescriptor<number, number>('rules', Types.LONG, Types.LONG)

/** Runs a program in the notation against module `flink`; what is not public API (`exchange`, `multipleInput`) is made of transformations. */
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
        return env.addSource(new Silence())
      case 'addParallelSource':
        return env.addSource(new ParallelSilence())
      case 'socketTextStream':
        return env.socketTextStream('localhost', 9999) as unknown as Numbers
      case 'readTextFile':
        return env.readTextFile('/tmp/numbers') as unknown as Numbers
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
        return AsyncDataStream.unorderedWait<number, number>(input, { asyncInvoke: () => {} }, 1, TimeUnit.SECONDS)
      case 'transform':
        return input.transform('Custom Operator', Types.LONG, this.customOperator())
      case 'mapPartition':
        return input.fullWindowPartition().mapPartition<number>(() => {})
      case 'keyBy':
        return input.keyBy(lastDigit, Types.LONG)
      case 'reinterpretAsKeyedStream':
        return DataStreamUtils.reinterpretAsKeyedStream(input, lastDigit, Types.LONG)
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
      case 'coMap':
        return this.connected().map({ map1: identity, map2: identity })
      case 'coFlatMap':
        return this.connected().flatMap({ flatMap1: () => {}, flatMap2: () => {} })
      case 'coProcess':
        return this.connected().process(new NothingOfTwo())
      case 'keyedCoProcess':
        return this.connected().process(new NothingOfTwoKeyed())
      case 'broadcastProcess':
        return input.connect(this.inputs[1]!.broadcast(rules)).process(new NothingBroadcast())
      case 'keyedBroadcastProcess':
        return input.connect(this.inputs[1]!.broadcast(rules)).process(new NothingBroadcastKeyed())
      case 'intervalJoin':
        return keyed
          .intervalJoin(this.inputs[1] as KeyedStream<number, number>)
          .between(Duration.ofMillis(-5), Duration.ofMillis(5))
          .process(new NoPairs())
      case 'multipleInput':
        return this.multipleInput()
      case 'iterate':
        return input.iterate()
      case 'closeWith':
        return (this.made.get(step.iteration!) as IterativeStream<number>).closeWith(input)
      case 'addSink':
        return input.addSink(() => {})
      case 'print':
        return input.print()
      case 'printToErr':
        return input.printToErr()
      case 'sinkTo':
        return input.sinkTo(sinkOf(step.sink!))
      default:
        throw new Unsupported(step.op)
    }
  }

  private connected(): ConnectedStreams<number, number> {
    return this.inputs[0]!.connect(this.inputs[1]!)
  }

  /** An operator's own strategy is HEAD; a factory says which it wants. */
  private customOperator(): CustomOperator | CustomFactory {
    if (this.step.strategy === undefined) return new CustomOperator()
    const factory = new CustomFactory()
    factory.setChainingStrategy(this.step.strategy as ChainingStrategy)
    return factory
  }

  private stream(transformation: Transformation): Numbers {
    return new DataStream<number>(this.env, transformation)
  }

  private multipleInput(): Operator {
    const { inputs } = this
    const operator = new OperatorTransformation(
      this.context,
      'Multiple Input',
      this.env.getParallelism(),
      inputs.map((stream) => stream.transformation),
      {},
      descriptor('test'),
      { role: 'operator', chaining: this.step.strategy ?? 'ALWAYS', numberedInputs: true },
    )
    operator.parallelismConfigured = true
    this.env.addOperator(operator)
    return new SingleOutputStreamOperator<number>(this.env, operator)
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
