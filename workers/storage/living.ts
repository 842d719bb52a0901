/** Which runs are under way, in all tabs of this browser. */
export interface Living {
  begins(run: string): void
  ends(run: string): void
  all(): Promise<ReadonlySet<string>>
}

const PREFIX = 'tidemark-run '

/** By locks, which a browser lets go of when a tab ends, however it ends. Where it has none, this tab's own are all that is known. */
export function livingByLocks(locks: LockManager | undefined): Living {
  const own = new Map<string, () => void>()
  return {
    begins: (run) => {
      const held = new Promise<void>((release) => own.set(run, release))
      void locks?.request(PREFIX + run, () => held)
    },
    ends: (run) => {
      own.get(run)?.()
      own.delete(run)
    },
    all: async () => {
      const { held = [] } = (await locks?.query()) ?? {}
      return new Set([...own.keys(), ...held.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name.slice(PREFIX.length)] : []))])
    },
  }
}
