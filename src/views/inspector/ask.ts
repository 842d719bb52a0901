import type { Arguments, Text } from '../../i18n'
import type { Selection } from '../../scenario/types'
import type { Sources } from './facts'

/** What every part of the inspector gets. */
export interface Asking {
  readonly sources: Sources
  t(text: Text, args?: Arguments): string
  eventTime(ms: number): string
  select(selection: Selection | null): void
  goTo(event: number): void
  /** To a line of the program. */
  goLine(line: number): void
  /** Virtual time of an event, in words; undefined for −1. */
  when(event: number): string | undefined
}
