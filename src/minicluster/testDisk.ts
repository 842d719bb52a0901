import { below } from '../core/paths'
import { MemoryFileStore } from '../runtime/external/fileStore'
import type { FileAtStart } from '../runtime/external/fileSystem'
import type { RunFiles } from './types'

/** For tests: files that outlive a run. */
export class Disk implements RunFiles {
  readonly sizes = new Map<string, number>()
  readonly store: MemoryFileStore
  constructor() {
    const { sizes } = this
    this.store = new (class extends MemoryFileStore {
      override write(path: string, bytes: Uint8Array): void {
        super.write(path, bytes)
        sizes.set(path, bytes.length)
      }
      override delete(path: string): void {
        super.delete(path)
        sizes.delete(path)
      }
    })()
  }
  found(): Promise<readonly FileAtStart[]> {
    return Promise.resolve([...this.sizes].map(([path, size]) => ({ path, size })))
  }
  under(directory: string): string[] {
    return [...this.sizes.keys()].filter((path) => path.startsWith(below(directory)))
  }
  copy(from: string, to: string): void {
    for (const path of this.under(from)) this.store.write(path.replace(from, to), this.store.read(path))
  }
}
