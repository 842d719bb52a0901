import type { EventPage } from '../core/page'
import type { Problem } from '../core/problem'
import { lastArrival } from '../minicluster/dataEnd'
import type { Run, RunEnd } from '../minicluster/types'
import type { ResolvedTopic, Scenario } from '../scenario/types'
import { TraceLog } from '../trace/log'
import { Replay } from '../trace/replay'
import type { TraceHeader } from '../trace/types'
import type { KnownRun, Shown } from './known'
import type { Overlay } from './overlay.svelte'
import type { Materials } from './materials'
import { nextStride, STRIDE, wantedUntil, type Position } from './pace'
import { COMING, OVER, UNDER_WAY, type Phase } from './phases'
import type { Playable } from './player.svelte'
import { divergence, problemOf } from './problems'
import type { Services } from './services'

const NO_TOPICS: readonly ResolvedTopic[] = []

/** One run at a time. A run that cannot start leaves the one before it on screen. */
export class Runner implements Playable {
  phase: Phase = $state('none')
  private own: Shown | null = $state.raw(null)
  private ownCount = $state(0)
  private ownFrontier = $state(0)
  /** What stands in front of the run: a preview, or a fork that is known already while its run comes as far. */
  overlay: Overlay | null = $state.raw(null)
  /** Virtual µs at which the last record of the data arrives. */
  readonly expectedEnd: number = $derived.by(() => lastArrival(this.topics))
  /** What stopped the start, or broke the run. */
  problems: readonly Problem[] = $state.raw([])
  readonly underWay = $derived(UNDER_WAY.includes(this.phase))
  /** What is on screen is a plan only: there is nothing to play, and no cluster to lay a hand on. */
  readonly still = $derived(this.phase === 'planned' || this.phase === 'refused')

  /** Of the plan that is shown. */
  assumptions: readonly Problem[] = $state.raw([])

  private run: Run | null = null
  private generation = 0
  /** The run that a pump is at. One that was disposed of may never answer its pump: the next run does not wait for that. */
  private pumped: Run | null = null
  private dirty = false
  private reached = 0
  /** Nothing comes after what is known of it. */
  private over = false
  private position: () => Position = () => ({ time: 0, event: -1, speed: 1 })

  constructor(
    private readonly services: Services,
    private readonly materials: Materials,
    private readonly hooks: {
      started(): void
      forked(): void
      grown(): void
      planned(): void
      /** Another run takes the place of this one. */
      left(known: KnownRun): void
    },
  ) {}

  private get front(): Shown | null {
    return this.overlay?.shown ?? this.own
  }
  get header(): TraceHeader | null {
    return this.front?.header ?? null
  }
  get log(): TraceLog | null {
    return this.front?.log ?? null
  }
  /** The scenario of the trace on screen, and its topics. */
  get scenario(): Scenario | null {
    return this.front?.scenario ?? null
  }
  get topics(): readonly ResolvedTopic[] {
    return this.front?.topics ?? NO_TOPICS
  }
  /** Events and virtual µs known; they follow the log once a frame. */
  get count(): number {
    return this.overlay?.count ?? this.ownCount
  }
  get frontier(): number {
    return this.overlay?.frontier ?? this.ownFrontier
  }
  /** The run behind any overlay. */
  get behind(): Shown | null {
    return this.own
  }

  follow(position: () => Position): void {
    this.position = position
  }

  get linkLatency(): number {
    return this.header?.linkLatency ?? 0
  }

  get complete(): boolean {
    return this.overlay?.ended ?? OVER.includes(this.phase)
  }

  /** What is known of the run behind any overlay; null: nothing, or a plan only. */
  get known(): KnownRun | null {
    if (this.own === null || this.still) return null
    return { ...this.own, frontier: this.reached, ended: this.over }
  }

  /**
   * Shows the scenario's plan in place of any run. What is wrong with it is among `problems`; the plan that was shown before it then stays.
   */
  async showPlan(scenario: Scenario): Promise<void> {
    if (this.phase !== 'planned') {
      this.clear()
      this.phase = 'planned'
    }
    const generation = ++this.generation
    try {
      const { header, assumptions } = await this.services.readPlan(scenario)
      if (generation !== this.generation) return
      this.own = { scenario, header, log: new TraceLog(), topics: NO_TOPICS }
      this.assumptions = assumptions
      this.problems = []
    } catch (error) {
      if (generation !== this.generation) return
      this.assumptions = []
      this.problems = [problemOf(error)]
    }
    this.hooks.planned()
  }

  /** Compiles, reads the topics, sets the cluster up, and begins to simulate. False if something in the scenario must be mended first. */
  async start(scenario: Scenario): Promise<boolean> {
    const generation = ++this.generation
    const before: Phase = this.own === null ? 'none' : OVER.includes(this.phase) ? this.phase : 'stopped'
    this.run?.pause()
    this.problems = []
    try {
      this.phase = 'compiling'
      const compiled = await this.materials.compiled(scenario)
      if (generation !== this.generation) return false
      this.phase = 'loading'
      const topics = await this.materials.resolved(scenario)
      if (generation !== this.generation) return false
      this.phase = 'starting'
      const run = await this.services.startRun({ scenario, compiled, topics, tracing: true })
      if (generation !== this.generation) {
        run.dispose()
        return false
      }
      this.show(run, { scenario, topics, header: run.header, log: new TraceLog() }, 0)
      this.phase = 'simulating'
      this.hooks.started()
      void this.pump()
      return true
    } catch (error) {
      if (generation !== this.generation) return false
      this.phase = before
      this.problems = [problemOf(error)]
      return false
    }
  }

  /**
   * Another scenario in place of the one on screen, at the same moment. What is on screen stays until the new run has come as far as `until`.
   * If only interventions differ, from virtual µs `from` on, it must come out the same before that: if it does not, that is told as a fault
   * of ours. `from` null: anything may differ. False if it cannot start, or something else was started or stopped meanwhile.
   */
  async fork(scenario: Scenario, from: number | null, until: number): Promise<boolean> {
    const { own } = this
    if (own === null) return false
    const generation = ++this.generation
    const before: Phase = OVER.includes(this.phase) ? this.phase : 'stopped'
    this.run?.pause()
    this.problems = []
    this.phase = 'replaying'
    let run: Run | null = null
    try {
      const request = await this.materials.request(scenario)
      if (generation !== this.generation) return false
      run = await this.services.startRun(request)
      const replay = new Replay(own.log, from === null ? 0 : own.log.lastAt(from - 1) + 1)
      let end: RunEnd = { state: 'paused' }
      let reached = 0
      while (generation === this.generation && end.state === 'paused' && reached < until) {
        const next = await run.advance(Math.min(until, reached + STRIDE), (page) => void replay.append(page))
        reached = Math.max(reached + 1, next.frontier)
        end = next
      }
      if (generation !== this.generation) {
        run.dispose()
        return false
      }
      this.show(run, { scenario, topics: request.topics, header: run.header, log: replay.log }, reached)
      if (replay.state.state === 'diverged') this.problems = [divergence(replay.state.event)]
      this.phase = 'simulating'
      this.settle(end)
      this.hooks.forked()
      if (this.phase === 'simulating') void this.pump()
      return true
    } catch (error) {
      run?.dispose()
      if (generation !== this.generation) return false
      this.overlay = null
      this.phase = before
      this.problems = [problemOf(error)]
      return false
    }
  }

  /** Gives up what is being started or made again; the trace on screen goes on as it was. */
  giveUp(): void {
    if (!COMING.includes(this.phase)) return
    this.stop()
    this.resume()
  }

  /** A run that is known to its end takes the place of the one on screen. */
  adopt(known: KnownRun): void {
    this.generation++
    this.leave()
    this.own = { scenario: known.scenario, topics: known.topics, header: known.header, log: known.log }
    this.over = true
    this.ownCount = known.log.length
    this.reached = this.ownFrontier = known.frontier
    this.problems = []
    this.phase = 'ended'
    this.hooks.forked()
  }

  private leave(): void {
    const { known } = this
    this.run?.pause()
    this.run?.dispose()
    this.run = null
    this.overlay = null
    if (known !== null) this.hooks.left(known)
  }

  private show(run: Run, shown: Shown, reached: number): void {
    this.leave()
    this.run = run
    this.own = shown
    this.over = false
    this.ownCount = shown.log.length
    this.reached = this.ownFrontier = reached
  }

  private settle(end: RunEnd): void {
    this.over = end.state === 'ended'
    if (end.state === 'ended') this.phase = 'ended'
    else if (end.state === 'broken') {
      this.phase = this.run?.refused === true ? 'refused' : 'broken'
      this.problems = [...this.problems, end.problem]
    }
  }

  /** What was simulated so far stays. */
  stop(): void {
    if (COMING.includes(this.phase)) {
      this.generation++
      this.overlay = null
      this.phase = this.own === null ? 'none' : this.over ? 'ended' : 'stopped'
    } else if (this.phase === 'simulating' || this.phase === 'resting') {
      this.phase = 'stopped'
      this.run?.pause()
    }
  }

  resume(): void {
    if (this.phase !== 'stopped' || this.run === null) return
    this.phase = 'simulating'
    void this.pump()
  }

  /** Forgets the run: another scenario has come. */
  clear(): void {
    this.generation++
    this.run?.pause()
    this.run?.dispose()
    this.run = null
    this.own = this.overlay = null
    this.problems = []
    this.assumptions = []
    this.reached = this.ownCount = this.ownFrontier = 0
    this.phase = 'none'
  }

  wanted(): void {
    if (this.phase === 'resting' && this.target() > this.reached + 1) {
      this.phase = 'simulating'
      void this.pump()
    }
  }

  private target(): number {
    return wantedUntil(this.position(), this.reached, this.own?.log.length ?? 0, this.expectedEnd)
  }

  private async pump(): Promise<void> {
    const generation = this.generation
    const run = this.run!
    if (this.pumped === run) return
    this.pumped = run
    let stride = STRIDE
    try {
      while (this.phase === 'simulating' && generation === this.generation) {
        const target = this.target()
        if (target <= this.reached + 1) {
          this.phase = 'resting'
          break
        }
        const before = this.own!.log.length
        const end = await run.advance(Math.min(target, this.reached + stride), (page) => generation === this.generation && this.take(page))
        if (generation !== this.generation) break
        this.reached = Math.max(this.reached, end.frontier)
        stride = nextStride(stride, this.own!.log.length - before)
        this.soon()
        this.settle(end)
      }
    } catch (error) {
      if (generation === this.generation) {
        this.phase = 'broken'
        this.problems = [...this.problems, problemOf(error)]
      }
    } finally {
      if (this.pumped === run) this.pumped = null
      if (this.phase === 'simulating' && this.run !== null && (this.generation !== generation || this.run !== run)) void this.pump()
      this.flush()
    }
  }

  private take(page: EventPage): void {
    this.own!.log.append(page)
    if (page.count > 0) this.reached = Math.max(this.reached, page.time[page.count - 1]!)
    this.soon()
  }

  private soon(): void {
    if (this.dirty) return
    this.dirty = true
    requestAnimationFrame(() => this.flush())
  }

  private flush(): void {
    this.dirty = false
    this.ownCount = this.own?.log.length ?? 0
    this.ownFrontier = this.reached
    this.hooks.grown()
  }
}
