import { IllegalArgumentException, JavaException, UnsupportedOperationException } from '../../core/exceptions'
import type { Committer, CommitRequest, SimpleVersionedSerializer } from '../../streaming/connectors/Sink'

/** What a writer tells its committer. Mirrors CommittableSummary and CommittableWithLineage. */
export type CommittableMessage =
  | {
      readonly is: 'summary'
      readonly checkpoint: number
      readonly subtask: number
      readonly subtasks: number
      readonly committables: number
    }
  | { readonly is: 'committable'; readonly checkpoint: number; readonly subtask: number; readonly committable: unknown }

/** How the program's own objects are written into values and read again; without a serializer of the program's they are values themselves. */
export function serializerOf(serializer: SimpleVersionedSerializer<unknown> | undefined): {
  write(value: unknown): unknown
  read(stored: unknown): unknown
} {
  if (serializer === undefined) return { write: (value) => value, read: (stored) => stored }
  const version = typeof serializer.getVersion === 'function' ? serializer.getVersion() : 1
  return {
    write: (value) => ({ version, bytes: serializer.serialize(value) }),
    read: (stored) => {
      const { version: written, bytes } = stored as { version: number; bytes: Uint8Array }
      return serializer.deserialize(written, bytes)
    },
  }
}

/** Mirrors CommitRequestImpl with CommitRequestState. */
class Request implements CommitRequest<unknown> {
  private state: 'received' | 'retry' | 'failed' | 'committed' = 'received'
  private retries = 0

  constructor(private committable: unknown) {}

  get finished(): boolean {
    return this.state === 'failed' || this.state === 'committed'
  }
  selected(): void {
    this.state = 'received'
  }
  committedIfNoError(): void {
    if (this.state === 'received') this.state = 'committed'
  }

  getCommittable(): unknown {
    return this.committable
  }
  getNumberOfRetries(): number {
    return this.retries
  }
  signalAlreadyCommitted(): void {
    this.state = 'committed'
  }
  signalFailedWithKnownReason(_error: unknown): void {
    this.state = 'failed'
  }
  signalFailedWithUnknownReason(error: unknown): void {
    this.state = 'failed'
    const failure = new IllegalStateExceptionOfCommit(`Failed to commit ${String(this.committable)}`)
    failure.cause = error
    throw failure
  }
  retryLater(): void {
    this.state = 'retry'
    this.retries++
  }
  updateAndRetryLater(committable: unknown): void {
    this.committable = committable
    this.retryLater()
  }
}

class IllegalStateExceptionOfCommit extends JavaException {
  constructor(message: string) {
    super('java.lang.IllegalStateException', message)
  }
}

/** Of one checkpoint, by writer's subtask. Mirrors SubtaskCommittableManager. */
interface OfSubtask {
  expected: number
  readonly requests: Request[]
}

/** What is kept of a collector, as a value. */
export interface StoredCommittables {
  readonly checkpoints: readonly { readonly checkpoint: number; readonly committables: readonly unknown[] }[]
}

/** Committables of checkpoints that are not complete yet. Mirrors CommittableCollector and CheckpointCommittableManagerImpl. */
export class CommittableCollector {
  private readonly checkpoints = new Map<number, Map<number, OfSubtask>>()

  add(message: CommittableMessage, read: (stored: unknown) => unknown): void {
    if (message.is === 'committable') {
      const of = this.checkpoints.get(message.checkpoint)?.get(message.subtask)
      if (of === undefined) throw new IllegalArgumentException(`Unknown subtask for ${message.subtask}`)
      of.requests.push(new Request(read(message.committable)))
      return
    }
    let subtasks = this.checkpoints.get(message.checkpoint)
    if (subtasks === undefined) this.checkpoints.set(message.checkpoint, (subtasks = new Map()))
    if (subtasks.has(message.subtask)) {
      throw new UnsupportedOperationException(
        `Received duplicate committable summary for checkpoint ${message.checkpoint} + subtask ${message.subtask}. Please check the status of FLINK-25920`,
      )
    }
    subtasks.set(message.subtask, { expected: message.committables, requests: [] })
  }

  /** What a restored collector held belongs from now on to the committer's own subtask. */
  restore({ checkpoints }: StoredCommittables, subtask: number, read: (stored: unknown) => unknown): void {
    for (const { checkpoint, committables } of checkpoints) {
      let subtasks = this.checkpoints.get(checkpoint)
      if (subtasks === undefined) this.checkpoints.set(checkpoint, (subtasks = new Map()))
      let own = subtasks.get(subtask)
      if (own === undefined) subtasks.set(subtask, (own = { expected: 0, requests: [] }))
      own.expected += committables.length
      own.requests.push(...committables.map((stored) => new Request(read(stored))))
    }
  }

  stored(write: (value: unknown) => unknown): StoredCommittables {
    return {
      checkpoints: [...this.checkpoints].map(([checkpoint, subtasks]) => ({
        checkpoint,
        committables: [...subtasks.values()].flatMap(({ requests }) =>
          requests.filter(({ finished }) => !finished).map((request) => write(request.getCommittable())),
        ),
      })),
    }
  }

  /** One checkpoint after the other, up to that one; each is over when all of it is committed. Throws what the job is to fail with. */
  commitUpTo(checkpoint: number, committer: Committer<unknown>, maxRetries: number): void {
    const due = [...this.checkpoints.keys()].filter((id) => id <= checkpoint).sort((a, b) => a - b)
    for (const id of due) {
      this.commit([...this.checkpoints.get(id)!.values()], committer, maxRetries)
      this.checkpoints.delete(id)
    }
  }

  private commit(subtasks: readonly OfSubtask[], committer: Committer<unknown>, maxRetries: number): void {
    for (const { expected, requests } of subtasks) {
      if (expected !== requests.length) throw new IllegalArgumentException('Trying to commit incomplete batch of committables')
    }
    let requests = subtasks.flatMap((of) => of.requests.filter(({ finished }) => !finished))
    for (let retry = 0; requests.length > 0 && retry <= maxRetries; retry++) {
      for (const request of requests) request.selected()
      committer.commit(requests)
      for (const request of requests) request.committedIfNoError()
      requests = requests.filter(({ finished }) => !finished)
    }
    if (requests.length > 0) {
      throw new JavaException('java.io.IOException', `Failed to commit ${requests.length} committables after ${maxRetries} retries`)
    }
  }
}
