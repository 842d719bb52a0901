/** A file's line; its bytes lie beside it, and both are written in one transaction. */
export interface FileRow {
  readonly run: string
  readonly path: string
  readonly length: number
  /** 64-bit hash of the bytes (base/hash). */
  readonly digest: string
  /** Virtual µs at which it was written. */
  readonly at: number
  /** FileKind. */
  readonly kind: number
}

export interface RunRow {
  readonly id: string
  readonly name: string
  readonly started: number
  readonly retains: boolean
}

export type Change =
  | { readonly do: 'put'; readonly row: FileRow; readonly bytes: Uint8Array }
  | { readonly do: 'delete'; readonly run: string; readonly path: string }
  | { readonly do: 'rename'; readonly run: string; readonly from: string; readonly to: string }

/** Where files of all runs lie. All reject with ProblemError (`files-…`). */
export interface Shelf {
  /** All of them or none: one transaction. */
  apply(changes: readonly Change[]): Promise<void>
  /** What lies there, whole or not; undefined: nothing. */
  get(run: string, path: string): Promise<{ readonly row: FileRow; readonly bytes: Uint8Array } | undefined>
  rows(): Promise<FileRow[]>
  runs(): Promise<RunRow[]>
  putRun(run: RunRow): Promise<void>
  deleteRuns(ids: readonly string[]): Promise<void>
}

/** A shelf that lives as long as the tab. */
export class MemoryShelf implements Shelf {
  private readonly files = new Map<string, { row: FileRow; bytes: Uint8Array }>()
  private readonly known = new Map<string, RunRow>()
  private readonly key = (run: string, path: string): string => `${run} ${path}`

  apply(changes: readonly Change[]): Promise<void> {
    for (const change of changes) {
      if (change.do === 'put') this.files.set(this.key(change.row.run, change.row.path), change)
      else if (change.do === 'delete') this.files.delete(this.key(change.run, change.path))
      else {
        const from = this.key(change.run, change.from)
        const held = this.files.get(from)
        if (held === undefined) continue
        this.files.delete(from)
        this.files.set(this.key(change.run, change.to), { ...held, row: { ...held.row, path: change.to } })
      }
    }
    return Promise.resolve()
  }

  get(run: string, path: string): Promise<{ readonly row: FileRow; readonly bytes: Uint8Array } | undefined> {
    return Promise.resolve(this.files.get(this.key(run, path)))
  }

  rows(): Promise<FileRow[]> {
    return Promise.resolve([...this.files.values()].map(({ row }) => row))
  }

  runs(): Promise<RunRow[]> {
    return Promise.resolve([...this.known.values()])
  }

  putRun(run: RunRow): Promise<void> {
    this.known.set(run.id, run)
    return Promise.resolve()
  }

  deleteRuns(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.known.delete(id)
    return Promise.resolve()
  }
}
