/**
 * Requests of a task's operators to the file system that have no answer yet. In Flink they are calls that come back when they are done; here the task goes on,
 * and what must not come before them waits: the acknowledgement of a snapshot, the end of the task.
 */
export class OperatorFiles {
  private readonly open = new Set<number>()
  private waiting: { readonly left: Set<number>; readonly done: () => void }[] = []
  private next = 0

  get settled(): boolean {
    return this.open.size === 0
  }

  /** Returns what to call when it has succeeded; one that fails ends the task. */
  begin(): () => void {
    const id = this.next++
    this.open.add(id)
    return () => {
      this.open.delete(id)
      for (const { left } of this.waiting) left.delete(id)
      const ready = this.waiting.filter(({ left }) => left.size === 0)
      this.waiting = this.waiting.filter(({ left }) => left.size > 0)
      for (const { done } of ready) done()
    }
  }

  /** True: nothing is open. Else calls back when all that is open now has succeeded. */
  whenSettled(done: () => void): boolean {
    if (this.settled) return true
    this.waiting.push({ left: new Set(this.open), done })
    return false
  }
}
