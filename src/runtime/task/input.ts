/**
 * What one step of an input gave. Mirrors DataInputStatus: `End` is END_OF_DATA, `Stopped` the same for a job that stops without draining (C-26),
 * `EndOfInput` comes after either, when nothing can come any more, barriers included; only where the job takes checkpoints.
 */
export const InputStatus = { More: 0, Nothing: 1, End: 2, Stopped: 3, EndOfInput: 4 } as const
export type InputStatusCode = (typeof InputStatus)[keyof typeof InputStatus]

/** Where a task's elements come from: network inputs or a source. */
export interface TaskInput {
  /**
   * Processes one element or event, if there is one; `End` or `Stopped` once, when the last element is over. After that barriers may still come: it is
   * to be called as before, until it gives `EndOfInput`, once.
   */
  emitNext(): InputStatusCode
}

/** Several logical inputs, one element from each in turn while both have some (N-7). Mirrors StreamMultipleInputProcessor with input selection ALL. */
export class MultipleInput implements TaskInput {
  private last: number
  private inputsWithData: number
  private inputsWithEvents: number
  private stopped = false

  constructor(private readonly inputs: readonly TaskInput[]) {
    this.last = inputs.length - 1
    this.inputsWithData = inputs.length
    this.inputsWithEvents = inputs.length
  }

  emitNext(): InputStatusCode {
    const { inputs } = this
    for (let i = 1; i <= inputs.length; i++) {
      const at = (this.last + i) % inputs.length
      const status = inputs[at]!.emitNext()
      if (status === InputStatus.Nothing) continue
      this.last = at
      if (status === InputStatus.More) return status
      if (status === InputStatus.EndOfInput) return --this.inputsWithEvents === 0 ? status : InputStatus.More
      if (status === InputStatus.Stopped) this.stopped = true
      if (--this.inputsWithData > 0) return InputStatus.More
      return this.stopped ? InputStatus.Stopped : InputStatus.End
    }
    return InputStatus.Nothing
  }
}
