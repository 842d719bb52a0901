import type { Scenario } from '../scenario/types'
import { scenarioHash } from '../scenario/identity'
import type { Runner } from './runner.svelte'

/** ms without a key after which what was typed of a plan is read. */
export const TYPING = 300

/**
 * What is shown follows the scenario: a plan in it is there at once, in place of any run; when it goes, so does its picture, and what the
 * person ran before it comes back by running again.
 */
export class PlanInHand {
  private timer: ReturnType<typeof setTimeout> | undefined
  /** The scenario whose plan was last asked for. */
  private shown: Scenario | null = null
  /** Hash of the scenario whose run made room for a plan: it may run again without being asked. */
  private ranBefore: string | null = null

  constructor(
    private readonly runner: Runner,
    private readonly hooks: {
      /** A plan takes the place of the run. */
      came(): void
      /** The plan is gone. */
      left(): void
      again(): void
    },
  ) {}

  /** @param rest ms to wait for more to be typed */
  follow(scenario: Scenario, sound: boolean, rest = 0): void {
    const { runner } = this
    if (scenario.plan === undefined) {
      clearTimeout(this.timer)
      if (runner.phase !== 'planned') return
      runner.clear()
      this.hooks.left()
      if (this.ranBefore !== null && this.ranBefore === scenarioHash(scenario)) this.hooks.again()
      return
    }
    if ((runner.phase === 'planned' && this.shown === scenario) || !sound) return
    if (runner.phase !== 'planned') {
      this.ranBefore = runner.scenario === null ? null : scenarioHash(runner.scenario)
      this.hooks.came()
    }
    clearTimeout(this.timer)
    this.shown = scenario
    if (rest === 0) void runner.showPlan(scenario)
    else this.timer = setTimeout(() => void runner.showPlan(scenario), rest)
  }

  /** Another scenario has come: nothing ran before it. */
  forget(): void {
    this.ranBefore = null
  }
}
