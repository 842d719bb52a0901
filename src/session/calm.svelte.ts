import { ProblemError } from '../core/problem'
import { withoutFailures } from '../scenario/calm'
import { scenarioHash } from '../scenario/identity'
import type { Scenario } from '../scenario/types'
import { runBeside } from './beside'
import type { Materials } from './materials'
import { Overlay } from './overlay.svelte'
import type { Services } from './services'

/** The run on screen as it would be without any failure: made when a view asks for it, and kept while the scenario stays. */
export class Calm {
  run: Overlay | null = $state.raw(null)
  private of = ''
  private making: AbortController | null = null

  constructor(
    private readonly services: Services,
    private readonly materials: Materials,
  ) {}

  /** The scenario on screen is this one. Nothing happens if its run is there or on its way. */
  want(scenario: Scenario): void {
    const calm = withoutFailures(scenario)
    const hash = scenarioHash(calm)
    if (hash === this.of) return
    this.drop()
    this.of = hash
    void this.make(calm)
  }

  drop(): void {
    this.making?.abort()
    this.making = null
    this.of = ''
    this.run = null
  }

  private async make(scenario: Scenario): Promise<void> {
    const abort = new AbortController()
    this.making = abort
    let made: Overlay | null = null
    try {
      await runBeside(scenario, this.services, this.materials, {
        need: 0,
        signal: abort.signal,
        wanted: () => true,
        onReady: (shown, frontier, ended) => {
          made = new Overlay(shown)
          made.grown(frontier, ended)
          if (!abort.signal.aborted) this.run = made
        },
        onGrown: (frontier, ended) => made?.grown(frontier, ended),
      })
    } catch (error) {
      // What cannot start is said by the run on screen, which is the same program.
      if (!(error instanceof ProblemError)) throw error
    } finally {
      if (this.making === abort) this.making = null
    }
  }
}
