import { isKept, seen } from '../checkpoints/queries'
import type { CheckpointTrack } from '../checkpoints/state'
import type { TraceLog } from '../log'
import { heldAt } from './places'
import { restoredFrom } from './origin'
import type { Held } from './payloads'
import type { Place } from './places'
import { CLEARED } from './state'
import type { FileMove, FileTrack, NodeState, StateState } from './state'

export interface FileNow {
  readonly file: FileTrack
  /** Checkpoints that hold it, completed and not given up: the oldest first. */
  readonly checkpoints: readonly number[]
  /** It was replaced: only checkpoints keep it. */
  readonly dropped: boolean
}

/** What RocksDB has of one state in one subtask at the moment. */
export interface Tree {
  readonly state: string
  /** About: what was written since the last flush. `since`: that flush, −1 none. */
  readonly memtable: { readonly entries: number; readonly bytes: number; readonly since: number }
  /** By level: the newest first in level 0, by key in others. */
  readonly levels: readonly (readonly FileNow[])[]
  readonly dropped: readonly FileNow[]
}

const isThere = (file: FileTrack, upTo: number): boolean => file.written <= upTo && (file.dropped < 0 || file.dropped > upTo)

/** A kept checkpoint's number, with the numbers of the files that are in its snapshot of this subtask. */
interface SnapshotFiles {
  readonly id: number
  readonly numbers: ReadonlySet<number>
}

/** The attempts whose files are this one's: itself, and those whose files it found in its checkpoint and goes on with. */
function lineOf(state: StateState, log: TraceLog, node: NodeState): NodeState[] {
  const line = [node]
  for (let at = node; line.length < 200;) {
    if (!at.files.some(({ adopted }) => adopted)) break
    const restore = restoredFrom(state, log, at)
    if (restore === null || restore.track === null) break
    const vertex = state.checkpoints.index.processes.get(at.process)?.vertex ?? -1
    const earlier = state.index.nodes.get(restore.track.shares.get(vertex)?.process ?? -1)?.get(node.node)
    if (earlier === undefined || line.includes(earlier)) break
    line.push(earlier)
    at = earlier
  }
  return line
}

function snapshotsOf(state: StateState, line: readonly NodeState[]): SnapshotFiles[] {
  const { index } = state.checkpoints
  const found: SnapshotFiles[] = []
  for (const node of line) {
    const process = index.processes.get(node.process)
    if (process === undefined) continue
    const tracks = index.jobOf(process).checkpoints
    for (const { checkpoint, event } of node.snapshots) {
      if (event > state.event) break
      const track = tracks.findLast(({ id, triggered }) => id === checkpoint && triggered < event)
      if (track === undefined || !isKept(state.checkpoints, track) || !sharesFiles(track)) continue
      found.push({ id: checkpoint, numbers: new Set(node.files.filter((file) => isThere(file, event)).map(({ number }) => number)) })
    }
  }
  return found.sort((one, other) => one.id - other.id)
}
/** A savepoint is written in the canonical format: it has no files of RocksDB in it. */
const sharesFiles = ({ type }: CheckpointTrack): boolean => type === 'checkpoint' || type === 'full-checkpoint'

/** By state, in the order of their names as they came; empty where nothing is known of files. */
export function treesOf(state: StateState, log: TraceLog, place: Place): Tree[] {
  const { state: node, lost } = place
  const known = heldAt(log, node, state.event)
  if (node === null || lost || known === null || known.held.backend !== 'rocksdb') return []
  const snapshots = known.held.incremental ? snapshotsOf(state, lineOf(state, log, node)) : []
  const now = (file: FileTrack): FileNow => ({
    file,
    checkpoints: snapshots.filter(({ numbers }) => numbers.has(file.number)).map(({ id }) => id),
    dropped: file.dropped >= 0 && file.dropped <= state.event,
  })
  const names = new Set(known.held.tables.map(({ name }) => name))
  for (let name = 0; name < node.names.length; name++) if (node.slots[name]!.size > 0) names.add(node.names[name]!)
  for (const { state: name, written } of node.files) if (written <= state.event) names.add(name)
  return [...names].map((name) => {
    const files = node.files.filter((file) => file.state === name && file.written <= state.event)
    const levels: FileNow[][] = []
    const dropped: FileNow[] = []
    for (const file of files) {
      const shown = now(file)
      if (!shown.dropped) (levels[file.level] ??= []).push(shown)
      else if (shown.checkpoints.length > 0) dropped.push(shown)
    }
    for (let level = 0; level < levels.length; level++) levels[level] ??= []
    levels[0]?.sort((one, other) => other.file.number - one.file.number)
    for (const level of levels.slice(1))
      level.sort((one, other) => one.file.groups[0] - other.file.groups[0] || one.file.number - other.file.number)
    return { state: name, memtable: memtableOf(state, log, node, name, known), levels, dropped }
  })
}

/** What a row takes beside its value, about: key group, key, namespace and what the memtable needs for it. */
const ROW_BYTES = 24

/** What the last StateHeld said, or nothing since the last flush, and what was written after that. What came back with files is not in it. */
function memtableOf(
  state: StateState,
  log: TraceLog,
  node: NodeState,
  name: string,
  told: { event: number; held: Held },
): Tree['memtable'] {
  const since = Math.max(node.flushes.get(name)?.last(state.event) ?? -1, node.flushes.get('')?.last(state.event) ?? -1)
  const base = told.event > since ? told.held.tables.find((table) => table.name === name)?.memtable : null
  const from = Math.max(since, told.event)
  const number = node.names.indexOf(name)
  const slots = new Set<number>()
  let bytes = base?.bytes ?? 0
  for (let at = node.updatesUntil(state.event) - 1; at >= 0 && node.event.at(at) > from; at--) {
    const slot = node.slot.at(at)
    if (node.slotName.at(slot) !== number || log.at(node.event.at(at)).d === RESTORED) continue
    slots.add(slot)
    const size = node.size.at(at)
    bytes += ROW_BYTES + (size === CLEARED ? 0 : size)
  }
  return { entries: (base?.entries ?? 0) + slots.size, bytes, since }
}
const RESTORED = 2

/** What flushes and compactions did last, each as what it wrote and what that replaced: the newest first. */
export interface Rewrite {
  /** The first of its events. */
  readonly event: number
  readonly how: 'flush' | 'compaction'
  readonly level: number
  readonly written: readonly number[]
  readonly dropped: readonly number[]
}

export function rewritesOf(state: StateState, place: Place, limit: number): Rewrite[] {
  const { state: node, lost } = place
  if (node === null || lost) return []
  const found: { event: number; how: Rewrite['how']; level: number; written: number[]; dropped: number[] }[] = []
  let before: FileMove | null = null
  for (const move of node.moves) {
    if (move.event > state.event) break
    const last = found.at(-1)
    if (move.what === 'written') {
      const how = move.level === 0 ? 'flush' : 'compaction'
      const goesOn = last?.how === how && last.level === move.level && before?.what === 'written' && how === 'compaction'
      if (goesOn) last.written.push(move.number)
      else found.push({ event: move.event, how, level: move.level, written: [move.number], dropped: [] })
    } else if (move.what === 'dropped') last?.dropped.push(move.number)
    before = move
  }
  return found.slice(-limit).reverse()
}

/** Of a checkpoint that is kept and shares files: whether this subtask has acknowledged it is said elsewhere. */
export const keptCheckpoints = (state: StateState, job: number): readonly CheckpointTrack[] =>
  (state.checkpoints.index.jobs[job]?.checkpoints ?? []).filter(
    (track) => isKept(state.checkpoints, track) && [...track.shares.values()].some(({ begun }) => seen(state.checkpoints, begun) !== null),
  )
