import { METADATA_FILE, normalPath } from '../../src/core/paths'
import { hashOfBytes } from '../../src/base/hash'
import { problem, ProblemError, warning, type Problem } from '../../src/core/problem'
import type { FileOrder } from '../../src/minicluster/files/protocol'
import type { KeptSnapshot, RunAbout, SnapshotBundle, StorageAnswer, StorageApi, StorageUse } from '../../src/minicluster/files/storageApi'
import { decodeMetadata } from '../../src/runtime/checkpoint/metadata'
import type { FileAtStart } from '../../src/runtime/external/fileSystem'
import { FileKind } from '../../src/runtime/external/messages'
import { filesProblem } from './database'
import { snapshotAt, snapshotsOf, unwanted, type Snapshot } from './kept'
import type { Living } from './living'
import { RunFilesKeeper, wholeFile, type FoundFiles } from './runFiles'
import { MemoryShelf, type Shelf } from './shelf'

const answered = async <T>(work: () => Promise<T>): Promise<StorageAnswer<T>> => {
  try {
    return { value: await work() }
  } catch (error) {
    return { problem: filesProblem(error).problem }
  }
}

/**
 * The files of all runs of this browser, and the checkpoints and savepoints that outlive them. Opened when somebody first writes or asks; where the
 * browser refuses, everything goes on in memory, and `use` says so.
 */
export class Storage implements StorageApi {
  private shelf: Promise<Shelf> | null = null
  private refused: Problem | null = null
  private watcher: MessagePort | null = null
  private readonly keepers = new Map<string, RunFilesKeeper>()
  /** By run: files of others that it may read. */
  private readonly foundBy = new Map<string, FoundFiles>()
  private readonly previews = new MemoryShelf()

  /**
   * @param opening gives the shelf, or rejects if there is none
   * @param living which runs are under way, in this tab and others
   */
  constructor(
    private readonly opening: () => Promise<Shelf>,
    private readonly living: Living,
  ) {}

  open(about: RunAbout, port: MessagePort): void {
    const { id, name, started, retains, keep } = about
    this.living.begins(id)
    let shelf: Promise<Shelf> | null = null
    const first = async (): Promise<Shelf> => {
      if (!keep) return this.previews
      const found = await this.opened()
      await found.putRun({ id, name, started, retains })
      return found
    }
    const keeper = new RunFilesKeeper(
      id,
      () => (shelf ??= first()),
      (report) => port.postMessage(report),
      this.foundOf(id),
    )
    this.keepers.set(id, keeper)
    port.onmessage = ({ data }: MessageEvent<FileOrder>) => keeper.obey(data)
  }

  private foundOf(id: string): FoundFiles {
    const known = this.foundBy.get(id)
    if (known !== undefined) return known
    const fresh: FoundFiles = new Map()
    this.foundBy.set(id, fresh)
    return fresh
  }

  close(id: string): void {
    this.foundBy.delete(id)
    const keeper = this.keepers.get(id)
    if (keeper === undefined) return
    this.keepers.delete(id)
    void keeper
      .flushed()
      .catch(() => {})
      .then(() => this.living.ends(id))
      .then(() => (this.shelf === null ? undefined : this.tidy(this.shelf)))
      .catch(() => {})
  }

  watch(port: MessagePort): void {
    this.watcher = port
    if (this.refused !== null) port.postMessage(this.refused)
  }

  found(id: string, path: string): Promise<StorageAnswer<readonly FileAtStart[]>> {
    return answered(async () => {
      const snapshot = snapshotAt(await this.snapshots(), path)
      const found = this.foundOf(id)
      const shelf = await this.opened()
      return (snapshot?.rows ?? []).map((row) => {
        found.set(row.path, { shelf, run: row.run })
        return { path: row.path, size: row.length }
      })
    })
  }

  list(): Promise<StorageAnswer<readonly KeptSnapshot[]>> {
    return answered(async () => Promise.all((await this.snapshots()).map((snapshot) => this.kept(snapshot))))
  }

  remove(path: string): Promise<StorageAnswer<null>> {
    return answered(async () => {
      const shelf = await this.opened()
      const [rows, runs] = await Promise.all([shelf.rows(), shelf.runs()])
      const leaving = snapshotsOf(rows, runs).filter((snapshot) => snapshot.path === normalPath(path))
      await drop(
        shelf,
        unwanted(rows, runs, () => false, leaving),
      )
      return null
    })
  }

  bundle(path: string): Promise<StorageAnswer<SnapshotBundle>> {
    return answered(async () => {
      const snapshot = snapshotAt(await this.snapshots(), path)
      if (snapshot === undefined) throw new ProblemError(problem('files-lost', { path }, { in: 'run' }))
      const shelf = await this.opened()
      const files = await Promise.all(
        snapshot.rows.map(async (row) => ({ path: row.path, bytes: await wholeFile(shelf, row.run, row.path) })),
      )
      return { path: snapshot.path, name: snapshot.run.name, at: snapshot.metadata.at, files }
    })
  }

  add({ path, name, at, files }: SnapshotBundle): Promise<StorageAnswer<null>> {
    return answered(async () => {
      const shelf = await this.opened()
      const started = Date.now()
      const run = `added ${started} ${normalPath(path)}`
      await shelf.putRun({ id: run, name, started, retains: true })
      await shelf.apply(
        files.map((file) => {
          const filePath = normalPath(file.path)
          const kind = filePath.endsWith(`/${METADATA_FILE}`) ? FileKind.Metadata : FileKind.Checkpoint
          const row = { run, path: filePath, length: file.bytes.length, digest: hashOfBytes(file.bytes), at, kind }
          return { do: 'put' as const, row, bytes: file.bytes }
        }),
      )
      return null
    })
  }

  use(): Promise<StorageAnswer<StorageUse>> {
    return answered(async () => {
      const rows = await (await this.opened()).rows()
      const estimate = await globalThis.navigator?.storage?.estimate?.().catch(() => undefined)
      return {
        bytes: rows.reduce((sum, { length }) => sum + length, 0),
        quota: estimate?.quota ?? null,
        used: estimate?.usage ?? null,
        refused: this.refused,
      }
    })
  }

  private opened(): Promise<Shelf> {
    this.shelf ??= this.opening().then(
      async (shelf) => {
        // What runs of earlier times have left, whose tab was closed.
        await this.tidy(Promise.resolve(shelf)).catch(() => {})
        return shelf
      },
      () => {
        this.refused = warning('files-refused', {}, { in: 'run' })
        this.watcher?.postMessage(this.refused)
        return new MemoryShelf()
      },
    )
    return this.shelf
  }

  private async snapshots(): Promise<readonly Snapshot[]> {
    const shelf = await this.opened()
    const [rows, runs] = await Promise.all([shelf.rows(), shelf.runs()])
    return snapshotsOf(rows, runs)
  }

  private async kept({ path, run, metadata, rows }: Snapshot): Promise<KeptSnapshot> {
    const size = rows.reduce((sum, { length }) => sum + length, 0)
    return {
      path,
      name: run.name,
      started: run.started,
      at: metadata.at,
      size,
      files: rows.length,
      content: await this.contentOf(metadata),
    }
  }

  private async contentOf({ run, path }: Snapshot['metadata']): Promise<KeptSnapshot['content']> {
    try {
      const { type, checkpoint, job, timestamp, operators } = decodeMetadata(await wholeFile(await this.opened(), run, path))
      return { type, checkpoint, job, timestamp, operators: operators.map(({ name, parallelism }) => ({ name, parallelism })) }
    } catch {
      // What cannot be read can be deleted: it stays in the list, and says so.
      return null
    }
  }

  private async tidy(opened: Promise<Shelf>): Promise<void> {
    const shelf = await opened
    const living = await this.living.all()
    const [rows, runs] = await Promise.all([shelf.rows(), shelf.runs()])
    const gone = unwanted(rows, runs, (run) => !living.has(run))
    await drop(shelf, gone)
    const gonePaths = new Set(gone.map(({ run, path }) => `${run} ${path}`))
    const used = new Set(rows.filter(({ run, path }) => !gonePaths.has(`${run} ${path}`)).map(({ run }) => run))
    await shelf.deleteRuns(runs.filter(({ id }) => !used.has(id) && !living.has(id)).map(({ id }) => id))
  }
}

const drop = async (shelf: Shelf, rows: readonly { readonly run: string; readonly path: string }[]): Promise<void> => {
  if (rows.length > 0) await shelf.apply(rows.map(({ run, path }) => ({ do: 'delete', run, path })))
}
