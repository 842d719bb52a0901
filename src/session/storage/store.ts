/** One scenario as it lies in the database; `data` is read as carefully as a link. */
export interface Stored {
  readonly id: string
  readonly name: string
  /** ms since the epoch, the browser's clock. */
  readonly saved: number
  readonly data: unknown
}

/** Where scenarios lie. */
export interface Store {
  /** False: gone with the tab. */
  readonly persistent: boolean
  all(): Promise<Stored[]>
  get(id: string): Promise<Stored | undefined>
  put(stored: Stored): Promise<void>
  delete(id: string): Promise<void>
  close(): void
}

/** A store that lives as long as the tab, for browsers that keep nothing. */
export function memoryStore(): Store {
  const held = new Map<string, Stored>()
  return {
    persistent: false,
    all: () => Promise.resolve([...held.values()]),
    get: (id) => Promise.resolve(held.get(id)),
    put: (stored) => {
      held.set(stored.id, structuredClone(stored))
      return Promise.resolve()
    },
    delete: (id) => {
      held.delete(id)
      return Promise.resolve()
    },
    close: () => held.clear(),
  }
}
