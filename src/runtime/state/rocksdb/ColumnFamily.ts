import { DELETED, joined, RowType, SstFile, upon } from './SstFile'
import type { Row } from './SstFile'

/** Bytes of a row in the memtable beside key and value. */
const ROW_OVERHEAD = 24

export interface LsmSettings {
  /** Bytes of a memtable; a full one is flushed. */
  readonly writeBufferSize: number
  /** Bytes after which a compaction begins another file. */
  readonly targetFileSize: number
  /** Bytes of level 1; each further level has ten times as many. */
  readonly levelBase: number
}
/** Files of level 0 that begin a compaction; as RocksDB's level0_file_num_compaction_trigger. */
const LEVEL_0_TRIGGER = 4
const MULTIPLIER = 10

/** Told of what happens to files. */
export interface LsmListener {
  nextFile(): number
  flushed(bytes: number, entries: number): void
  written(file: SstFile, level: number): void
  dropped(file: SstFile): void
}

/** What a compaction leaves out (D-15): null for the whole row. */
export type CompactionFilter = (value: Uint8Array) => Uint8Array | null

/**
 * The rows of one state: a memtable, files of level 0 that overlap, and levels of files that do not. Mirrors a column family of RocksDB with leveled
 * compaction, which here is done at once when a flush makes it due (in RocksDB other threads do it). Left out: write-ahead log (Flink turns it off),
 * Bloom filters, block cache, compression, stalls.
 */
export class ColumnFamily {
  private memtable = new Map<string, { type: Row['type']; parts: Uint8Array[] }>()
  memtableBytes = 0
  /** Level 0 newest first; others by key. */
  readonly levels: SstFile[][] = [[]]
  /** How many files the last read looked in. */
  lookedIn = 0

  constructor(
    private readonly settings: LsmSettings,
    private readonly listener: LsmListener,
    private readonly filter: CompactionFilter | null,
  ) {}

  get memtableEntries(): number {
    return this.memtable.size
  }

  get(row: string): Uint8Array | null {
    this.lookedIn = 0
    const inMemory = this.memtable.get(row)
    let found: Row | undefined = inMemory
    if (found === undefined || found.type === RowType.Merge) {
      for (const file of this.filesFor(row)) {
        this.lookedIn++
        const older = file.get(row)
        if (older === undefined) continue
        found = found === undefined ? older : upon(found, older)
        if (found.type !== RowType.Merge) break
      }
    }
    if (found === undefined || found.type === RowType.Delete) return null
    // A list that was just read is read again soon.
    if (found === inMemory && inMemory!.parts.length > 1) inMemory!.parts = [joined(inMemory!.parts)]
    return joined(found.parts)
  }

  private *filesFor(row: string): IterableIterator<SstFile> {
    for (const files of this.levels) for (const file of files) if (row >= file.smallest && row <= file.greatest) yield file
  }

  put(row: string, value: Uint8Array): void {
    this.write(row, RowType.Put, [value])
  }

  delete(row: string): void {
    this.write(row, RowType.Delete, [])
  }

  /** Behind what is there. Mirrors a merge with StringAppendOperator. */
  append(row: string, value: Uint8Array): void {
    const known = this.memtable.get(row)
    if (known === undefined) return this.write(row, RowType.Merge, [value])
    known.parts.push(value)
    if (known.type === RowType.Delete) known.type = RowType.Put
    this.grown(value.length)
  }

  private write(row: string, type: Row['type'], parts: Uint8Array[]): void {
    const known = this.memtable.get(row)
    const size = parts.length === 0 ? 0 : parts[0]!.length
    if (known === undefined) {
      this.memtable.set(row, { type, parts })
      this.grown(size + row.length + ROW_OVERHEAD)
    } else {
      known.type = type
      known.parts = parts
      // An older version of the row stays in a memtable until it is flushed.
      this.grown(size + ROW_OVERHEAD)
    }
  }

  private grown(bytes: number): void {
    this.memtableBytes += bytes
    if (this.memtableBytes >= this.settings.writeBufferSize) this.flush()
  }

  /** All rows that begin with `prefix`, in order. */
  scan(prefix: string): (readonly [row: string, value: Uint8Array])[] {
    const found = new Map<string, Row>()
    const take = (row: string, newer: Row): void => void found.set(row, upon(newer, found.get(row)))
    for (let level = this.levels.length - 1; level > 0; level--) for (const file of this.levels[level]!) file.scan(prefix, take)
    for (const file of [...this.levels[0]!].reverse()) file.scan(prefix, take)
    for (const [row, value] of this.memtable) if (row.startsWith(prefix)) take(row, value)
    const rows = [...found].filter(([, { type }]) => type !== RowType.Delete)
    rows.sort(byRow)
    return rows.map(([row, { parts }]) => [row, joined(parts)] as const)
  }

  /** The memtable into a file of level 0. Returns how many bytes it had. */
  flush(): number {
    const { memtable, memtableBytes, listener } = this
    if (memtable.size === 0) return 0
    const rows = [...memtable].sort(byRow)
    this.memtable = new Map()
    this.memtableBytes = 0
    listener.flushed(memtableBytes, rows.length)
    const file = SstFile.write(listener.nextFile(), rows)
    this.levels[0]!.unshift(file)
    listener.written(file, 0)
    this.compact()
    return memtableBytes
  }

  private compact(): void {
    if (this.levels[0]!.length >= LEVEL_0_TRIGGER) this.compactInto(1, this.levels[0]!)
    let limit = this.settings.levelBase
    for (let level = 1; level < this.levels.length; level++, limit *= MULTIPLIER) {
      while (bytesOf(this.levels[level]!) > limit) {
        const oldest = this.levels[level]!.reduce((a, b) => (b.number < a.number ? b : a))
        this.compactInto(level + 1, [oldest])
      }
    }
  }

  /** `upper`: files of the level before, newest first where they overlap. */
  private compactInto(level: number, upper: readonly SstFile[]): void {
    const { levels, listener, settings } = this
    while (levels.length <= level) levels.push([])
    const smallest = upper.reduce((least, file) => (file.smallest < least ? file.smallest : least), upper[0]!.smallest)
    const greatest = upper.reduce((most, file) => (file.greatest > most ? file.greatest : most), upper[0]!.greatest)
    const lower = levels[level]!.filter((file) => file.overlaps(smallest, greatest))
    const merged = new Map<string, Row>()
    const take = (row: string, newer: Row): void => void merged.set(row, upon(newer, merged.get(row)))
    for (const file of lower) file.scan('', take)
    for (const file of [...upper].reverse()) file.scan('', take)
    const inputs = new Set([...upper, ...lower])
    levels[level - 1] = levels[level - 1]!.filter((file) => !inputs.has(file))
    const kept = levels[level]!.filter((file) => !inputs.has(file))
    const last = levels.slice(level + 1).every((files) => files.length === 0)
    const written = this.writeRuns([...merged].sort(byRow), last, settings.targetFileSize)
    levels[level] = [...kept, ...written].sort((a, b) => (a.smallest < b.smallest ? -1 : 1))
    for (const file of written) listener.written(file, level)
    for (const file of inputs) listener.dropped(file)
  }

  private writeRuns(rows: readonly (readonly [string, Row])[], last: boolean, target: number): SstFile[] {
    const files: SstFile[] = []
    let run: (readonly [string, Row])[] = []
    let size = 0
    const end = (): void => {
      if (run.length > 0) files.push(SstFile.write(this.listener.nextFile(), run))
      run = []
      size = 0
    }
    for (const [row, value] of rows) {
      const kept = this.compacted(value, last)
      if (kept === null) continue
      run.push([row, kept])
      size += row.length + kept.parts.reduce((sum, part) => sum + part.length, 0)
      if (size >= target) end()
    }
    end()
    return files
  }

  /** Deletions have done their work in the last level, and what is appended to nothing is a value there. */
  private compacted(row: Row, last: boolean): Row | null {
    if (row.type === RowType.Delete) return last ? null : row
    if (this.filter !== null && row.type === RowType.Put) {
      const value = this.filter(joined(row.parts))
      if (value === null) return last ? null : DELETED
      return { type: RowType.Put, parts: [value] }
    }
    return last && row.type === RowType.Merge ? { type: RowType.Put, parts: row.parts } : row
  }

  /** A file of an earlier execution. Those of level 0 come newest first. */
  adopt(file: SstFile, level: number): void {
    while (this.levels.length <= level) this.levels.push([])
    this.levels[level]!.push(file)
  }

  get files(): readonly SstFile[] {
    return this.levels.flat()
  }
}

const byRow = (a: readonly [string, Row], b: readonly [string, Row]): number => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0)
const bytesOf = (files: readonly SstFile[]): number => files.reduce((sum, file) => sum + file.bytes.length, 0)
