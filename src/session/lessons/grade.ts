import type { Prediction, TraceOfRun } from '../../trace/predicates'

export interface Grade {
  readonly verdict: 'right' | 'close' | 'off'
  /** What the run did, in the prediction's unit (moments: seconds of the cluster's clock). */
  readonly right: number
  /** Given − right, same unit. */
  readonly distance: number
  /** The event that shows it. */
  readonly event: number
}

/** Holds a prediction against what the trace says; null when the run has no answer (yet). */
export function gradePrediction(prediction: Prediction, given: number, run: TraceOfRun): Grade | null {
  const answer = prediction.answer(run)
  if (answer === null) return null
  const distance = given - answer.value
  const away = Math.abs(distance)
  const verdict = away <= prediction.exact ? 'right' : away <= prediction.near ? 'close' : 'off'
  return { verdict, right: answer.value, distance, event: answer.event }
}
