import { assert, AssertionFailure } from '../../base/assert'
import { ALIGNMENTS } from '../../core/checkpoints'
import { FloodError } from '../../kernel/eventWriter'
import { LONG_MAX } from '../../core/time'
import { addressOf, hostOf } from '../../kernel/types'
import type { Address, Context, Message, Process } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { ExecutionState } from '../../trace/kinds'
import type { CheckpointBarrier } from '../checkpoint/types'
import type { JobEnvironment, TaskDeployment, ThrowAtRecord } from '../deployment'
import { JOB_MANAGER_HOST } from '../deployment'
import type { FetchedRecords, FileAnswer, ServiceAnswer } from '../external/messages'
import type { ControlMessage, Failure } from '../messages'
import { connectionLost, control } from '../messages'
import type { InputChannel } from '../network/inputChannel'
import type { GateTransport } from '../network/inputGate'
import { BufferEvent, network } from '../network/messages'
import type { BufferMessage, NetworkMessage } from '../network/messages'
import type { AvailabilityListener } from '../network/outputPool'
import type { ResultPartition } from '../network/resultPartition'
import type { SubpartitionTransport } from '../network/subpartition'
import { OperatorFiles } from './operatorFiles'
import type { OperatorFactory } from '../operators/types'
import { buildTask } from './build'
import type { BuiltTask } from './build'
import { failureOf, problemIn } from './failure'
import { InputStatus } from './input'
import type { InputStatusCode } from './input'
import { IoTime, TaskIoState } from './ioTime'
import { FileRequests } from './fileRequests'
import { debloatPeriodically } from './inputs'
import { readState } from './restore'
import type { RestoredState } from './restore'
import { ServiceRequests } from './serviceRequests'
import { TaskCheckpoints } from './taskCheckpoints'
import type { TaskThread } from './thread'
import { throwOnPurpose, ThrownOnPurpose } from './throwOnPurpose'
import { ALARM, TaskTimers } from './timers'

/** Resumes the loop over the input. */
const CONTINUE: Message & { readonly type: 'continue' } = { type: 'continue' }
/** Whatever the JobManager had said before it knew of the task's end has come. */
const LAST_WORD: Message & { readonly type: 'last-word' } = { type: 'last-word' }
type Mail =
  ControlMessage | NetworkMessage | FetchedRecords | ServiceAnswer | FileAnswer | typeof ALARM | typeof CONTINUE | typeof LAST_WORD

const JOB_MANAGER = addressOf(JOB_MANAGER_HOST, 0)
const MILLI = 1000

const encoder = new TextEncoder()

export type OperatorRegistry = (kind: string) => OperatorFactory | undefined

/**
 * One attempt of one subtask, a process of its own. Mirrors Task, StreamTask and MailboxProcessor: mails first, then one element of the
 * input at a time while there is room for the output (N-5, N-9). A mail is an event of the kernel: what falls due while an element is worked on
 * comes right after it.
 * Its part in checkpoints is in `taskCheckpoints`, what it does with restored state in `restore`. Left out: sorted inputs of batch programs.
 */
export class Task implements Process, TaskThread, SubpartitionTransport, GateTransport, AvailabilityListener {
  context!: Context
  recordNumber = 0
  recordOrigin = 0
  nextRecordNumber = 0
  node = 0
  readonly tracing: boolean
  readonly timers: TaskTimers
  readonly io: IoTime
  readonly services: ServiceRequests
  readonly files: FileRequests
  readonly operatorFiles = new OperatorFiles()
  readonly checkpoints: TaskCheckpoints
  private built: BuiltTask | null = null
  /** Partitions that take no records at the moment. */
  private fullPartitions = 0
  /** Operators that take nothing more until something of theirs is done. */
  private fullOperators = 0
  private state: ExecutionState = 'DEPLOYING'
  private continuing = false
  /** The data is over, and the operators have not all finished. */
  private ending = false
  /** The word that the data is over has gone out (`END_OF_DATA`). */
  dataEnded = false
  /** Nothing can come any more, barriers included (`END_OF_INPUT`). */
  inputOver = false
  /** What the checkpoint held of the input is still being read. */
  private recovering = false
  /** Channels that were read up to the end of the data. */
  private channelsRead = 0
  /** The JobManager knows that it has finished. */
  private lastWordCame = false
  /** Operators were opened, at least some. */
  private opened = false
  /** Of a µs that an operator was busy. */
  private fraction = 0
  private startedAt = 0
  /** What its operators are to throw, as far as it was told before they were there. */
  private readonly throwAt: ThrowAtRecord[]

  constructor(
    readonly environment: JobEnvironment,
    readonly deployment: TaskDeployment,
    readonly registry: OperatorRegistry,
  ) {
    this.tracing = environment.tracing
    this.throwAt = [...(deployment.throwAt ?? [])]
    this.timers = new TaskTimers(() => this.context, environment.clock)
    this.io = new IoTime(this, environment.clock)
    this.services = new ServiceRequests(() => this.context, environment.services)
    this.files = new FileRequests(() => this.context, environment.fileSystem)
    this.checkpoints = new TaskCheckpoints(this)
  }

  get isRunning(): boolean {
    return this.state === 'RUNNING'
  }

  /** Elements are handled: it runs, or takes in what a checkpoint held of its input. */
  private get isWorking(): boolean {
    return this.state === 'RUNNING' || this.recovering
  }

  /** D-11: the checkpoint from which it begins was behind its end. */
  get finishedOnRestore(): boolean {
    return this.deployment.restore?.state.finished === true
  }

  /** C-25: nothing of its output is still on its way, so that no checkpoint can lose it. */
  get isReadToEnd(): boolean {
    return this.channelsRead === this.built!.partitions.reduce((sum, { subpartitions }) => sum + subpartitions.length, 0)
  }

  get parts(): BuiltTask {
    return this.built!
  }

  get displayName(): string {
    const { executionGraph } = this.environment
    const { vertex, subtask, parallelism } = executionGraph.vertices[this.deployment.execution]!
    const { name } = executionGraph.job.vertices[vertex]!
    return `${name} (${subtask + 1}/${parallelism})#${this.deployment.attempt}`
  }

  handle(received: Message, from: Address, context: Context): void {
    this.context = context
    const message = received as Mail
    try {
      this.mail(message, from)
      if (this.isWorking && !this.continuing) this.processInput()
    } catch (thrown) {
      if (thrown instanceof AssertionFailure || thrown instanceof FloodError) throw thrown
      this.fail(thrown)
    }
  }

  private mail(message: Mail, from: Address): void {
    switch (message.type) {
      case 'continue':
        this.continuing = false
        return
      case 'last-word':
        this.lastWordCame = true
        return this.stopWhenDrained()
      case 'buffer':
        return this.bufferArrived(message)
      case 'credit':
        this.partitionOf(message.channel)!.onCredit(message)
        return this.stopWhenDrained()
      case 'backlog':
        return this.channelOf(message.channel).senderBacklog(message.backlog)
      case 'partition-request':
        this.partitionOf(message.channel)!.onPartitionRequest(from, message)
        return this.stopWhenDrained()
      case 'alarm':
        // T-28: what a finished task still had to do at some time is dropped.
        if (this.isWorking) this.timers.fire()
        return
      case 'fetched':
        if (this.state === 'RUNNING') this.built!.source!.fetched(message)
        return
      case 'service-answer':
        if (this.isWorking) this.services.answered(message)
        return
      case 'file-answer':
        return this.files.answered(message)
      case 'resume-consumption':
        this.partitionOf(message.channel)!.onResume(message)
        return this.stopWhenDrained()
      case 'all-records-processed':
        this.channelsRead++
        return
      case 'new-buffer-size':
        return this.partitionOf(message.channel)!.onNewBufferSize(message)
      case 'trigger-checkpoint':
        return this.checkpoints.trigger(message.barrier)
      case 'notify-checkpoint-complete':
        if (this.state === 'RUNNING') this.checkpoints.notifyComplete(message.checkpoint)
        return
      case 'notify-checkpoint-aborted':
        if (this.state === 'RUNNING') this.checkpoints.notifyAborted(message.checkpoint, message.latestCompleted)
        return
      case 'run-task':
        return this.run()
      case 'cancel-task':
        return this.cancel()
      case 'partition-lost':
        return this.producerLost(from)
      case 'connection-closed':
        return this.connectionClosed(message.host)
      case 'fail-task':
        return this.failWith(message.failure)
      case 'throw-at':
        if (this.built === null) this.throwAt.push(message.throwAt)
        else this.throwOnPurpose(message.throwAt)
        return
      case 'announce-watermark':
        if (this.state === 'RUNNING') this.built!.source!.announced(message.allowed)
        return
      case 'set-cost': {
        const state = this.built?.chain.stateOf(message.node)
        if (state !== undefined) state.cost = message.cost
        return
      }
      default:
        assert(false, `a task got ${message.type}`)
    }
  }

  // ---- life ------------------------------------------------------------------------------------------------------------

  private run(): void {
    this.startedAt = this.context.now
    this.report('INITIALIZING')
    this.built = buildTask(this)
    for (const one of this.throwAt) this.throwOnPurpose(one)
    readState(this, this.deployment.restore, (restored) => this.initialize(restored))
  }

  /** Mirrors StreamTask.restoreStateAndGates: outputs, operators, then what the inputs held; only then is anything asked of the producers (C-20). */
  private initialize(restored: RestoredState): void {
    const { partitions, selectors, chain, restore, isRestoring } = this.built!
    partitions.forEach((partition, i) => partition.restore(restored.output, selectors[i]!))
    this.opened = true
    chain.open(restored.contextOf)
    restore(restored.input)
    this.recovering = isRestoring()
    if (!this.recovering) this.beginRunning()
  }

  private beginRunning(): void {
    this.recovering = false
    this.report('RUNNING')
    const { gates } = this.built!
    for (const gate of gates) gate.requestPartitions()
    debloatPeriodically(this, gates)
    if (!this.finishedOnRestore) this.built!.source?.start()
  }

  private report(state: ExecutionState, failure?: Failure): void {
    this.state = state
    const { execution, attempt } = this.deployment
    this.context.send(
      JOB_MANAGER,
      control({ type: 'task-state', execution, attempt, state, ...(failure === undefined ? {} : { failure }) }),
    )
  }

  /**
   * T-19: the last watermark of a source, then the operators head to tail, then the word to those downstream. Not `drain`: the job stops as it is
   * (C-26), and nothing of that happens.
   */
  private endData(drain: boolean): void {
    const { source, chain, partitions } = this.built!
    if (!this.ending) this.endSource(drain)
    this.ending = drain
    if (drain && !chain.finish()) return this.io.become(TaskIoState.Idle)
    this.ending = false
    this.dataEnded = true
    for (const partition of partitions) partition.broadcastEvent(drain ? BufferEvent.EndOfData : BufferEvent.Stopped)
    const { checkpoints } = this
    if (!checkpoints.outlivesData) return this.finish()
    const { execution, attempt } = this.deployment
    if (drain || source?.isOld === true) this.context.send(JOB_MANAGER, control({ type: 'notify-end-of-data', execution, attempt }))
    if (source !== null) this.inputOver = true
    checkpoints.endedData()
  }

  private endSource(drain: boolean): void {
    const { source, partitions } = this.built!
    if (this.finishedOnRestore) for (const partition of partitions) partition.broadcastWatermark(LONG_MAX)
    else if (drain) source?.finish()
    else source?.stopServices()
  }

  /** Mirrors StreamTask.afterInvoke: nothing can come any more; a last checkpoint may still be waited for (C-25). */
  private finishIfPossible(): void {
    if (this.inputOver && this.checkpoints.mayFinish) this.finish()
    else this.io.become(TaskIoState.Idle)
  }

  private finish(): void {
    const { source, chain } = this.built!
    chain.close()
    source?.close()
    this.checkpoints.coordinator.close()
    if (this.checkpoints.outlivesData) this.checkpoints.outputs.broadcastEndOfPartition()
    this.io.become(TaskIoState.Idle)
    this.report('FINISHED')
    this.lastWordCame = !this.checkpoints.settings.enabled
    if (!this.lastWordCame) this.context.after(2 * this.environment.linkLatency + 1, LAST_WORD)
    this.stopWhenDrained()
  }

  /**
   * The result of a finished task lives on until it is read: its process does so too. And until a trigger that was on its way has been declined (C-18);
   * in Flink its TaskManager does that.
   */
  private stopWhenDrained(): void {
    if (this.state !== 'FINISHED' || !this.lastWordCame) return
    if (this.built!.partitions.every((partition) => partition.drained)) this.context.stop(this.context.self)
  }

  private cancel(): void {
    if (this.state === 'FINISHED') this.loseResults()
    else {
      this.closeQuietly(true)
      this.report('CANCELED')
    }
    this.context.stop(this.context.self)
  }

  /** What a finished task has kept for its readers goes with it. */
  private loseResults(): void {
    for (const { subpartitions } of this.built!.partitions) {
      for (const { channel, reader } of subpartitions) {
        if (reader !== null) this.context.send(reader, network({ type: 'partition-lost', channel }))
      }
    }
  }

  /** The program has no part in it: the task fails without a line. */
  private producerLost(producer: Address): void {
    if (this.state === 'RUNNING') this.failWith(connectionLost(hostOf(producer)))
  }

  /** Who still reads from there fails; who is read from there only loses a reader. */
  private connectionClosed(host: number): void {
    if (this.state !== 'RUNNING' && this.state !== 'INITIALIZING') return
    if (hostOf(this.context.self) === host) return
    for (const { producer, ended } of this.built!.channels.values()) {
      if (hostOf(producer) === host && !ended) return this.failWith(connectionLost(host))
    }
  }

  /** For a cause outside of the program: no line is at fault. One that has finished has only its results to lose. */
  failWith(failure: Failure): void {
    if (this.state === 'FAILED' || this.state === 'CANCELED') return
    if (this.state === 'FINISHED') this.loseResults()
    else {
      this.report('FAILED', failure)
      this.closeQuietly()
    }
    this.context.stop(this.context.self)
  }

  private throwOnPurpose(throwAt: ThrowAtRecord): void {
    throwOnPurpose(this.built!.chain, throwAt, (text) => this.faultStruck(throwAt.intervention, text))
  }

  faultStruck(intervention: number, text: string): void {
    this.context.emit(TraceKind.FaultStruck, intervention, this.deployment.execution, 0, 0, NaN, encoder.encode(text))
  }

  private fail(thrown: unknown): void {
    if (this.state === 'FAILED') return
    const failure = failureOf(thrown)
    const streamNode = this.environment.streamGraph.nodes.find(({ id }) => id === this.node)
    const line = this.environment.program.lineOf(thrown) ?? streamNode?.line
    const told = problemIn(thrown, failure, this.displayName, streamNode?.name ?? '', line)
    this.context.emit(TraceKind.Problem, 0, 0, 0, 0, NaN, encoder.encode(JSON.stringify(told)))
    this.report('FAILED', thrown instanceof ThrownOnPurpose ? { ...failure, intervention: thrown.intervention } : failure)
    this.closeQuietly()
    this.context.stop(this.context.self)
  }

  /** As disposeAllOperators: what a function throws from its close after a failure or a cancel hides nothing. */
  private closeQuietly(canceled = false): void {
    try {
      this.checkpoints.coordinator.close()
      if (!this.opened) return
      if (canceled) this.built?.source?.cancel()
      this.built?.chain.close()
      this.built?.source?.close()
    } catch (thrown) {
      if (thrown instanceof AssertionFailure) throw thrown
      this.print(`Error while closing ${this.displayName}: ${String(thrown)}`)
    }
  }

  // ---- the loop --------------------------------------------------------------------------------------------------------

  /** Works on one element after the other until something else is due, nothing is there, or there is no room for the output. */
  private processInput(): void {
    const { context } = this
    const { input, isRestoring } = this.built!
    if (this.ending) this.endData(true)
    if (this.inputOver) return this.finishIfPossible()
    if (this.ending || this.state === 'FINISHED') return
    if (this.io.state === TaskIoState.BackPressured && this.fullPartitions === 0) this.io.become(TaskIoState.Busy)
    do {
      if (this.fullPartitions > 0) return this.io.become(TaskIoState.BackPressured)
      if (this.fullOperators > 0) return this.io.become(TaskIoState.Busy)
      const status = this.finishedOnRestore && this.built!.source !== null ? InputStatus.End : input.emitNext()
      if (this.recovering && !isRestoring()) this.beginRunning()
      if (status === InputStatus.Nothing) return this.io.become(TaskIoState.Idle)
      if (status > InputStatus.Nothing) return this.inputEnded(status)
    } while (context.now < context.horizon)
    this.continuing = true
    context.after(0, CONTINUE)
  }

  private inputEnded(status: InputStatusCode): void {
    if (status === InputStatus.EndOfInput) this.inputOver = true
    else this.endData(status === InputStatus.End)
    if (this.state !== 'RUNNING' || this.ending) return
    // Barriers may still come behind the end of the data.
    if (this.inputOver) return this.finishIfPossible()
    this.continuing = true
    this.context.after(0, CONTINUE)
  }

  /** An operator's work, beside what a record costs. */
  work(micros: number): void {
    this.fraction += micros
    if (this.fraction < 1) return
    const whole = Math.floor(this.fraction)
    this.fraction -= whole
    this.context.advance(whole)
  }

  availabilityChanged(available: boolean): void {
    this.fullPartitions += available ? -1 : 1
  }

  /** In Flink an operator waits inside the record, and its task is busy (N-10). */
  inputBlocked(blocked: boolean): void {
    this.fullOperators += blocked ? 1 : -1
  }

  overdrawn(buffers: number): void {
    throw new FloodError(this.context.self, 'messages', buffers)
  }

  // ---- channels --------------------------------------------------------------------------------------------------------

  private bufferArrived(message: BufferMessage): void {
    if (this.tracing) this.context.emit(TraceKind.BufferArrived, message.channel, message.sequence, 0, 0, NaN)
    if (!this.isWorking) return
    const channel = this.channelOf(message.channel)
    this.built!.inputOf.get(channel)!.received(channel, message)
  }

  private channelOf(channel: number): InputChannel {
    return this.built!.channels.get(channel)!
  }

  private partitionOf(channel: number): ResultPartition | undefined {
    return this.built!.partitions.find((partition) => partition.owns(channel))
  }

  sendBuffer(to: Address, message: BufferMessage): void {
    if (this.tracing) {
      this.context.emit(TraceKind.BufferSent, message.channel, message.sequence, message.records, message.bytes.length, NaN)
    }
    this.context.send(to, message)
  }

  sendBacklog(to: Address, channel: number, backlog: number): void {
    this.context.send(to, network({ type: 'backlog', channel, backlog }))
  }

  creditsChanged(channel: number, credits: number): void {
    if (this.tracing) this.context.emit(TraceKind.CreditsGranted, channel, credits, 0, 0, NaN)
  }

  queueChanged(channel: number, buffers: number, bytes: number, held: number): void {
    this.tellQueue(channel, 0, buffers, bytes, held)
  }

  poolChanged(channel: number, used: number, size: number): void {
    this.tellPool(channel, 0, used, size)
  }

  /** While tracing. `side` 0: at the sender. */
  tellQueue(channel: number, side: number, buffers: number, bytes: number, held: number): void {
    this.context.emit(TraceKind.QueueLength, channel, side, buffers, bytes, held)
  }

  tellPool(channel: number, side: number, used: number, size: number): void {
    this.context.emit(TraceKind.PoolUsage, side, this.environment.executionGraph.channels[channel]!.edge, used, size, NaN)
  }

  barrierSent(channel: number, { id, options }: CheckpointBarrier, overtaken: number): void {
    if (this.tracing) this.context.emit(TraceKind.BarrierOut, channel, id, ALIGNMENTS.indexOf(options.alignment), overtaken, NaN)
  }

  sendCredit(to: Address, channel: number, credit: number): void {
    this.context.send(to, network({ type: 'credit', channel, credit }))
  }

  sendPartitionRequest(to: Address, channel: number, credit: number): void {
    this.context.send(to, network({ type: 'partition-request', channel, credit }))
  }

  /** The flusher wakes each `bufferTimeout` from the start of the task on; here only when there is something to flush, at the same times (N-8). */
  armFlusher(index: number): void {
    const { partitions, bufferTimeouts } = this.built!
    const partition = partitions[index]!
    partition.flusherArmed = true
    const interval = bufferTimeouts[index]! * MILLI
    // −1: never, only full buffers are sent.
    if (interval < 0) return
    const ticks = Math.floor((this.context.now - this.startedAt) / interval) + 1
    this.timers.schedule(this.startedAt + ticks * interval, () => {
      partition.flusherArmed = false
      partition.flushAll()
    })
  }

  // ---- clock and console -----------------------------------------------------------------------------------------------

  /** ms since the epoch. */
  processingTime(): number {
    return this.environment.clock.at(this.context.now)
  }

  /** At `time`, ms since the epoch, as a mail; what it does counts as the operator's work. */
  scheduleAt(time: number, node: number, callback: (time: number) => void): () => void {
    const { clock } = this.environment
    return this.timers.scheduleOnClock((time - clock.start) * MILLI, () => {
      if (this.dataEnded) return
      this.node = node
      callback(time)
    })
  }

  print(line: string): void {
    this.context.emit(TraceKind.UserOutput, this.node, 0, 0, 0, NaN, encoder.encode(line))
  }
}
