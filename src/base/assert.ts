/** A broken invariant of ours, never a mistake of the user's: it stops the run and says so. */
export class AssertionFailure extends Error {
  override name = 'AssertionFailure'
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(message)
}
