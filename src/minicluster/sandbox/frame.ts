import type { FromFrame, ToFrame } from './messages'

/**
 * The one inline script of `sandbox.html`: starts and ends workers for the page, in an origin of its own and under a policy that
 * allows no network. It never runs user code, so it answers as long as the process of the sandbox lives.
 */
const texts = new Map<string, string>()
const workers = new Map<number, Worker>()
let page: MessagePort | undefined

const answer = (message: FromFrame): void => page!.postMessage(message)

function obey(message: ToFrame, ports: readonly MessagePort[]): void {
  switch (message.do) {
    case 'text':
      texts.set(message.door, URL.createObjectURL(new Blob([message.text], { type: 'text/javascript' })))
      return
    case 'spawn': {
      const { id } = message
      const worker = new Worker(texts.get(message.door)!, { name: `${message.door} ${id}` })
      worker.onerror = (event) => {
        event.preventDefault()
        answer({ is: 'worker-failed', id, message: event.message ?? '' })
      }
      workers.set(id, worker)
      const [port] = ports
      worker.postMessage({ port }, [port!])
      return
    }
    case 'terminate':
      workers.get(message.id)?.terminate()
      workers.delete(message.id)
      return
    case 'ping':
      answer({ is: 'pong' })
  }
}

addEventListener('message', (event) => {
  // The first word of the page that holds this frame, and nobody else's, brings the port for all the others.
  if (event.source !== parent || page !== undefined) return
  page = event.ports[0]!
  page.onmessage = ({ data, ports }: MessageEvent<ToFrame>) => obey(data, ports)
})
