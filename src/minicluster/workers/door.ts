import { expose, type Endpoint } from 'comlink'
import type { BehindTheFence } from '../../client/fence'

/**
 * What a door in `workers/` does first: waits for the port that whoever started the worker sends in its first message, and exposes
 * `api` on it. Comlink gets an endpoint that needs none of the globals that a fence takes away.
 */
export function openDoor(behind: BehindTheFence, api: object): void {
  behind.listen(null, ({ data }: MessageEvent<{ readonly port: MessagePort }>) => {
    const { port } = data
    const endpoint: Endpoint = {
      postMessage: (message, transfer) => behind.post(port, message, transfer),
      addEventListener: (_, listener) => behind.listen(port, listener as (event: MessageEvent) => void),
      // A door stays open as long as its worker lives.
      removeEventListener: () => {},
      start: () => {},
    }
    expose(api, endpoint)
  })
}
