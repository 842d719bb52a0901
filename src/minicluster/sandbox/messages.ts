/** What the page says to the sandbox's frame. Ports of new workers travel beside `spawn`. */
export type ToFrame =
  | { readonly do: 'text'; readonly door: string; readonly text: string }
  | { readonly do: 'spawn'; readonly id: number; readonly door: string }
  | { readonly do: 'terminate'; readonly id: number }
  | { readonly do: 'ping' }

/** What the frame answers. It passes on nothing that a worker says: workers have no way to speak to it. */
export type FromFrame = { readonly is: 'pong' } | { readonly is: 'worker-failed'; readonly id: number; readonly message: string }
