import { checkpoints } from './checkpoints'
import { compare } from './compare'
import { graph } from './graph'
import { jobs } from './jobs'
import { keys } from './keys'
import { log } from './log'
import { network } from './network'
import { results } from './results'
import { slots } from './slots'
import { state } from './state'
import { time } from './time'
import { timers } from './timers'
import { truth } from './truth'
import type { ViewDefinition } from './types'
import { watermarks } from './watermarks'
import { windows } from './windows'

/** A view of any state: whoever runs its fold hands the state back to its component. */
export type AnyView = ViewDefinition<unknown>
// A definition is used as one whole: its fold's state goes to its own component and nowhere else.
const any = <S>(view: ViewDefinition<S>): AnyView => view as unknown as AnyView

/** The views, in the order of their tabs. */
export const VIEWS: readonly AnyView[] = [
  any(graph),
  any(time),
  any(windows),
  any(watermarks),
  any(timers),
  any(state),
  any(checkpoints),
  any(network),
  any(jobs),
  any(slots),
  any(keys),
  any(log),
  any(results),
  any(truth),
  any(compare),
]
