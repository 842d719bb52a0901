/**
 * Where the bytes of files lie, while the file system process knows their names and sizes: memory, a directory on a disk, IndexedDB behind a
 * port. What can take real time is told through `settle`, so that no simulated time hangs on it. Paths are in normal form (core/paths).
 */
export interface FileStore {
  /** Replaces what was there. */
  write(path: string, bytes: Uint8Array, about: FileNote): void
  /** Of a file that was written or given at the start. A promise's owner is waited for through `settle`. */
  read(path: string): Uint8Array | Promise<Uint8Array>
  delete(path: string): void
  rename(from: string, to: string): void
  /** What is under way that nobody may go ahead of; rejects with ProblemError when the real store has failed. See the kernel's Settle. */
  settle?(): Promise<void> | undefined
  /** Until all that was written lies where it is to lie. Rejects as `settle`. */
  flush?(): Promise<void>
}

/** What may be kept beside a file. */
export interface FileNote {
  /** Virtual µs. */
  readonly at: number
  /** FileKind. */
  readonly kind: number
}

/** Files in memory: gone with the run. */
export class MemoryFileStore implements FileStore {
  private readonly files = new Map<string, Uint8Array>()

  constructor(files: Iterable<readonly [path: string, bytes: Uint8Array]> = []) {
    for (const [path, bytes] of files) this.files.set(path, bytes)
  }

  write(path: string, bytes: Uint8Array): void {
    this.files.set(path, bytes)
  }

  read(path: string): Uint8Array {
    const bytes = this.files.get(path)
    if (bytes === undefined) throw new Error(`${path} was never written`)
    return bytes
  }

  delete(path: string): void {
    this.files.delete(path)
  }

  rename(from: string, to: string): void {
    this.files.set(to, this.read(from))
    this.files.delete(from)
  }
}
