import { ProblemError, type Problem } from '../core/problem'
import { scenarioHash } from '../scenario/identity'
import type { Scenario } from '../scenario/types'
import { runBeside } from './beside'
import type { KnownRun } from './known'
import type { Materials } from './materials'
import { Overlay } from './overlay.svelte'
import type { Player } from './player.svelte'
import type { Runner } from './runner.svelte'
import type { Services } from './services'

type Change = (scenario: Scenario) => Scenario

/** ms after which it is said that the picture lags behind the hand. */
const PATIENCE = 100

/** ms that a hand must rest before what comes after the playhead is simulated, too: until then page and worker have other things to do. */
const REST = 120

interface Making {
  readonly scenario: Scenario
  readonly abort: AbortController
  readonly done: Promise<void>
}

/**
 * A person's hand on the data while it moves: each change is simulated beside the run on screen and shown in its place. One run at a time; of
 * what is asked for meanwhile, the last counts. The playhead keeps its time.
 */
export class Hand {
  /** A preview was asked for some time ago, and is not on screen. */
  catchingUp = $state(false)
  /** Why the last preview could not be made. */
  problem: Problem | null = $state.raw(null)

  private next: Change | null = null
  private making: Making | null = null
  private working = false
  private held: { readonly time: number; readonly playing: boolean } | null = null
  private patience: ReturnType<typeof setTimeout> | undefined
  /** When the change that is being made was asked for, by the wall clock. */
  private askedAt = 0
  private makingAt = 0
  /** Ends the rest of the run that is on screen: it goes on, or is given up. */
  private goOn: (on: boolean) => void = () => {}

  constructor(
    private readonly services: Services,
    private readonly materials: Materials,
    private readonly runner: Runner,
    private readonly player: () => Player,
    private readonly scenario: () => Scenario,
  ) {}

  /** Something is in the hand, or it has let go and what came of it is not on screen for good. */
  get holding(): boolean {
    return this.held !== null || this.making !== null || this.runner.overlay !== null
  }

  preview(change: Change): void {
    if (this.runner.behind === null || this.runner.still) return
    this.hold()
    this.next = change
    this.askedAt = performance.now()
    this.patience ??= setTimeout(() => (this.catchingUp = true), PATIENCE)
    this.goOn(false)
    if (!this.working) void this.work()
  }

  /** What was on screen before the first preview is there again. */
  revert(): void {
    if (!this.holding) return
    this.next = null
    this.making?.abort.abort()
    this.goOn(false)
    this.settled()
    this.problem = null
    this.runner.overlay = null
    this.release()
  }

  /**
   * The run of `scenario`, which the hand let go of, as far as it is known: what is on screen already, or what is made for it now. It stays on
   * screen until another run takes its place. null: it cannot be made, or the hand has gone on.
   */
  async settle(scenario: Scenario): Promise<KnownRun | null> {
    this.hold()
    const hash = scenarioHash(scenario)
    const same = (other: Scenario | undefined): boolean => other !== undefined && scenarioHash(other) === hash
    const before = this.making
    this.next = null
    if (before !== null && !same(before.scenario)) before.abort.abort()
    this.goOn(before !== null && same(before.scenario))
    await before?.done
    if (this.next === null && !same(this.runner.overlay?.shown.scenario)) await this.begin(scenario)
    this.settled()
    const { overlay } = this.runner
    return overlay !== null && same(overlay.shown.scenario) ? overlay.known : null
  }

  /** Lets the playhead go on as before the first preview. */
  release(): void {
    const { held } = this
    if (held === null) return
    this.held = null
    this.player().stay(held.time)
    if (held.playing) this.player().play()
  }

  private hold(): void {
    if (this.held !== null) return
    const player = this.player()
    this.held = { time: player.time, playing: player.playing }
    player.pause()
  }

  private settled(): void {
    clearTimeout(this.patience)
    this.patience = undefined
    this.catchingUp = false
  }

  private async work(): Promise<void> {
    this.working = true
    try {
      while (this.next !== null) {
        this.makingAt = this.askedAt
        const scenario = this.next(this.scenario())
        this.next = null
        await this.begin(scenario)
      }
    } finally {
      this.working = false
    }
  }

  private async begin(scenario: Scenario): Promise<void> {
    const abort = new AbortController()
    const making = { scenario, abort, done: this.make(scenario, abort.signal) }
    this.making = making
    await making.done
    if (this.making === making) this.making = null
  }

  /** Until the hand has rested for a while, or has let go; false if it moves on before. */
  private rests(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted || this.next !== null) return Promise.resolve(false)
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), REST)
      this.goOn = (on) => {
        clearTimeout(timer)
        resolve(on)
      }
    })
  }

  /** From the hand's move to the picture of it, for whoever measures. */
  private measure(): void {
    const start = this.makingAt
    requestAnimationFrame(() => {
      performance.clearMeasures('drag')
      performance.measure('drag', { start })
    })
  }

  private async make(scenario: Scenario, signal: AbortSignal): Promise<void> {
    const { runner } = this
    const need = this.held?.time ?? this.player().time
    let overlay: Overlay | null = null
    try {
      await runBeside(scenario, this.services, this.materials, {
        need,
        signal,
        rest: () => this.rests(signal),
        wanted: () => this.next === null,
        onReady: (shown, frontier, ended) => {
          this.problem = null
          overlay = new Overlay(shown)
          overlay.grown(frontier, ended)
          runner.overlay = overlay
          this.player().stay(need)
          if (this.next === null) this.settled()
          this.measure()
        },
        onGrown: (frontier, ended) => overlay?.grown(frontier, ended),
      })
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      // The data is wrong where the hand is now; letting go tells it with its place.
      this.problem = error.problem
      this.settled()
    }
  }
}
