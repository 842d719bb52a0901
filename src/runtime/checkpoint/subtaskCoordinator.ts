import { ALIGNMENTS, isSavepoint } from '../../core/checkpoints'
import type { CheckpointFailureReason } from '../../core/checkpoints'
import { encodeValue, DataOutput } from '../../core/values'
import type { Context } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { FileAnswer, FileKindCode } from '../external/messages'
import { sumOfSizes, toHandles, tellOfChannels } from './subtaskChannelState'
import type { OutputBarriers } from './barriers/OutputBarriers'
import { isUnaligned, withUnalignedSupported } from './barriers/options'
import { StateUpload, UploadedFiles } from './subtaskUpload'
import { sizeOfStream } from './types'
import type {
  AlignmentMetrics,
  ChannelBuffers,
  CheckpointBarrier,
  CheckpointMetrics,
  OperatorSnapshotResult,
  OperatorSubtaskState,
  SnapshotContext,
  TaskStateSnapshot,
} from './types'

/** Virtual µs that the synchronous part takes each operator, whatever it holds. */
export const SYNC_COST = 20
/** Aborted ids that are remembered; as `DEFAULT_MAX_RECORD_ABORTED_CHECKPOINTS`. */
const MAX_ABORTED = 128

/** What a chain has to do for a snapshot. */
export interface CheckpointedChain {
  /** Of the operators at either end: they hold the state of channels. */
  readonly headOperator: string
  readonly tailOperator: string
  /** It was deployed as finished, and has no operators at work (D-11). */
  readonly finishedOnRestore: boolean
  /** Head to tail. */
  prepareSnapshotPreBarrier(checkpoint: number): void
  /** Tail to head. */
  snapshotState(context: SnapshotContext): readonly OperatorSnapshot[]
  /** Tail to head; all are told, then the first error is thrown. */
  notifyCheckpointComplete(checkpoint: number): void
  notifyCheckpointAborted(checkpoint: number): void
}

export interface OperatorSnapshot {
  readonly operatorId: string
  readonly node: number
  readonly result: OperatorSnapshotResult
}

/** What the coordinator needs of its task. */
export interface CheckpointedTask {
  readonly context: Context
  readonly tracing: boolean
  readonly displayName: string
  readonly subtask: number
  readonly attempt: number
  readonly inlineThreshold: number
  readonly chain: CheckpointedChain
  readonly outputs: OutputBarriers
  acknowledge(checkpoint: number, metrics: CheckpointMetrics, state: TaskStateSnapshot): void
  decline(checkpoint: number, reason: CheckpointFailureReason, message: string): void
  /** The asynchronous part fails, because somebody wants it so. */
  isDeclining(checkpoint: number): boolean
  writeFile(path: string, bytes: Uint8Array, kind: FileKindCode, done: (error: FileAnswer['error']) => void): void
  deleteFile(path: string): void
  /** True: operators have no files of their own on their way. Else calls back when those that are there now have arrived. */
  operatorFilesSettled(done: () => void): boolean
}

/** A checkpoint in its asynchronous part. Mirrors AsyncCheckpointRunnable. */
interface Running {
  readonly barrier: CheckpointBarrier
  readonly states: Map<string, OperatorSubtaskState>
  readonly upload: StateUpload
  metrics: AlignmentMetrics
  readonly syncDuration: number
  unaligned: boolean
  readonly finished: boolean
  readonly since: number
  fullSize: number
  persisted: number
  /** Whether the state of inputs, of outputs is still to come. */
  inputs: boolean
  outputs: boolean
  /** Whether operators' own files, part files of sinks, are still on their way. */
  files: boolean
  /** Uploads that were handed to the file system, and those of them that are done. */
  begun: number
  written: string[]
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/**
 * Takes a subtask's part in checkpoints (C-18, C-20, D-20). Mirrors SubtaskCheckpointCoordinatorImpl with AsyncCheckpointRunnable and the part of
 * StreamTask that notifies. Left out: local recovery, file merging.
 */
export class SubtaskCheckpointCoordinator {
  private last = -1
  private lastNotified: number
  private readonly aborted = new Set<number>()
  private greatestAborted = -1
  private readonly running = new Map<number, Running>()
  readonly uploaded = new UploadedFiles()

  constructor(
    private readonly task: CheckpointedTask,
    restoredCheckpoint: number | null,
  ) {
    this.lastNotified = restoredCheckpoint ?? -1
  }

  /** Whether some checkpoint is still in its asynchronous part. */
  get busy(): boolean {
    return this.running.size > 0
  }

  // ---- triggering ------------------------------------------------------------------------------------------------------

  /**
   * `inputs`: the barrier has overtaken what is in them, and `inputStateComplete` will follow. `finished`: the operators have.
   * What operators throw comes out of here: the task fails.
   */
  checkpointState(came: CheckpointBarrier, inputs: boolean, metrics: AlignmentMetrics, finished: boolean): void {
    const { task } = this
    const { id } = came
    if (id <= this.last) {
      this.forgetAborted(id)
      return
    }
    this.last = id
    if (this.forgetAborted(id)) {
      task.outputs.broadcastCancelMarker(id)
      return
    }
    const { chain, context } = task
    const options = withUnalignedSupported(came.options)
    const barrier = { ...came, options }
    if (task.tracing) context.emit(TraceKind.CheckpointBegun, id, ALIGNMENTS.indexOf(barrier.options.alignment), 0, 0, metrics.startDelay)
    chain.prepareSnapshotPreBarrier(id)
    let overtaken: readonly ChannelBuffers[] | null = null
    task.outputs.broadcast(barrier, (buffers) => {
      if (this.running.get(id) === undefined) overtaken = buffers
      else this.outputStateComplete(id, buffers)
    })
    const started = context.now
    const snapshots = chain.snapshotState({ checkpoint: id, timestamp: barrier.timestamp, options })
    context.advance(snapshots.reduce((sum, { result }) => sum + SYNC_COST + result.syncCost, 0))
    const suffix = `${task.subtask}-${task.attempt}-${id}`
    const one: Running = {
      barrier,
      states: new Map(snapshots.map(({ operatorId, result }) => [operatorId, { ...result, input: [], output: [] }])),
      upload: new StateUpload(options.directory, task.inlineThreshold, suffix, isSavepoint(options.type)),
      metrics,
      syncDuration: context.now - started,
      unaligned: isUnaligned(barrier),
      finished: finished || chain.finishedOnRestore,
      since: context.now,
      fullSize: snapshots.reduce((sum, { result }) => sum + result.fullSize, 0),
      persisted: 0,
      inputs,
      outputs: overtaken === null,
      files: false,
      begun: 0,
      written: [],
    }
    this.running.set(id, one)
    if (task.tracing) this.tellOfSync(one, snapshots)
    if (overtaken !== null) this.addChannels(one, 'output', overtaken)
    one.files = !task.operatorFilesSettled(() => {
      one.files = false
      this.proceed(one)
    })
    this.attempt(one, () => {
      for (const [operatorId, state] of one.states) one.states.set(operatorId, one.upload.state(operatorId, state, this.uploaded, id))
    })
    this.proceed(one)
  }

  /** The barriers of all channels are there: what belongs to the checkpoint of the inputs' buffers. */
  inputStateComplete(checkpoint: number, inflight: readonly ChannelBuffers[], metrics: AlignmentMetrics): void {
    const one = this.running.get(checkpoint)
    if (one === undefined) return
    one.inputs = false
    one.metrics = metrics
    this.addChannels(one, 'input', inflight)
    this.proceed(one)
  }

  /** What a barrier with timeout has overtaken by the time that it left (C-21). */
  private outputStateComplete(checkpoint: number, overtaken: readonly ChannelBuffers[]): void {
    const one = this.running.get(checkpoint)
    if (one === undefined) return
    one.outputs = false
    this.addChannels(one, 'output', overtaken)
    this.proceed(one)
  }

  private addChannels(one: Running, side: 'input' | 'output', buffers: readonly ChannelBuffers[]): void {
    if (buffers.length === 0) return
    const { task } = this
    const handles = toHandles(buffers)
    const operatorId = side === 'input' ? task.chain.headOperator : task.chain.tailOperator
    one.persisted += sumOfSizes(handles)
    one.fullSize += sumOfSizes(handles)
    if (task.tracing) tellOfChannels(task.context, one.barrier.id, side, handles)
    this.attempt(one, () => {
      const state = one.states.get(operatorId) ?? { operator: [], keyed: [], input: [], output: [] }
      one.states.set(operatorId, { ...state, [side]: [...state[side], ...one.upload.channels(operatorId, handles)] })
    })
  }

  /** What throws here is an exception of the asynchronous part. */
  private attempt(one: Running, work: () => void): void {
    try {
      work()
    } catch (thrown) {
      this.failed(one, `java.io.IOException: ${message(thrown)}`)
    }
  }

  /** Hands to the file system what is to be written, and acknowledges when nothing is left to wait for. */
  private proceed(one: Running): void {
    const { id } = one.barrier
    if (this.running.get(id) !== one) return
    const { uploads } = one.upload
    while (one.begun < uploads.length) {
      const { path, bytes, kind } = uploads[one.begun++]!
      this.task.writeFile(path, bytes, kind, (error) => this.wrote(one, path, error))
    }
    if (one.inputs || one.outputs || one.files || one.written.length < uploads.length) return
    if (this.task.isDeclining(id)) return this.failed(one, 'java.io.IOException: The snapshot was made to fail.')
    this.running.delete(id)
    this.acknowledge(one)
  }

  private wrote(one: Running, path: string, error: FileAnswer['error']): void {
    const isWanted = this.running.get(one.barrier.id) === one
    if (error === null) one.written.push(path)
    if (!isWanted) {
      // Given up meanwhile: nobody refers to it.
      if (error === null) this.task.deleteFile(path)
    } else if (error !== null) this.failed(one, `${error.className}: ${error.message}`)
    else this.proceed(one)
  }

  private acknowledge(one: Running): void {
    const { task } = this
    const { barrier, metrics, upload } = one
    const asyncDuration = task.context.now - one.since
    if (task.tracing) task.context.emit(TraceKind.SnapshotDone, barrier.id, asyncDuration, 0, 0, upload.bytes)
    const { alignmentDuration, startDelay, bytesProcessedDuringAlignment } = metrics
    const told: CheckpointMetrics = {
      alignmentDuration,
      startDelay,
      bytesProcessedDuringAlignment,
      syncDuration: one.syncDuration,
      asyncDuration,
      bytesPersistedDuringAlignment: one.persisted,
      checkpointedSize: upload.bytes,
      fullSize: one.fullSize,
      unaligned: one.unaligned,
    }
    task.acknowledge(barrier.id, told, { operators: Object.fromEntries(one.states), ...(one.finished ? { finished: true } : {}) })
  }

  /** C-18: the checkpoint is declined, the task goes on. */
  private failed(one: Running, cause: string): void {
    const { id } = one.barrier
    if (this.running.get(id) !== one) return
    this.giveUp(one)
    const text = `Could not materialize checkpoint ${id} for operator ${this.task.displayName}.`
    this.task.decline(id, 'CHECKPOINT_ASYNC_EXCEPTION', `java.lang.Exception: ${text}\nCaused by: ${cause}`)
  }

  private giveUp(one: Running): void {
    this.running.delete(one.barrier.id)
    this.task.outputs.abort(one.barrier.id)
    this.uploaded.forget(one.barrier.id)
    for (const path of one.written) this.task.deleteFile(path)
  }

  // ---- aborts and notifications ----------------------------------------------------------------------------------------

  /** C-16, C-17: the inputs say that nothing comes of it. */
  abortCheckpointOnBarrier(checkpoint: number, reason: CheckpointFailureReason, text: string): void {
    const { task } = this
    this.last = Math.max(this.last, checkpoint)
    for (const id of this.aborted) if (id < this.last) this.aborted.delete(id)
    const one = this.running.get(checkpoint)
    if (one !== undefined) this.giveUp(one)
    task.decline(checkpoint, reason, text)
    task.chain.notifyCheckpointAborted(checkpoint)
    task.outputs.broadcastCancelMarker(checkpoint)
  }

  /** Returns whether it was news. */
  notifyCheckpointComplete(checkpoint: number): boolean {
    if (checkpoint <= this.lastNotified) return false
    this.lastNotified = checkpoint
    this.tellOfNotification(checkpoint, 0)
    this.task.chain.notifyCheckpointComplete(checkpoint)
    return true
  }

  /** The completion that it carries has been delivered before (`latestCompleted`). */
  notifyCheckpointAborted(checkpoint: number): void {
    const one = this.running.get(checkpoint)
    if (one !== undefined) this.giveUp(one)
    else if (checkpoint > this.last) {
      this.aborted.add(checkpoint)
      this.greatestAborted = Math.max(this.greatestAborted, checkpoint)
    }
    this.tellOfNotification(checkpoint, 1)
    this.task.chain.notifyCheckpointAborted(checkpoint)
  }

  private forgetAborted(checkpoint: number): boolean {
    return this.aborted.delete(checkpoint) || checkpoint + MAX_ABORTED < this.greatestAborted
  }

  /** The task is over: what it was uploading is nobody's any more. */
  close(): void {
    for (const one of this.running.values()) this.giveUp(one)
  }

  // ---- the trace -------------------------------------------------------------------------------------------------------

  private tellOfNotification(checkpoint: number, what: 0 | 1): void {
    const { tracing, context } = this.task
    if (tracing) context.emit(TraceKind.CheckpointNotified, checkpoint, what, 0, 0, NaN)
  }

  private tellOfSync(one: Running, snapshots: readonly OperatorSnapshot[]): void {
    const out = new DataOutput(64)
    encodeValue(
      out,
      snapshots.map(({ node, result }) => [node, sizeToUpload(result), result.fullSize]),
    )
    this.task.context.emit(TraceKind.SnapshotSync, one.barrier.id, one.syncDuration, 0, 0, one.fullSize, out.toBytes())
  }
}

/** Bytes that a snapshot brings of its own. */
function sizeToUpload({ operator, keyed }: OperatorSnapshotResult): number {
  let size = 0
  for (const { stream } of operator) size += sizeOfStream(stream)
  for (const handle of keyed) {
    if (handle.type === 'key-groups') size += sizeOfStream(handle.stream)
    else {
      size += sizeOfStream(handle.meta)
      for (const { handle: stream, isNew } of handle.shared) if (isNew) size += sizeOfStream(stream)
    }
  }
  return size
}
