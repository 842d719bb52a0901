import { expose, type Endpoint } from 'comlink'
import type { BehindTheFence } from '../../client/fence'

/** Answers a second that a door gives at most: the page asks for a handful. */
const ANSWERS = 500

/**
 * What a door in `workers/` does first: waits for the port that whoever started the worker sends in its first message, and exposes
 * `api` on it. Comlink gets an endpoint that needs none of the globals that a fence takes away, and that cannot be made to flood
 * the page, whatever a program did to the promises that Comlink answers with.
 */
export function openDoor(behind: BehindTheFence, api: object): void {
  behind.listen(null, ({ data }: MessageEvent<{ readonly port: MessagePort }>) => {
    const { port } = data
    let second = 0
    let answers = 0
    const endpoint: Endpoint = {
      postMessage: (message, transfer) => {
        const now = behind.elapsed()
        if (now - second > 1000) {
          second = now
          answers = 0
        }
        if (++answers <= ANSWERS) behind.post(port, message, transfer)
      },
      addEventListener: (_, listener) => behind.listen(port, listener as (event: MessageEvent) => void),
      // A door stays open as long as its worker lives.
      removeEventListener: () => {},
      start: () => {},
    }
    expose(api, endpoint)
  })
}
