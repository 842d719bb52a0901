import { javaToString } from '../../core/values'
import type { TraceLog } from '../log'
import { keyText } from '../search'
import { pairOf } from './payloads'
import { seen } from './queries'
import type { CheckpointsState, CheckpointTrack, OffsetMark, PersistedMark } from './state'

export interface StateEntry {
  readonly node: number
  /** Of the subtask that held it. */
  readonly vertex: number
  readonly state: string
  /** As Java prints it. */
  readonly key: string
  /** null: no window's. */
  readonly window: { readonly start: number; readonly end: number } | null
  readonly value: string
  /** The StateUpdated that wrote it last. */
  readonly event: number
}

export interface HeldTransaction {
  readonly node: number
  readonly transaction: number
  readonly event: number
}

/** What a checkpoint holds, as far as the trace says. */
export interface Content {
  readonly offsets: readonly (OffsetMark & { readonly vertex: number })[]
  readonly state: readonly StateEntry[]
  /** There is more of it than was asked for. */
  readonly more: boolean
  readonly inFlight: readonly (PersistedMark & { readonly vertex: number })[]
  readonly transactions: readonly HeldTransaction[]
  /** Bytes by operator: uploaded, and in full. */
  readonly operators: readonly { readonly node: number; readonly bytes: number; readonly full: number }[]
}

/** Updates that are looked at at most, from the snapshot back. */
const LOOK_BACK = 200_000

/** `limit`: so many entries of state at most. */
export function contentOf(state: CheckpointsState, log: TraceLog, track: CheckpointTrack, limit = 200): Content {
  const offsets: Content['offsets'][number][] = []
  const inFlight: Content['inFlight'][number][] = []
  const operators = new Map<number, { node: number; bytes: number; full: number }>()
  for (const share of track.shares.values()) {
    if (seen(state, share.begun) !== null) for (const mark of share.offsets) offsets.push({ ...mark, vertex: share.vertex })
    for (const mark of share.persisted) if (mark.event <= state.event) inFlight.push({ ...mark, vertex: share.vertex })
    for (const { node, bytes, full } of seen(state, share.sync)?.operators ?? []) {
      const sum = operators.get(node) ?? { node, bytes: 0, full: 0 }
      operators.set(node, { node, bytes: sum.bytes + bytes, full: sum.full + full })
    }
  }
  offsets.sort((one, other) => one.node - other.node || one.partition - other.partition)
  const entries = new Entries(state, log, limit)
  entries.of(track, new Set())
  const transactions: HeldTransaction[] = []
  for (const event of track.transactions.list(state.event)) {
    const moved = log.at(event)
    if (moved.c === PRE_COMMITTED) transactions.push({ node: moved.a, transaction: moved.b, event })
  }
  return { offsets, state: entries.found, more: entries.more, inFlight, transactions, operators: [...operators.values()] }
}

const PRE_COMMITTED = 1
const CLEARED = 1

/** What updates say of state, the last word first: of an attempt up to its snapshot, then of the checkpoint that it began with. */
class Entries {
  readonly found: StateEntry[] = []
  more = false
  private readonly met = new Set<string>()
  private left = LOOK_BACK

  constructor(
    private readonly state: CheckpointsState,
    private readonly log: TraceLog,
    private readonly limit: number,
  ) {}

  of(track: CheckpointTrack, before: Set<CheckpointTrack>): void {
    before.add(track)
    const reader = this.log.reader()
    const restored = new Set<number>()
    for (const share of track.shares.values()) {
      const begun = seen(this.state, share.begun)
      const process = this.state.index.processes.get(share.process)
      if (begun === null || process === undefined) continue
      if (process.restored > 0) restored.add(process.restored)
      for (let at = process.updates.count(begun.event) - 1; at >= 0; at--) {
        if (this.found.length >= this.limit || this.left-- <= 0) {
          this.more = true
          return
        }
        reader.to(process.updates.at(at))
        const [name, value] = pairOf(reader)
        const key = keyText(this.log, reader.process, reader.b) ?? ''
        const window = this.windowOf(reader.process, reader.c, reader.index)
        const what = `${reader.a} ${String(name)} ${key} ${window === null ? '' : `${window.start} ${window.end}`}`
        if (this.met.has(what)) continue
        this.met.add(what)
        if (reader.d === CLEARED) continue
        this.found.push({
          node: reader.a,
          vertex: share.vertex,
          state: String(name),
          key,
          window,
          value: javaToString(value),
          event: reader.index,
        })
      }
    }
    for (const id of restored) {
      const earlier = this.state.index.jobs[track.job]?.checkpoints.findLast((one) => one.id === id && one.triggered < track.triggered)
      if (earlier !== undefined && !before.has(earlier)) this.of(earlier, before)
    }
  }

  private windowOf(process: number, window: number, upTo: number): StateEntry['window'] {
    const bounds = this.log.names.windowBoundsAt(process, window, upTo)
    if (window < 0 || bounds < 0) return null
    const told = this.log.at(bounds)
    return { start: told.x, end: Number(told.value()) }
  }
}
