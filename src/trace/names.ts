import { EventList, IntColumn } from './columns'
import { JOB_STATUSES, TraceKind } from './kinds'

const RESTARTING = JOB_STATUSES.indexOf('RESTARTING')

/** 1 for kinds that `Names.learn` wants to hear of. */
export const NAMING = new Uint8Array(256)
for (const kind of [
  'JobStatus',
  'ExecutionState',
  'ExecutionGraphCreated',
  'KeySeen',
  'WindowOpened',
  'WindowMerged',
  'WatermarkAdvanced',
  'SourceRecord',
  'RecordMade',
  'CheckpointTriggered',
  'ExternalNamed',
] as const)
  NAMING[TraceKind[kind]] = 1

/** What one process announced, by the numbers it counts with: the index of the announcing event plus 1, 0 for none. */
class Announced {
  vertex = -1
  readonly keys = new IntColumn()
  readonly windows = new IntColumn()
  /** By window: the events that gave it other bounds. Most windows keep those that they opened with. */
  readonly growths = new Map<number, EventList>()
  readonly records = new IntColumn()
  /** Its WatermarkAdvanced events. */
  readonly watermarks = new EventList()
}

/**
 * Which numbers in the trace stand for what: processes are told by ExecutionState, keys by KeySeen, windows by WindowOpened and WindowMerged,
 * records by SourceRecord and RecordMade. All answers are indices of the events that said so, −1 for numbers nobody announced.
 */
export class Names {
  /** The ExecutionGraphCreated events: jobs scheduled with another parallelism. */
  readonly graphEvents = new EventList()
  private readonly processes = new Map<number, Announced>()
  /** By execution vertex: its processes in order, and the events that told of them. */
  private readonly attempts: { readonly process: number; readonly since: number }[][] = []
  /** By job: its changes to RESTARTING. */
  private readonly restarts: EventList[] = []
  /** By job and checkpoint: the events that triggered it; one that is counted from 1 once more is another. */
  private readonly checkpoints: EventList[][] = []
  private readonly systems: number[] = []
  private latest = -1
  private latestAnnounced: Announced | null = null

  /** `b` counts announcements, so it cannot be far beyond the number of events: what is comes from a damaged file. */
  learn(index: number, process: number, kind: number, a: number, b: number, d: number): void {
    if (kind === TraceKind.ExecutionGraphCreated) return this.graphEvents.add(index)
    if (b < 0 || b > 2 * index + 1024) return
    switch (kind) {
      case TraceKind.JobStatus:
        if (a === RESTARTING) (this.restarts[b] ??= new EventList()).add(index)
        break
      case TraceKind.ExecutionState:
        if (d !== 0 && this.of(d).vertex !== a) {
          this.of(d).vertex = a
          ;(this.attempts[a] ??= []).push({ process: d, since: index })
        }
        break
      case TraceKind.KeySeen:
        this.of(process).keys.put(b, index + 1)
        break
      case TraceKind.WindowOpened:
        this.of(process).windows.put(b, index + 1)
        break
      case TraceKind.WindowMerged: {
        const { growths } = this.of(process)
        const known = growths.get(b)
        if (known !== undefined) known.add(index)
        else {
          const list = new EventList()
          list.add(index)
          growths.set(b, list)
        }
        break
      }
      case TraceKind.WatermarkAdvanced:
        this.of(process).watermarks.add(index)
        break
      case TraceKind.SourceRecord:
      case TraceKind.RecordMade:
        this.of(process).records.put(b, index + 1)
        break
      case TraceKind.CheckpointTriggered:
        ;((this.checkpoints[a] ??= [])[b] ??= new EventList()).add(index)
        break
      case TraceKind.ExternalNamed:
        this.systems[a] = index
        break
    }
  }

  /** Index of the execution vertex that the process runs; −1 for the JobManager, a TaskManager, an external system. */
  vertexOf(process: number): number {
    return this.known(process)?.vertex ?? -1
  }

  /** The process that ran execution vertex `vertex` at event `upTo`, or was the last to run it; −1 before there was one. */
  processAt(vertex: number, upTo: number): number {
    const attempts = this.attempts[vertex] ?? []
    for (let attempt = attempts.length - 1; attempt >= 0; attempt--) if (attempts[attempt]!.since <= upTo) return attempts[attempt]!.process
    return -1
  }

  /** How often a job has been RESTARTING up to event `upTo`. */
  restartsAt(job: number, upTo: number): number {
    return this.restarts[job]?.count(upTo) ?? 0
  }

  /** The CheckpointTriggered of a job's checkpoint, the last one at or before event `upTo`. */
  checkpointAt(job: number, checkpoint: number, upTo: number): number {
    return this.checkpoints[job]?.[checkpoint]?.last(upTo) ?? -1
  }

  /** The ExternalNamed of an outside system. */
  systemAt(system: number): number {
    return this.systems[system] ?? -1
  }

  keyAt(process: number, key: number): number {
    return key < 0 ? -1 : (this.known(process)?.keys.get(key) ?? 0) - 1
  }

  windowAt(process: number, window: number): number {
    return window < 0 ? -1 : (this.known(process)?.windows.get(window) ?? 0) - 1
  }

  /** The event that told the bounds which a window has at event `upTo`: its WindowOpened, or the last WindowMerged that it lived on in. Both have the start in x, the end as value. */
  windowBoundsAt(process: number, window: number, upTo: number): number {
    const grown = this.known(process)?.growths.get(window)?.last(upTo) ?? -1
    return grown < 0 ? this.windowAt(process, window) : grown
  }

  recordAt(origin: number, number: number): number {
    return number < 0 ? -1 : (this.known(origin)?.records.get(number) ?? 0) - 1
  }

  /** The last WatermarkAdvanced of a process at or before event `upTo`. */
  watermarkAt(process: number, upTo: number): number {
    return this.known(process)?.watermarks.last(upTo) ?? -1
  }

  get bytes(): number {
    let sum = 0
    for (const { keys, windows, growths, records, watermarks } of this.processes.values()) {
      sum += keys.bytes + windows.bytes + records.bytes + watermarks.bytes
      for (const list of growths.values()) sum += list.bytes
    }
    return sum
  }

  private of(process: number): Announced {
    const known = this.known(process)
    if (known !== null) return known
    const announced = new Announced()
    this.processes.set(process, announced)
    this.latest = process
    this.latestAnnounced = announced
    return announced
  }

  private known(process: number): Announced | null {
    if (process === this.latest) return this.latestAnnounced
    const known = this.processes.get(process)
    if (known === undefined) return null
    this.latest = process
    this.latestAnnounced = known
    return known
  }
}
