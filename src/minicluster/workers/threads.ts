/** The doors in `workers/`: `cluster` is all the others on one thread. */
export type Door = 'client' | 'jobmanager' | 'taskmanager' | 'cluster'

/** A worker, wherever it lives; `port` leads to what its door exposes through Comlink. */
export interface Thread {
  readonly port: MessagePort
  terminate(): void
}

/** Where workers come from: the sandbox's frame in a browser, worker_threads under Node. */
export interface Threads {
  spawn(door: Door): Thread
  /** Called once when workers died without being asked to; nothing that runs in these threads will ever answer again. */
  onLost: ((why: string) => void) | null
  /** Terminates whatever still lives. */
  dispose(): void
}
