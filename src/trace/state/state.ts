import { checkpointsFold } from '../checkpoints/fold'
import type { CheckpointsState } from '../checkpoints/state'
import { EventList, IntColumn } from '../columns'
import { timeFold } from '../time/fold'
import type { TimeState } from '../time/state'
import type { TraceHeader } from '../types'

/**
 * What is known of state at a moment. As in `trace/time`, what there is lies in one index over the trace that only grows; a state of the fold is a moment,
 * and queries look at the index through it. Windows, timers and attempts are the index of time, snapshots and restores that of checkpoints.
 */
export interface StateState {
  readonly index: StateIndex
  readonly time: TimeState
  readonly checkpoints: CheckpointsState
  /** Index of the last event seen, −1: none. */
  event: number
}

export const initialState = (header: TraceHeader): StateState => ({
  index: new StateIndex(),
  time: timeFold.init(header),
  checkpoints: checkpointsFold.init(header),
  event: -1,
})

/** Size of a value that is no longer there. */
export const CLEARED = -1

/** A file of RocksDB, in the process that wrote it or found it in a checkpoint. */
export interface FileTrack {
  readonly number: number
  /** Name of its state; empty: not told. */
  readonly state: string
  readonly level: number
  readonly bytes: number
  readonly entries: number
  /** Smallest and greatest key as text. */
  readonly smallest: string
  readonly greatest: string
  /** Their key groups; −1: not told. */
  readonly groups: readonly [number, number]
  /** The event since which it is there. */
  readonly written: number
  /** It came with a checkpoint. */
  readonly adopted: boolean
  /** The event by which compaction replaced it; −1: it is there, as far as the index goes. */
  dropped: number
}

/** What is written to and dropped by a flush or a compaction. */
export interface FileMove {
  readonly event: number
  readonly what: 'flushed' | 'written' | 'dropped'
  /** −1 of a flush. */
  readonly number: number
  readonly level: number
}

/** When a snapshot was taken, and the checkpoint that it is of. */
export interface SnapshotMark {
  readonly checkpoint: number
  /** StateHeld, which tells what was in it. */
  readonly event: number
}

/**
 * State of one operator in one process. Each state of each key and window has a slot; updates stand in the order of the trace, each with the one before
 * it in its slot.
 */
export class NodeState {
  /** Bytes of `[name, value]` before the value, by name; the writer's trick, read backwards. */
  readonly prefixes: Uint8Array[] = []
  readonly names: string[] = []
  readonly slots: Map<number, number>[] = []
  count = 0
  // By slot
  readonly slotKey = new IntColumn()
  readonly slotWindow = new IntColumn()
  readonly slotName = new IntColumn()
  readonly slotSince = new IntColumn()
  /** The latest update, as a place plus 1. */
  readonly latest = new IntColumn()
  // By update
  updates = 0
  readonly event = new IntColumn()
  readonly slot = new IntColumn()
  /** The update before it in its slot, as a place plus 1. */
  readonly before = new IntColumn()
  /** Bytes of the value; CLEARED. */
  readonly size = new IntColumn()

  /** StateHeld and StateRestored. */
  readonly held = new EventList()
  readonly restored = new EventList()
  readonly snapshots: SnapshotMark[] = []
  readonly files: FileTrack[] = []
  readonly filesNow = new Map<number, FileTrack>()
  readonly moves: FileMove[] = []
  /** MemtableFlushed, by state. */
  readonly flushes = new Map<string, EventList>()
  /** SourceRecord and OffsetRestored, by partition. */
  readonly splits = new Map<number, EventList>()

  constructor(
    readonly process: number,
    readonly node: number,
  ) {}

  /** The slot's last update up to event `upTo`; −1: none. */
  lastUpdate(slot: number, upTo: number): number {
    let at = this.latest.get(slot)
    while (at > 0 && this.event.at(at - 1) > upTo) at = this.before.at(at - 1)
    return at - 1
  }

  /** How many updates there are up to event `upTo`. */
  updatesUntil(upTo: number): number {
    return this.event.countUpTo(upTo, this.updates)
  }

  /** How many slots there are at event `upTo`. */
  slotsUntil(upTo: number): number {
    return this.slotSince.countUpTo(upTo, this.count)
  }

  /** Entries that are there at event `upTo`, and the bytes of their values. */
  totals(upTo: number): { readonly entries: number; readonly bytes: number } {
    let entries = 0
    let bytes = 0
    for (let slot = this.slotsUntil(upTo) - 1; slot >= 0; slot--) {
      const size = this.size.at(this.lastUpdate(slot, upTo))
      if (size === CLEARED) continue
      entries++
      bytes += size
    }
    return { entries, bytes }
  }
}

export class StateIndex {
  /** Last event taken in. */
  event = -1
  /** By process and node, in the order in which they first told of state. */
  readonly nodes = new Map<number, Map<number, NodeState>>()
  /** By process: the checkpoint whose snapshot it is taking. */
  readonly taking = new Map<number, number>()

  node(process: number, node: number): NodeState {
    let ofProcess = this.nodes.get(process)
    if (ofProcess === undefined) this.nodes.set(process, (ofProcess = new Map()))
    let known = ofProcess.get(node)
    if (known === undefined) ofProcess.set(node, (known = new NodeState(process, node)))
    return known
  }
}
