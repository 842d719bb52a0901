import { hashOfBytes } from '../../src/base/hash'
import { problem, ProblemError } from '../../src/core/problem'
import type { FileOrder, FileReport } from '../../src/minicluster/files/protocol'
import { filesProblem } from './database'
import type { Change, Shelf } from './shelf'

/** Bytes of a file that is there and whole; rejects with `files-lost` or `files-torn`. */
export async function wholeFile(shelf: Shelf, run: string, path: string): Promise<Uint8Array> {
  const found = await shelf.get(run, path)
  if (found === undefined) throw new ProblemError(problem('files-lost', { path }, { in: 'run' }))
  const { row, bytes } = found
  if (row.length !== bytes.length || row.digest !== hashOfBytes(bytes))
    throw new ProblemError(problem('files-torn', { path }, { in: 'run' }))
  return bytes
}

/** Files of other runs that a run may read: where each lies. */
export type FoundFiles = Map<string, { readonly shelf: Shelf; readonly run: string }>

/**
 * The files of one run: what its file system orders is done in its order, as many orders together as have come meanwhile. Once something has
 * failed nothing more is done, so what lies there is what there was at one moment of the run, and no metadata without the files it names.
 */
export class RunFilesKeeper {
  private waiting: Change[] = []
  private working: Promise<void> | null = null
  private failed: ProblemError | null = null

  /**
   * @param shelf asked for when there is something to do
   * @param say to the run's file system
   * @param found by path: files of other runs, which this one is restored from
   */
  constructor(
    private readonly run: string,
    private readonly shelf: () => Promise<Shelf>,
    private readonly say: (report: FileReport) => void,
    private readonly found: FoundFiles,
  ) {}

  obey(order: FileOrder): void {
    const { run } = this
    switch (order.do) {
      case 'write': {
        const { path, bytes, about } = order
        const row = { run, path, length: bytes.length, digest: hashOfBytes(bytes), at: about.at, kind: about.kind }
        return this.change({ do: 'put', row, bytes })
      }
      case 'delete':
        // A file of another run stays there: the same scenario starts from it again the next time.
        if (this.found.delete(order.path)) return
        this.waiting = this.waiting.filter((change) => change.do !== 'put' || change.row.path !== order.path)
        return this.change({ do: 'delete', run, path: order.path })
      case 'rename':
        return this.change({ do: 'rename', run, from: order.from, to: order.to })
      case 'read':
        return void this.read(order.path).then((bytes) => this.say({ id: order.id, bytes }), this.fail)
      case 'flush':
        return void this.flushed().then(() => this.say({ id: order.id }), this.fail)
    }
  }

  /** When all that was ordered so far is done; rejects if it could not be. */
  async flushed(): Promise<void> {
    while (this.working !== null) await this.working
    if (this.failed !== null) throw this.failed
  }

  private async read(path: string): Promise<Uint8Array> {
    await this.flushed()
    const found = this.found.get(path)
    return found === undefined ? wholeFile(await this.shelf(), this.run, path) : wholeFile(found.shelf, found.run, path)
  }

  private change(change: Change): void {
    this.waiting.push(change)
    this.working ??= this.work().finally(() => (this.working = null))
  }

  private async work(): Promise<void> {
    try {
      const shelf = await this.shelf()
      while (this.waiting.length > 0 && this.failed === null) await shelf.apply(this.waiting.splice(0))
    } catch (error) {
      this.fail(error)
    }
  }

  private readonly fail = (error: unknown): void => {
    if (this.failed !== null) return
    this.failed = filesProblem(error)
    this.waiting = []
    this.say({ failed: this.failed.problem })
  }
}
