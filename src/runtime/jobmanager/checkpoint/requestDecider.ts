import { failureOf } from './failure'
import type { CheckpointFailure } from './failure'
import { isSavepointOf } from './properties'
import type { CheckpointProperties } from './properties'
import type { CompletedCheckpoint } from './completedCheckpoint'

/** How a request ended: with its checkpoint, or with the reason why there is none. */
export type RequestOutcome = CompletedCheckpoint | CheckpointFailure
export const isFailure = (outcome: RequestOutcome): outcome is CheckpointFailure => 'reason' in outcome

export interface CheckpointTriggerRequest {
  readonly properties: CheckpointProperties
  /** Of a savepoint: the directory that somebody asked for. */
  readonly target: string | null
  readonly periodic: boolean
  /** ms */
  readonly timestamp: number
  done(outcome: RequestOutcome): void
}

export const MAX_QUEUED_REQUESTS = 1000

/** Negative: `a` comes first (C-3). */
function compare(a: CheckpointTriggerRequest, b: CheckpointTriggerRequest): number {
  const first = (isFirst: (request: CheckpointTriggerRequest) => boolean): number => Number(isFirst(b)) - Number(isFirst(a))
  return (
    first(({ properties }) => isSavepointOf(properties)) ||
    first(({ properties }) => properties.force) ||
    first(({ periodic }) => !periodic) ||
    a.timestamp - b.timestamp
  )
}

export interface DeciderContext {
  /** ms */
  now(): number
  pending(): number
  isTriggering(): boolean
  /** ms; when the last checkpoint or savepoint completed. */
  lastCompletion(): number
  /** The periodic timer is to fire that many ms from now. */
  rescheduleTrigger(delay: number): void
}

/** Requests that wait, and which of them is taken next (C-3). Equal ones in the order in which they came. Mirrors CheckpointRequestDecider. */
export class CheckpointRequestDecider {
  private queue: CheckpointTriggerRequest[] = []

  constructor(
    private readonly maxConcurrent: number,
    private readonly minPause: number,
    private readonly context: DeciderContext,
  ) {}

  get queued(): number {
    return this.queue.length
  }

  /** The request is in the queue, or refused; gives what is to be triggered now. */
  submit(request: CheckpointTriggerRequest): CheckpointTriggerRequest | null {
    if (this.queue.length >= MAX_QUEUED_REQUESTS && !this.queue.at(-1)!.periodic) {
      request.done(failureOf('TOO_MANY_CHECKPOINT_REQUESTS'))
      return null
    }
    const at = this.queue.findIndex((other) => compare(request, other) < 0)
    this.queue.splice(at < 0 ? this.queue.length : at, 0, request)
    if (this.queue.length > MAX_QUEUED_REQUESTS) this.queue.pop()!.done(failureOf('TOO_MANY_CHECKPOINT_REQUESTS'))
    return this.next()
  }

  /** A look at the queue; a periodic request within the minimum pause is dropped. */
  next(): CheckpointTriggerRequest | null {
    const { context } = this
    const [first] = this.queue
    if (context.isTriggering() || first === undefined) return null
    const { force } = first.properties
    if (context.pending() >= this.maxConcurrent) return force ? this.queue.shift()! : null
    if (!force && first.periodic) {
      // Whole µs: what fractions of ms leave over when they are added is no time, and waiting for it would never end.
      const delay = Math.round((context.lastCompletion() + this.minPause - context.now()) * 1000) / 1000
      if (delay > 0) {
        this.queue.shift()!.done(failureOf('MINIMUM_TIME_BETWEEN_CHECKPOINTS'))
        context.rescheduleTrigger(delay)
        return null
      }
    }
    return this.queue.shift()!
  }

  abortAll(failure: CheckpointFailure): void {
    const { queue } = this
    this.queue = []
    for (const request of queue) request.done(failure)
  }
}
