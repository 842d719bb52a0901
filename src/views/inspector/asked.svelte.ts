import type { Question } from '../../explain/why'
import type { TraceLog } from '../../trace/log'

/** A question of which one of the ways out was taken: it is asked again in the run that comes of it. */
export interface AskedBefore {
  readonly question: Question
  readonly log: TraceLog
  /** The question, and what was done, in the language of then. */
  readonly text: string
  readonly fix: string
}

let before: AskedBefore | null = $state.raw(null)

export const askedBefore = (): AskedBefore | null => before
export function rememberAsked(asked: AskedBefore | null): void {
  before = asked
}
