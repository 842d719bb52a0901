import type { Scenario } from '../scenario/types'

/** Where an edit was made: undoing it shows that pane. */
export type Pane = 'lesson' | 'program' | 'events' | 'cluster'

interface Step {
  readonly scenario: Scenario
  readonly pane: Pane
}

/** Edits with one `group` (a word typed into one cell) that come within this many ms are undone together. */
const TOGETHER = 800
const MOST_STEPS = 500

/** The scenario and its past and future. Scenarios are immutable and share what did not change, so a step is cheap. */
export class History {
  private past: Step[] = []
  private future: Step[] = []
  private group: string | null = null
  private at = 0
  scenario: Scenario = $state.raw() as Scenario
  canUndo = $state(false)
  canRedo = $state(false)

  constructor(scenario: Scenario) {
    this.scenario = scenario
  }

  edit(next: Scenario, pane: Pane, group: string | null = null, now = performance.now()): void {
    if (next === this.scenario) return
    if (group === null || group !== this.group || now - this.at > TOGETHER) {
      this.past.push({ scenario: this.scenario, pane })
      if (this.past.length > MOST_STEPS) this.past.shift()
    }
    this.group = group
    this.at = now
    this.future = []
    this.scenario = next
    this.changed()
  }

  /** The pane whose edit was taken back; null when there is none. */
  undo(): Pane | null {
    return this.move(this.past, this.future)
  }

  redo(): Pane | null {
    return this.move(this.future, this.past)
  }

  /** Another scenario altogether: nothing before it can be undone into it. */
  reset(scenario: Scenario): void {
    this.past = []
    this.future = []
    this.group = null
    this.scenario = scenario
    this.changed()
  }

  private move(from: Step[], to: Step[]): Pane | null {
    const step = from.pop()
    if (step === undefined) return null
    to.push({ scenario: this.scenario, pane: step.pane })
    this.scenario = step.scenario
    this.group = null
    this.changed()
    return step.pane
  }

  private changed(): void {
    this.canUndo = this.past.length > 0
    this.canRedo = this.future.length > 0
  }
}
