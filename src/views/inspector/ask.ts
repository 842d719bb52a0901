import type { ProgramKnobs } from '../../graph/edits'
import type { Arguments, Language, Text } from '../../i18n'
import type { ResolvedTopic, Scenario, Selection } from '../../scenario/types'
import type { Hands } from '../types'
import type { Sources } from './facts'

/** What every part of the inspector gets. */
export interface Asking {
  readonly sources: Sources
  readonly scenario: Scenario
  readonly topics: readonly ResolvedTopic[]
  /** Index of the last event at the playhead, which plays or stands. */
  readonly event: number
  readonly playing: boolean
  readonly language: Language
  /** null: the program cannot be changed from here. */
  readonly knobs: ProgramKnobs | null
  /** null: the data cannot be changed from here. */
  readonly hands: Hands | null
  t(text: Text, args?: Arguments): string
  eventTime(ms: number): string
  select(selection: Selection | null): void
  goTo(event: number): void
  /** To a line of the program. */
  goLine(line: number): void
  /** Virtual time of an event, in words; undefined for −1. */
  when(event: number): string | undefined
}

/** As people read it: `a → b` for `a -> b`. */
export const title = (name: string): string => name.replaceAll(' -> ', ' → ')

/** A plan from a cluster elsewhere: it has no program, so what the program would have said is not known. */
export const isPlanOnly = ({ scenario }: Asking): boolean => scenario.plan !== undefined

/** A fact's link to the moment that made it so; nothing for −1. */
export const sinceOf = (ask: Asking, event: number): { since?: string | undefined; onsince?: (() => void) | undefined } =>
  event < 0 ? {} : { since: ask.when(event), onsince: () => ask.goTo(event) }
