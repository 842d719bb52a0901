import { problem, ProblemError } from '../../core/problem'
import type { FileStore } from '../../runtime/external/fileStore'
import type { FileOrder, FileReport } from './protocol'

/** Lets another thread keep its files in a store of this one. After the first failure nothing more is done for it. */
export function serveFiles(store: FileStore): MessagePort {
  const { port1, port2 } = new MessageChannel()
  const say = (report: FileReport): void => port1.postMessage(report)
  let before = Promise.resolve()
  let broken = false
  port1.onmessage = ({ data }: MessageEvent<FileOrder>) => {
    before = before.then(async () => {
      if (broken) return
      try {
        const answer = await obey(store, data)
        if (answer !== null) say(answer)
      } catch (error) {
        broken = true
        say({ failed: error instanceof ProblemError ? error.problem : problem('files-failed', { message: String(error) }, { in: 'run' }) })
      }
    })
  }
  return port2
}

async function obey(store: FileStore, order: FileOrder): Promise<FileReport | null> {
  switch (order.do) {
    case 'write':
      store.write(order.path, order.bytes, order.about)
      return null
    case 'delete':
      store.delete(order.path)
      return null
    case 'rename':
      store.rename(order.from, order.to)
      return null
    case 'read':
      return { id: order.id, bytes: await store.read(order.path) }
    case 'flush':
      await store.settle?.()
      await store.flush?.()
      return { id: order.id }
  }
}
