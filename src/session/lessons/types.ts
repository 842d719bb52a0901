import type { Text } from '../../i18n'
import type { Scenario } from '../../scenario/types'
import type { LessonChecks } from '../../trace/predicates'

export type StepKind = 'question' | 'predict' | 'see' | 'change' | 'do' | 'carry'

/** Of the Graph view: operators, tasks, or their subtasks. */
export type Stage = 'program' | 'tasks' | 'subtasks'

/** What a step binds the screen to; everything is optional but the kind. */
export interface Scene {
  readonly kind: StepKind
  /** A fact's moment, or virtual µs. */
  readonly at?: { readonly fact: string } | { readonly time: number }
  readonly views?: readonly string[]
  /** Which of its stages the Graph view shows. */
  readonly stage?: Stage
  /** The program's text stands in front of the views: they would give the answer away. A prediction that is made takes it away. */
  readonly cover?: 'program'
  /** The stretch of the run that the timeline shows, virtual µs: where a moment is to be marked it must be wide enough to hit. */
  readonly span?: { readonly from: number; readonly to: number }
  /** The fact whose selection is selected. */
  readonly select?: string
  /** The prediction that is asked. */
  readonly ask?: string
}

/** Texts are HTML made from Markdown, free of anything that runs, with `{{fact}}` places still open (facts.ts fills them). */
export interface Step {
  readonly title: string
  readonly html: string
  readonly why: string | null
  readonly hints: readonly string[]
  readonly solution: string | null
  readonly scene: Scene
}

export interface Lesson {
  /** `02-time/06-watermarks`. */
  readonly id: string
  readonly number: number
  readonly title: Text
  readonly steps: { readonly en: readonly Step[]; readonly zh: readonly Step[] }
  /** With the lesson's program in it, and a name in English (`title` has both). */
  readonly scenario: Scenario
  /** A program that passes. */
  readonly solution: string
  /** The checks are run over seeds 1 … seeds. */
  readonly seeds: number
  readonly checks: LessonChecks
}

/** The files of a lesson's folder, as text. */
export interface LessonFiles {
  readonly id: string
  readonly en: string
  readonly zh: string
  readonly scenario: string
  readonly program: string
  readonly solution: string
}
