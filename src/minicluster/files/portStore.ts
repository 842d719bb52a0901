import { ProblemError, type Problem } from '../../core/problem'
import type { FileNote, FileStore } from '../../runtime/external/fileStore'
import type { FileOrder, FileReport } from './protocol'

/** Bytes that may be on their way to the other side: who writes more waits for it. */
const MOST_UNDER_WAY = 8 * 1024 * 1024

interface Waiting {
  done(bytes: Uint8Array | undefined): void
  failed(error: Error): void
}

/** How a thread speaks through a port: `BehindTheFence` fits. */
export interface Ports {
  post(port: MessagePort, message: unknown, transfer?: Transferable[]): void
  listen(port: MessagePort, listener: (event: MessageEvent) => void): void
}

/** Files whose bytes lie behind a port, with another thread. */
export class PortFileStore implements FileStore {
  private readonly waiting = new Map<number, Waiting>()
  /** Reads and flushes that the kernel has to wait for. */
  private under: Promise<unknown>[] = []
  private ids = 0
  /** Written since the last flush. */
  private weight = 0
  private dirty = false
  private broken: Problem | null = null

  constructor(
    private readonly port: MessagePort,
    private readonly ports: Ports,
  ) {
    ports.listen(port, ({ data }: MessageEvent<FileReport>) => this.report(data))
  }

  write(path: string, bytes: Uint8Array, about: FileNote): void {
    this.weight += bytes.length
    // Of a part of a larger buffer the clone would be that of all of it.
    this.order({ do: 'write', path, bytes: bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice(), about })
    if (this.weight < MOST_UNDER_WAY) return
    this.weight = 0
    this.under.push(this.asked((id) => ({ do: 'flush', id })))
  }

  read(path: string): Promise<Uint8Array> {
    const read = this.asked((id) => ({ do: 'read', id, path })).then((bytes) => bytes!)
    this.under.push(read)
    return read
  }

  delete(path: string): void {
    this.order({ do: 'delete', path })
  }

  rename(from: string, to: string): void {
    this.order({ do: 'rename', from, to })
  }

  settle = (): Promise<void> | undefined => {
    if (this.broken !== null) return Promise.reject(new ProblemError(this.broken))
    if (this.under.length === 0) return undefined
    return Promise.all(this.under.splice(0)).then(() => {})
  }

  async flush(): Promise<void> {
    if (this.broken !== null) throw new ProblemError(this.broken)
    if (!this.dirty) return
    this.dirty = false
    await this.asked((id) => ({ do: 'flush', id }))
  }

  private order(order: FileOrder): void {
    this.dirty = true
    this.ports.post(this.port, order)
  }

  private asked(order: (id: number) => FileOrder): Promise<Uint8Array | undefined> {
    const id = this.ids++
    const answer = new Promise<Uint8Array | undefined>((done, failed) => this.waiting.set(id, { done, failed }))
    // Whoever waits for it through `settle` hears of a failure; until then nobody need.
    answer.catch(() => {})
    this.ports.post(this.port, order(id))
    return answer
  }

  private report(report: FileReport): void {
    if ('failed' in report) {
      this.broken ??= report.failed
      for (const { failed } of this.waiting.values()) failed(new ProblemError(this.broken))
      this.waiting.clear()
      return
    }
    this.waiting.get(report.id)?.done(report.bytes)
    this.waiting.delete(report.id)
  }
}
