import { setMaxListeners } from 'node:events'
import { Worker, type TransferListItem } from 'node:worker_threads'
import type { Thread, Threads } from './threads'

/** What a browser's worker has and Node's has not: a scope that is its own message port. */
const PRELUDE = `
{
  const { parentPort } = require('node:worker_threads')
  globalThis.postMessage = (message, transfer) => parentPort.postMessage(message, transfer)
  globalThis.addEventListener = (_, listener) => parentPort.on('message', (data) => listener({ data }))
}
`

/** A TypeScript module and all that it imports as one script; esbuild is loaded only when somebody asks. */
export async function bundleForNode(entry: string, root: string): Promise<string> {
  const { build } = await import('esbuild')
  const { outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'iife',
    target: 'node20',
    logLevel: 'silent',
    tsconfigRaw: { compilerOptions: {} },
    alias: { flink: `${root}/src/streaming/index.ts` },
  })
  return outputFiles[0]!.text
}

/** Workers as threads of this Node process, from bundled text. */
export class NodeThreads implements Threads {
  onLost: ((why: string) => void) | null = null
  private readonly workers = new Set<Worker>()

  constructor(private readonly textOf: (door: string) => string) {}

  spawn(door: string): Thread {
    const worker = new Worker(PRELUDE + this.textOf(door), { eval: true })
    this.workers.add(worker)
    const { port1, port2 } = new MessageChannel()
    // One for each question that is under way, and more on a thread that is used again.
    setMaxListeners(0, port1)
    worker.postMessage({ port: port2 }, [port2 as unknown as TransferListItem])
    worker.on('error', (error) => this.onLost?.(error.message))
    return {
      port: port1,
      terminate: () => {
        this.workers.delete(worker)
        port1.close()
        void worker.terminate()
      },
    }
  }

  dispose(): void {
    for (const worker of this.workers) void worker.terminate()
    this.workers.clear()
  }
}
