import { AssertionFailure } from '../../base/assert'
import { CheckpointingOptions, TaskManagerOptions } from '../../core/options'
import type { Channel, JobEdge, JobVertex } from '../../graph/types'
import { TraceKind } from '../../trace/kinds'
import { CheckpointedInputs } from '../checkpoint/barriers/CheckpointedInputs'
import type { BarrierSettings } from '../checkpoint/barriers/CheckpointedInputs'
import type { AlignmentClock } from '../checkpoint/barriers/CheckpointBarrierHandler'
import type { BarrierListener, ChannelBuffers, CheckpointBarrier } from '../checkpoint/types'
import { debloatSettings } from '../network/bufferDebloater'
import { network } from '../network/messages'
import type { InputChannel } from '../network/inputChannel'
import { InputGate } from '../network/inputGate'
import type { InputTransport } from '../network/inputGate'
import { restoredMessages } from '../network/restoredChannel'
import type { NetworkSettings } from '../network/settings'
import { IndexedCombinedWatermarkStatus } from '../time/CombinedWatermarkStatus'
import type { ChainedOperatorState } from './chainedOperator'
import { MultipleInput } from './input'
import type { TaskInput } from './input'
import { NetworkInput } from './networkInput'
import { shownTimestamp } from './operatorTrace'
import type { Task } from './task'

/** What a task reads from. */
export interface BuiltInputs {
  readonly input: TaskInput
  readonly gates: readonly InputGate[]
  /** By number in the execution graph. */
  readonly channels: ReadonlyMap<number, InputChannel>
  readonly inputOf: ReadonlyMap<InputChannel, NetworkInput>
  /** null: a source. */
  readonly checkpointed: CheckpointedInputs | null
  /**
   * Puts what a checkpoint held of the input into its channels: before partitions are requested, which have to wait until `isRestoring` is false again; until
   * then `input.emitNext` gives what was put there (C-20: the task is INITIALIZING).
   */
  restore(buffers: readonly ChannelBuffers[]): void
  isRestoring(): boolean
  /** The JobManager's own trigger, at a task that reads (C-25). */
  triggerOpenChannels(barrier: CheckpointBarrier): void
}

/** A source reads from no task. */
export const NO_CHANNELS: Omit<BuiltInputs, 'input'> = {
  gates: [],
  channels: new Map(),
  inputOf: new Map(),
  checkpointed: null,
  restore: () => undefined,
  isRestoring: () => false,
  triggerOpenChannels: () => undefined,
}

/** What a task has to do with barriers that come in. */
export interface InputCheckpoints {
  readonly listener: BarrierListener
  /** Which subtask its partitioner sends a record to, of edges where that depends on the record alone (HASH, CUSTOM); null for others. */
  subtaskOf(edge: JobEdge): ((value: unknown) => number) | null
  readonly subtask: number
  readonly parallelism: number
}

const refuse = (): never => {
  throw new AssertionFailure('a barrier came to a task that takes none')
}
export const NO_BARRIERS: BarrierListener = {
  triggerCheckpointOnBarrier: refuse,
  inputStateComplete: refuse,
  abortCheckpointOnBarrier: refuse,
}

const NO_CHECKPOINTS: InputCheckpoints = { listener: NO_BARRIERS, subtaskOf: () => null, subtask: 0, parallelism: 1 }

const MICROS_PER_MILLI = 1000
/** What a timer of the processing-time service takes more. */
const TIMER_DELAY = 1

/** C-14. Unaligned checkpoints go with exactly once alone. */
function barrierSettings({ environment: { configuration } }: Task, subtasks: number): BarrierSettings {
  const enabled = typeof configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL) === 'number'
  const exactlyOnce = enabled && configuration.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE) === 'EXACTLY_ONCE'
  return {
    mode: !exactlyOnce ? 'tracker' : configuration.get(CheckpointingOptions.ENABLE_UNALIGNED) ? 'alternating' : 'aligned',
    afterTasksFinish: configuration.get(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH),
    subtasks,
    bufferSize: configuration.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE),
  }
}

/** A task's clocks and timers as alignments see them. */
export function alignmentClock(task: Task): AlignmentClock {
  const { clock } = task.environment
  return {
    millis: () => task.processingTime(),
    micros: () => task.context.now,
    after: (delay, run) => task.timers.scheduleOnClock((task.processingTime() + delay + TIMER_DELAY - clock.start) * MICROS_PER_MILLI, run),
  }
}

/** The side of a channel, as QueueLength and PoolUsage have it. */
const RECEIVER = 1

const transportOf = (task: Task): InputTransport => ({
  tracing: task.tracing,
  sendCredit: (to, channel, credit) => task.sendCredit(to, channel, credit),
  sendPartitionRequest: (to, channel, credit) => task.sendPartitionRequest(to, channel, credit),
  sendResume: (to, channel) => task.context.send(to, network({ type: 'resume-consumption', channel })),
  sendBufferSize: (to, channel, size) => task.context.send(to, network({ type: 'new-buffer-size', channel, size })),
  bufferSizeChanged: (channel, size, timeToConsume) => {
    const { edge } = task.environment.executionGraph.channels[channel]!
    if (task.tracing) task.context.emit(TraceKind.BufferSize, edge, size, 0, 0, timeToConsume)
  },
  queueChanged: (channel, buffers, bytes, used) => task.tellQueue(channel, RECEIVER, buffers, bytes, used),
  poolChanged: (channel, used, size) => task.tellPool(channel, RECEIVER, used, size),
  ...(task.checkpoints.settings.afterTasksFinish
    ? { sendAllRecordsProcessed: (to, channel) => task.context.send(to, network({ type: 'all-records-processed', channel })) }
    : {}),
})

/** One gate for each job edge; edges of one type number are one logical input (G-5). Mirrors StreamInputProcessor's factories. */
export function createInputs(
  task: Task,
  vertex: JobVertex,
  inputs: readonly Channel[],
  head: ChainedOperatorState,
  settings: NetworkSettings,
  checkpoints: InputCheckpoints = NO_CHECKPOINTS,
): BuiltInputs {
  const edges = task.environment.executionGraph.job.edges.filter((edge) => edge.toVertex === vertex.index)
  const typeNumbers = [...new Set(edges.map((edge) => edge.typeNumber))].sort((a, b) => a - b)
  const transport = transportOf(task)
  const debloat = debloatSettings(task.environment.configuration)
  const debloating = debloat === null ? null : { settings: debloat, millis: () => Math.floor(task.context.now / MICROS_PER_MILLI) }
  const gates: InputGate[] = []
  const edgeOf: JobEdge[] = []
  const gatesOf = typeNumbers.map((typeNumber) => {
    let valveIndex = 0
    const mine: InputGate[] = []
    for (const edge of edges) {
      if (edge.typeNumber !== typeNumber) continue
      const specs = inputs
        .filter((channel) => channel.edge === edge.index)
        .sort((a, b) => a.inputChannel - b.inputChannel)
        .map(({ id }) => ({ channel: id, producer: task.deployment.producers[id]! }))
      mine.push(new InputGate(specs, valveIndex, settings, transport, debloating))
      edgeOf.push(edge)
      valveIndex += specs.length
    }
    gates.push(...mine)
    return mine
  })
  const tell = (kind: number, a: number, b: number, c: number, d: number, x: number): void => task.context.emit(kind, a, b, c, d, x)
  const checkpointed = new CheckpointedInputs(
    gates,
    barrierSettings(task, checkpoints.parallelism),
    checkpoints.listener,
    alignmentClock(task),
    task.tracing ? tell : null,
  )
  const combined = new IndexedCombinedWatermarkStatus(typeNumbers.length)
  const channels = new Map<number, InputChannel>()
  const inputOf = new Map<InputChannel, NetworkInput>()
  const logical = gatesOf.map((mine, index) => {
    const input = new NetworkInput(task, head, mine, index, combined, checkpointed)
    for (const channel of mine.flatMap((gate) => gate.channels)) {
      channels.set(channel.channel, channel)
      inputOf.set(channel, input)
    }
    return input
  })
  return {
    input: logical.length === 1 ? logical[0]! : new MultipleInput(logical),
    gates,
    channels,
    inputOf,
    checkpointed,
    restore(buffers) {
      gates.forEach((gate, index) => {
        for (const [channel, messages] of restoredInput(
          task,
          head.node,
          gate,
          buffers.filter((one) => one.gate === index),
          edgeOf[index]!,
          checkpoints,
        )) {
          inputOf.get(channel)!.restore(channel, messages)
        }
      })
    },
    isRestoring: () => gates.some((gate) => gate.isRestoring),
    triggerOpenChannels: (barrier) => checkpointed.triggerOpenChannels(barrier),
  }
}

/**
 * Has the gates look at their buffers' size each period, as long as the task lives. By virtual time, by which records cost and come; in Flink by the machine's
 * clock. Mirrors StreamTask.scheduleBufferDebloater.
 */
export function debloatPeriodically(task: Task, gates: readonly InputGate[]): void {
  const settings = debloatSettings(task.environment.configuration)
  if (settings === null || gates.length === 0) return
  task.timers.schedule(task.context.now + settings.period * MICROS_PER_MILLI, () => {
    for (const gate of gates) gate.debloat()
    debloatPeriodically(task, gates)
  })
}

/** What a checkpoint held of one gate, by the channel that it comes out of now (D-12): with as many as there were, the same. */
function restoredInput(
  task: Task,
  node: number,
  gate: InputGate,
  held: readonly ChannelBuffers[],
  edge: JobEdge,
  { subtaskOf, subtask, parallelism }: InputCheckpoints,
) {
  const { channels } = gate
  const rescaled = held.some((one) => one.subtasks !== parallelism || one.channels !== channels.length)
  const select = rescaled ? subtaskOf(edge) : null
  const keep = select === null ? null : (value: unknown) => select(value) === subtask
  const newIdentity = task.tracing ? (timestamp: number) => identityOf(task, node, timestamp) : null
  return channels.map((channel) => {
    const mine = held.filter((one) => one.channel % channels.length === channel.index)
    return [channel, restoredMessages(channel.channel, mine, { keep, newIdentity })] as const
  })
}

/** Of a record that was written while nobody kept a trace: it counts as made here. */
export function identityOf(task: Task, node: number, timestamp: number): readonly [number: number, origin: number] {
  const number = task.nextRecordNumber++
  task.context.emit(TraceKind.RecordMade, node, number, -1, 0, shownTimestamp(timestamp))
  return [number, task.context.self]
}
