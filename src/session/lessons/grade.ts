import type { Prediction, TraceOfRun } from '../../trace/predicates'

export interface Grade {
  readonly verdict: 'right' | 'close' | 'off'
  /** What the run did, in the prediction's unit: seconds of the cluster's clock, a number, a subtask or choice from 0. */
  readonly right: number
  readonly given: number
  /** Given − right, same unit; says nothing of subtasks and choices. */
  readonly distance: number
  /** The event that shows it. */
  readonly event: number
}

/** Holds a prediction against what the trace says; null when the run has no answer (yet). */
export function gradePrediction(prediction: Prediction, given: number, run: TraceOfRun): Grade | null {
  const answer = prediction.answer(run)
  if (answer === null) return null
  const distance = given - answer.value
  return { verdict: verdictOf(prediction, Math.abs(distance)), right: answer.value, given, distance, event: answer.event }
}

function verdictOf(prediction: Prediction, away: number): Grade['verdict'] {
  // Of two subtasks or choices none is nearer than another.
  if (prediction.ask === 'subtask' || prediction.ask === 'choice') return away === 0 ? 'right' : 'off'
  return away <= prediction.exact ? 'right' : away <= prediction.near ? 'close' : 'off'
}
