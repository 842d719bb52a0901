import { assert } from '../../../base/assert'
import { isSavepoint } from '../../../core/checkpoints'
import { decodeValue, DataInput, DataOutput, encodeValue, javaToString } from '../../../core/values'
import type { JavaHashMap } from '../../../core/values'
import type { MapState } from '../../../streaming/state'
import type { KeyedStateHandle, SnapshotContext, StateInitializationContext } from '../../checkpoint/types'
import type { OperatorTrace, ShownRange } from '../../operators/types'
import type { HeapListState } from '../heapStates'
import { KeyedStateBackend } from '../KeyedStateBackend'
import type { BackendEnvironment, KeyedSnapshot } from '../KeyedStateBackend'
import { isTimers, readMetas, readStored, writeMetas, writeNamespace, writeStored } from '../keyedFormat'
import type { StateMeta } from '../keyedFormat'
import { GroupedEntries, readKeyGroups, writeKeyGroups } from '../keyGroupsStream'
import type { StateSection } from '../keyGroupsStream'
import type { Namespace } from '../Namespace'
import type { StateObserver, StateTable, TableKind } from '../StateTable'
import type { Ttl } from '../ttlStates'
import { ColumnFamily } from './ColumnFamily'
import { RocksDbListState, RocksDbMapState } from './rocksDbStates'
import { decodeRow, RocksDbTable, userKeyOf } from './RocksDbTable'
import type { RowSpace } from './RocksDbTable'
import type { RocksDbSettings } from './settings'
import { SstFile } from './SstFile'

const SYNC_COST = 30
/** Bytes of memtables that are written in a virtual µs: 100 MB a second. */
const FLUSHED_A_MICRO = 100

interface Family {
  readonly meta: StateMeta
  readonly rows: ColumnFamily
  /** Set when somebody has asked for the state. */
  ttl: Ttl | null
}

/** What the backend needs of the operator. */
export interface RocksDbOwner {
  readonly trace: OperatorTrace
  advance(micros: number): void
  /** Names a new database, different from all others. */
  newId(): string
}

/**
 * Keyed state as bytes in a log-structured merge tree, in the way of EmbeddedRocksDBStateBackend. One column family for each state. Timers are kept on the
 * heap (`timer-service.factory: HEAP`; their order is the same) and stored with the state. Sizes are a thousandth of RocksDB's, so that a
 * small program sees flushes and compactions; `state.backend.rocksdb.*` sets them.
 */
export class RocksDbKeyedStateBackend extends KeyedStateBackend {
  override readonly tellsFromTheStart = true
  private readonly families = new Map<string, Family>()
  private readonly space: RowSpace
  private files = 0
  private id: string | null = null
  /** By checkpoint: its files. */
  private readonly snapshots = new Map<number, ReadonlySet<number>>()
  private completed: ReadonlySet<number> = new Set()
  private readonly out = new DataOutput(1024)

  constructor(
    environment: BackendEnvironment,
    private readonly settings: RocksDbSettings,
    private readonly owner: RocksDbOwner,
  ) {
    super(environment)
    this.space = {
      context: environment.context,
      namespaces: environment.namespaces,
      prefixBytes: environment.maxParallelism > 128 ? 2 : 1,
      costs: settings.costs,
      groupOf: (key) => this.groupOf(key),
      advance: (micros) => {
        if (micros > 0) owner.advance(micros)
      },
    }
  }

  // ---- states ----------------------------------------------------------------------------------------------------------

  private family(meta: StateMeta): Family {
    const known = this.families.get(meta.name)
    if (known !== undefined) return known
    const { trace } = this.owner
    const family: Family = {
      meta,
      ttl: null,
      rows: new ColumnFamily(
        this.settings,
        {
          nextFile: () => ++this.files,
          flushed: (bytes, entries) => trace.memtableFlushed(bytes, entries, meta.name),
          written: (file, level) => {
            if (!trace.on) return
            trace.sstFileWritten(file.number, level, file.bytes.length, file.entries, this.rangeOf(file), meta.name)
          },
          dropped: (file) => trace.sstFileDropped(file.number),
        },
        meta.ttl ? (value) => this.compacted(family, value) : null,
      ),
    }
    this.families.set(meta.name, family)
    return family
  }

  /** From which key of which key group to which. */
  private rangeOf({ smallest, greatest }: SstFile): ShownRange {
    const [first, last] = [smallest, greatest].map((row) => decodeRow(row, this.space.prefixBytes, this.namespaces))
    return [javaToString(first!.key), javaToString(last!.key), first!.group, last!.group]
  }

  /** D-15: the compaction filter. Of a list what has expired at its beginning goes. */
  private compacted({ meta, ttl }: Family, value: Uint8Array): Uint8Array | null {
    if (ttl?.config.cleanupInBackground !== true) return value
    const { kind } = meta
    const stored = readStored(new DataInput(value), kind === 'map' ? 'value' : kind, true)
    if (kind !== 'list') return ttl.expired(stored as never) ? null : value
    const list = stored as readonly never[]
    const first = list.findIndex((item) => !ttl.expired(item))
    if (first === 0) return value
    if (first < 0) return null
    const out = new DataOutput(value.length)
    writeStored(out, 'list', true, list.slice(first), false)
    return out.toBytes()
  }

  protected override metaOf(name: string) {
    return this.families.get(name)?.meta ?? super.metaOf(name)
  }

  protected createTable<V>(name: string, kind: TableKind, observer: StateObserver | null, ttl: Ttl | null): StateTable<V> {
    const family = this.family({ name, kind, ttl: ttl !== null })
    family.ttl = ttl
    return new RocksDbTable<V>(name, kind, family.rows, this.space, observer, ttl)
  }

  protected listState(table: StateTable<unknown[]>): HeapListState<unknown> {
    return new RocksDbListState(table as RocksDbTable<unknown[]>)
  }

  protected mapState(table: StateTable<never>): MapState<unknown, unknown> & { namespace: Namespace } {
    return new RocksDbMapState(table as unknown as RocksDbTable<JavaHashMap<unknown, unknown>>)
  }

  /** Those of states too that nobody has asked for. */
  override get size(): number {
    let size = 0
    for (const { meta, rows } of this.families.values()) {
      size += new RocksDbTable(meta.name, meta.kind as TableKind, rows, this.space, null, null).count()
    }
    return size
  }

  // ---- restoring -------------------------------------------------------------------------------------------------------

  /** What comes in the canonical format goes into rows at once. */
  override restore(given: Pick<StateInitializationContext, 'keyed' | 'bytesOf'>): number {
    const read = super.restore(given)
    this.keepingKey(() => {
      for (const restored of [...this.restored.values()]) {
        const { meta } = restored
        if (isTimers(meta.kind)) continue
        this.restored.delete(meta.name)
        const space = { ...this.space, advance: () => undefined }
        const table = new RocksDbTable<unknown>(meta.name, meta.kind as TableKind, this.family(meta).rows, space, null, null, meta.ttl)
        restored.forEach(this.namespaces, (namespace, key, value) => {
          this.context.setCurrentKey(key)
          table.put(namespace, value)
        })
      }
    })
    return read
  }

  protected restoreFiles(
    handle: KeyedStateHandle & { readonly type: 'incremental' },
    alone: boolean,
    bytesOf: StateInitializationContext['bytesOf'],
  ): number {
    const input = new DataInput(bytesOf(handle.meta))
    let read = input.end
    const metas = readMetas(input)
    const { next, placed } = decodeValue(input) as { next: number; placed: [file: number, family: number, level: number][] }
    const offsets = decodeValue(input) as number[]
    const stream = input.readBytes(input.readVarint())
    const timers = { type: 'key-groups', keyGroups: handle.keyGroups, offsets, stream: { kind: 'bytes', bytes: stream } } as const
    readKeyGroups(timers, stream, this.environment.range, this.restored)
    const files = new Map(handle.shared.map((shared) => [shared.name, shared.handle]))
    const { start, end } = this.environment.range
    const adopting = alone && handle.keyGroups[0] === start && handle.keyGroups[1] === end
    const families = metas.map((meta) => this.family(meta))
    const others = metas.map(() => new ColumnFamily(this.settings, SILENT, null))
    for (const [number, family, level] of placed) {
      const name = nameOf(number)
      const from = files.get(name)
      assert(from !== undefined, `no file ${name} in the checkpoint`)
      const bytes = bytesOf(from)
      read += bytes.length
      const file = SstFile.read(number, bytes)
      file.handle = from.kind === 'file' ? from : null
      ;(adopting ? families : others.map((rows) => ({ rows })))[family]!.rows.adopt(file, level)
    }
    if (adopting) {
      this.files = Math.max(this.files, next)
      this.id = handle.backend
      this.completed = new Set(placed.map(([number]) => number))
      return read
    }
    for (const [i, rows] of others.entries()) {
      for (const [row, value] of rows.scan('')) {
        const group = decodeRow(row, this.space.prefixBytes, this.namespaces).group
        if (group >= start && group <= end) families[i]!.rows.put(row, value)
      }
    }
    return read
  }

  // ---- snapshots -------------------------------------------------------------------------------------------------------

  snapshot(context: SnapshotContext, timers: readonly StateSection[]): KeyedSnapshot {
    let flushed = 0
    for (const { rows } of this.families.values()) flushed += rows.flush()
    const syncCost = SYNC_COST + Math.ceil(flushed / FLUSHED_A_MICRO)
    const { type } = context.options
    if (this.settings.incremental && !isSavepoint(type)) return this.incremental(context, timers, syncCost)
    const sections = [...this.families.values()].map((family) => this.section(family))
    const handle = this.fullSnapshot([...sections, ...timers])
    const fullSize = handle?.type === 'key-groups' && handle.stream.kind === 'bytes' ? handle.stream.bytes.length : 0
    return { handle, syncCost, fullSize }
  }

  private incremental({ checkpoint, options }: SnapshotContext, timers: readonly StateSection[], syncCost: number): KeyedSnapshot {
    const { out, environment } = this
    this.id ??= this.owner.newId()
    const full = options.type === 'full-checkpoint'
    const families = [...this.families.values()]
    const placed = families.flatMap(({ rows }, family) =>
      rows.levels.flatMap((files, level) => files.map((file) => ({ file, family, level }))),
    )
    const pending = writeKeyGroups(out, environment.range, [...timers, ...this.restored.values()])
    assert(pending.stream.kind === 'bytes', 'just written')
    out.reset()
    writeMetas(
      out,
      families.map(({ meta }) => meta),
    )
    encodeValue(out, { next: this.files, placed: placed.map(({ file, family, level }) => [file.number, family, level]) })
    encodeValue(out, [...pending.offsets])
    out.writeVarint(pending.stream.bytes.length)
    out.writeBytes(pending.stream.bytes)
    const meta = out.toBytes()
    this.snapshots.set(checkpoint, new Set(placed.map(({ file }) => file.number)))
    const shared = placed.map(({ file }) => {
      const isNew = full || !this.completed.has(file.number)
      return {
        name: file.name,
        handle: !isNew && file.handle !== null ? file.handle : ({ kind: 'bytes', bytes: file.bytes } as const),
        isNew,
      }
    })
    const { start, end } = environment.range
    return {
      handle: { type: 'incremental', keyGroups: [start, end], backend: this.id, checkpoint, shared, meta: { kind: 'bytes', bytes: meta } },
      syncCost,
      fullSize: meta.length + placed.reduce((sum, { file }) => sum + file.bytes.length, 0),
    }
  }

  override notifyCheckpointComplete(checkpoint: number): void {
    const files = this.snapshots.get(checkpoint)
    if (files === undefined) return
    this.completed = files
    for (const id of [...this.snapshots.keys()]) if (id <= checkpoint) this.snapshots.delete(id)
  }

  override notifyCheckpointAborted(checkpoint: number): void {
    this.snapshots.delete(checkpoint)
  }

  /** Rows as the canonical format has them: of a map all rows are one entry. */
  private section({ meta, rows, ttl }: Family): StateSection {
    const { kind } = meta
    const { prefixBytes } = this.space
    const all = rows.scan('')
    interface Entry {
      readonly group: number
      readonly namespace: Namespace
      readonly key: unknown
      readonly from: number
      readonly to: number
      readonly length: number
    }
    const entries: Entry[] = []
    for (let from = 0; from < all.length;) {
      const { group, namespace, key, length } = decodeRow(all[from]![0], prefixBytes, this.namespaces)
      let to = from + 1
      if (kind === 'map') {
        const prefix = all[from]![0].slice(0, length)
        while (to < all.length && all[to]![0].startsWith(prefix)) to++
      }
      entries.push({ group, namespace, key, from, to, length })
      from = to
    }
    const write = (out: DataOutput, { namespace, key, from, to, length }: Entry): void => {
      writeNamespace(out, namespace)
      encodeValue(out, key)
      if (kind !== 'map') {
        out.writeBytes(all[from]![1])
        if (kind === 'list') out.writeByte(0)
        return
      }
      encodeValue(out, null)
      for (const [row, value] of all.slice(from, to)) {
        out.writeByte(1)
        encodeValue(out, userKeyOf(row, length))
        out.writeBytes(value)
      }
      out.writeByte(0)
    }
    if (ttl?.config.cleanupInFullSnapshot !== true) {
      const grouped = new GroupedEntries(this.environment.range, entries, ({ group }) => group)
      return { meta, count: (group) => grouped.count(group), write: (out, group) => grouped.forEach(group, (entry) => write(out, entry)) }
    }
    const scratch = new DataOutput(256)
    const table = new RocksDbTable<unknown>(meta.name, kind as TableKind, rows, this.space, null, ttl)
    const kept = entries.flatMap((entry) => {
      const stored =
        kind === 'map'
          ? table.mapOf(all.slice(entry.from, entry.to), entry.length)
          : readStored(new DataInput(all[entry.from]![1]), kind, true)
      const value = ttl.cleaned(kind, stored)
      return value === null ? [] : [{ ...entry, value }]
    })
    const grouped = new GroupedEntries(this.environment.range, kept, ({ group }) => group)
    return {
      meta,
      count: (group) => grouped.count(group),
      write: (out, group) =>
        grouped.forEach(group, ({ namespace, key, value }) => {
          scratch.reset()
          writeNamespace(scratch, namespace)
          encodeValue(scratch, key)
          writeStored(scratch, kind, true, value)
          out.writeBytes(scratch.view8())
        }),
    }
  }

  internals() {
    const families = [...this.families.values()]
    const value = {
      backend: 'rocksdb',
      states: families.map(({ meta, rows }) => ({
        name: meta.name,
        kind: meta.kind,
        memtable: { entries: rows.memtableEntries, bytes: rows.memtableBytes },
        levels: rows.levels.map((files) =>
          files.map((file) => ({ number: file.number, bytes: file.bytes.length, entries: file.entries, range: [...this.rangeOf(file)] })),
        ),
      })),
      incremental: this.settings.incremental,
      limits: {
        writeBuffer: this.settings.writeBufferSize,
        levelBase: this.settings.levelBase,
        targetFile: this.settings.targetFileSize,
      },
    }
    return {
      entries: this.size,
      memory: families.reduce((sum, { rows }) => sum + rows.memtableEntries, 0),
      bytes: families.reduce((sum, { rows }) => sum + rows.memtableBytes + rows.files.reduce((all, { bytes }) => all + bytes.length, 0), 0),
      value,
    }
  }
}

const nameOf = (number: number): string => `${String(number).padStart(6, '0')}.sst`

const SILENT = { nextFile: () => 0, flushed: () => undefined, written: () => undefined, dropped: () => undefined }
