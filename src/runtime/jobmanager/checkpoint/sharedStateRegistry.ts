import type { CompletedCheckpoint } from './completedCheckpoint'
import { streamsOf } from '../../checkpoint/handles'
import type { TaskStateSnapshot } from '../../checkpoint/types'

/**
 * Files that belong to several checkpoints, each with the latest that uses it; those that no kept checkpoint uses are to be deleted (D-21).
 * Mirrors SharedStateRegistryImpl.
 */
export class SharedStateRegistry {
  private readonly lastUsedBy = new Map<string, number>()
  /** Of a checkpoint that the job may read but does not own (C-27). */
  private readonly foreign = new Set<string>()

  register(checkpoint: number, state: TaskStateSnapshot): void {
    for (const path of sharedFilesOf(state)) this.lastUsedBy.set(path, Math.max(checkpoint, this.lastUsedBy.get(path) ?? 0))
  }

  registerRestored({ id, metadata }: CompletedCheckpoint, owned: boolean): void {
    for (const { subtasks } of metadata.operators)
      for (const state of subtasks) {
        if (state === null) continue
        const snapshot = { operators: { only: state } }
        if (owned) this.register(id, snapshot)
        else for (const path of sharedFilesOf(snapshot)) this.foreign.add(path)
      }
  }

  /** Files that no checkpoint from `lowest` on uses; they are forgotten. */
  unregisterUnused(lowest: number): readonly string[] {
    const unused = [...this.lastUsedBy].filter(([, last]) => last < lowest).map(([path]) => path)
    for (const path of unused) this.lastUsedBy.delete(path)
    return unused.filter((path) => !this.foreign.has(path))
  }
}

const sharedFilesOf = ({ operators }: TaskStateSnapshot): readonly string[] =>
  Object.values(operators).flatMap((state) =>
    streamsOf(state).flatMap(({ stream, shared }) => (shared && stream.kind === 'file' ? [stream.path] : [])),
  )
