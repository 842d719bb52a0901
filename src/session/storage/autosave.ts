import type { Problem } from '../../core/problem'
import { ProblemError } from '../../core/problem'
import type { Shared } from '../../scenario/codec'

export interface Autosave {
  /** The scenario in hand has changed: it will be saved after a pause in the typing. */
  changed(shared: Shared): void
  /** Saves now what waits: before a run, when the page is hidden. Never rejects: trouble goes to `onProblem`. */
  flush(): Promise<void>
  dispose(): void
}

/**
 * Saves the scenario in hand `pause` ms after the last change, at most once at a time and always the newest. A failure is
 * told once until a save succeeds again, and the newest state is tried again with the next change.
 */
export function autosave(save: (shared: Shared) => Promise<void>, onProblem: (problem: Problem | null) => void, pause = 400): Autosave {
  let waiting: Shared | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let failing = false

  const write = async (): Promise<void> => {
    while (waiting !== null) {
      const shared = waiting
      waiting = null
      try {
        await save(shared)
        if (failing) onProblem(null)
        failing = false
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        if (!failing) onProblem(error.problem)
        failing = true
      }
    }
  }
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    running ??= write().finally(() => (running = null))
    return running
  }
  return {
    changed(shared) {
      waiting = shared
      clearTimeout(timer)
      timer = setTimeout(() => void flush(), pause)
    },
    flush,
    dispose: () => clearTimeout(timer),
  }
}
