/** What one step of an input gave. Mirrors DataInputStatus. */
export const InputStatus = { More: 0, Nothing: 1, End: 2 } as const
export type InputStatusCode = (typeof InputStatus)[keyof typeof InputStatus]

/** Where a task's elements come from: network inputs or a source. */
export interface TaskInput {
  /** Processes one element, if there is one; `End` once, when the last is over. */
  emitNext(): InputStatusCode
}

/** Several logical inputs, one element from each in turn while both have some (N-7). Mirrors StreamMultipleInputProcessor with input selection ALL. */
export class MultipleInput implements TaskInput {
  private last: number
  private readonly open: boolean[]

  constructor(private readonly inputs: readonly TaskInput[]) {
    this.last = inputs.length - 1
    this.open = inputs.map(() => true)
  }

  emitNext(): InputStatusCode {
    const { inputs } = this
    for (let i = 1; i <= inputs.length; i++) {
      const at = (this.last + i) % inputs.length
      if (!this.open[at]!) continue
      const status = inputs[at]!.emitNext()
      if (status === InputStatus.Nothing) continue
      this.last = at
      if (status === InputStatus.More) return status
      this.open[at] = false
      return this.open.includes(true) ? InputStatus.More : InputStatus.End
    }
    return InputStatus.Nothing
  }
}
