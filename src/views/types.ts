import type { Problem } from '../core/problem'
import type { ProgramKnobs } from '../graph/edits'
import type { Intervention, ResolvedTopic, Scenario, Selection } from '../scenario/types'
import type { TraceLog } from '../trace/log'
import type { Picture } from './lazy'
import type { TraceHeader } from '../trace/types'

/** A change of the scenario that a hand on a picture makes; `null` where it comes to nothing. */
export type ScenarioChange = (scenario: Scenario) => Scenario

/** Another fork's run on the same clock: what a view that compares puts beside what it shows. */
export interface Compared {
  /** What was done to come to it, and to the fork on screen. */
  readonly name: string
  readonly ownName: string
  readonly header: TraceHeader
  readonly log: TraceLog
  /** The same fold's state at the same playhead. */
  readonly state: unknown
  readonly version: number
  /** Its last event at or before the playhead. */
  readonly event: number
  /** Virtual µs up to which it is known. */
  readonly frontier: number
}

/**
 * Hands on the data behind the picture: an event is dragged, added, deleted. While one drags, `preview` has the run made again beside the one on
 * screen, and what comes out is shown in its place as soon as it is there; only the last one asked for counts. `keep` makes the change an edit (one undo step)
 * and a fork; `revert` gives back what was on screen before the first `preview`.
 */
export interface Hands {
  preview(change: ScenarioChange): void
  /** `label` names the fork: what was done, in the language on screen. */
  keep(change: ScenarioChange, label: string): void
  revert(): void
  /** A preview was asked for a tenth of a second ago or more, and is not on screen yet: one says so. */
  readonly catchingUp: boolean
}

/** The run on screen as it would be without any failure. */
export interface CalmRun {
  readonly header: TraceHeader
  readonly log: TraceLog
  /** Virtual µs up to which it is known, and whether that is all. */
  readonly frontier: number
  readonly ended: boolean
}

/** What every view gets, and all it gets: the same moment, the same selection, and ways to ask for a change of either. */
export interface ViewProps<S> {
  readonly header: TraceHeader
  /** All events so far: folds keep indices into it, and what an event says in full is read here. */
  readonly log: TraceLog
  /** The fold's state at the playhead; a new `version` says that it changed in place. */
  readonly state: S
  readonly version: number
  /** Playhead, virtual µs. */
  readonly time: number
  /** Index of the last event at or before the playhead. */
  readonly event: number
  readonly playing: boolean
  readonly selection: Selection | null
  readonly problems: readonly Problem[]
  /** The scenario of the trace on screen: a view may show its interventions, and what it configures. */
  readonly scenario: Scenario
  /** The topics of the run on screen, row by row as they were before any intervention: where a record read from a partition and offset stands in its table. */
  readonly topics: readonly ResolvedTopic[]
  /** null: the data cannot be changed from here. */
  readonly hands: Hands | null
  /** null: nothing is compared, or not yet. Absent: this is not a view of the centre. */
  readonly compared?: Compared | null
  /** null: it is not known, or not yet. Absent: the view did not ask. */
  readonly calm?: CalmRun | null
  /** null: there is no program behind the picture, or it is not the one that ran. */
  readonly knobs: ProgramKnobs | null
  onselect(selection: Selection | null): void
  /** Appends to the scenario's interventions; what lies behind the playhead makes the run start again. */
  onintervene(intervention: Intervention): void
  /** Moves the playhead: to an event, or to a virtual time in µs. */
  onseek(to: { readonly event: number } | { readonly time: number }): void
  /** What the view last asked to be remembered, in this browser, whatever the scenario: JSON that anyone may have changed. */
  readonly memory?: unknown
  onmemory?(memory: unknown): void
}

/** A view is a folder: index.ts exports one of these; `views/registry.ts` lists them in the order of their tabs. */
export interface ViewDefinition<S> {
  readonly id: string
  /** Key of its name in the dictionary. */
  readonly title: string
  readonly picture: Picture<S>
  /** Has something to show when nothing has run: it then gets a header without a job, and a log without events. */
  readonly withoutRun?: true
  /** Holds the run against one without failures, which is made when the view is opened. */
  readonly againstCalm?: true
  /** Shows two forks at once: there is nothing in it unless something is compared. */
  readonly compares?: true
}
