import type { EventPage } from '../core/page'
import { ProblemError, problem, type Problem } from '../core/problem'
import type { Run, RunEnd, RunRequest } from '../minicluster/types'
import type { ResolvedTopic, Scenario } from '../scenario/types'
import { TraceLog } from '../trace/log'
import { Replay } from '../trace/replay'
import type { TraceHeader } from '../trace/types'
import type { Playable } from './player.svelte'
import type { Services } from './services'

export type Phase =
  | 'none' //       nothing has run
  | 'compiling'
  | 'loading' //    topics are read
  | 'starting' //   the cluster is set up
  | 'replaying' //  what is on screen is made again, beside it, with other interventions
  | 'simulating'
  | 'resting' //    far enough ahead of the playhead
  | 'stopped' //    by the person; can go on
  | 'ended'
  | 'broken' //     the sandbox had to be torn down
  | 'refused' //    planned, and not simulated yet: there are graphs, and no events
  | 'planned' //    a plan from elsewhere is shown: there is nothing that could run
const UNDER_WAY: readonly Phase[] = ['compiling', 'loading', 'starting', 'replaying', 'simulating']
/** Until then the trace on screen is that of the run before. */
const COMING: readonly Phase[] = ['compiling', 'loading', 'starting', 'replaying']
/** No event will come any more. */
const OVER: readonly Phase[] = ['ended', 'broken', 'refused', 'planned']

/**
 * How far the cluster runs ahead of the playhead: to the end of the data as long as that is not many events, and always
 * some virtual µs (at speed 1), for what happens after the data.
 */
const AHEAD = 60e6
const AHEAD_EVENTS = 200_000
/** One advance: virtual µs at first; it grows while little happens and shrinks while much does, so that bounds are looked at now and then. */
const STRIDE = 5e6
/** Beyond the last arrival, virtual µs: the job's answer to it. */
const AHEAD_AFTER = 10e6
const STRIDE_EVENTS = 10_000

/** One run at a time. A run that cannot start leaves the one before it on screen. */
export class Runner implements Playable {
  phase: Phase = $state('none')
  header: TraceHeader | null = $state.raw(null)
  log: TraceLog | null = $state.raw(null)
  /** The scenario of the trace on screen, and its topics. */
  scenario: Scenario | null = $state.raw(null)
  topics: readonly ResolvedTopic[] = $state.raw([])
  /** Events and virtual µs known; they follow the log once a frame. */
  count = $state(0)
  frontier = $state(0)
  /** Virtual µs at which the last record of the data arrives. */
  readonly expectedEnd: number = $derived.by(() => {
    let last = 0
    for (const { partitions } of this.topics)
      for (const records of partitions) last = Math.max(last, records[records.length - 1]?.arrival ?? 0)
    return last
  })
  /** What stopped the start, or broke the run. */
  problems: readonly Problem[] = $state.raw([])
  readonly underWay = $derived(UNDER_WAY.includes(this.phase))
  /** What is on screen is a plan only: there is nothing to play, and no cluster to lay a hand on. */
  readonly still = $derived(this.phase === 'planned' || this.phase === 'refused')

  /** Of the plan that is shown. */
  assumptions: readonly Problem[] = $state.raw([])

  private run: Run | null = null
  private compiled: RunRequest['compiled'] | null = null
  private generation = 0
  /** The run that a pump is at. One that was disposed of may never answer its pump: the next run does not wait for that. */
  private pumped: Run | null = null
  private dirty = false
  private known = 0
  private position: () => { time: number; event: number; speed: number } = () => ({ time: 0, event: -1, speed: 1 })

  constructor(
    private readonly services: Services,
    private readonly hooks: { started(): void; forked(): void; grown(): void; planned(): void },
  ) {}

  follow(position: () => { time: number; event: number; speed: number }): void {
    this.position = position
  }

  get linkLatency(): number {
    return this.header?.linkLatency ?? 0
  }

  get complete(): boolean {
    return OVER.includes(this.phase)
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
      this.scenario = scenario
      this.header = header
      this.log = new TraceLog()
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
    const before: Phase = this.log === null ? 'none' : this.complete ? this.phase : 'stopped'
    this.run?.pause()
    this.problems = []
    try {
      this.phase = 'compiling'
      const compiled = await this.services.compile(scenario.program.text)
      if (generation !== this.generation) return false
      this.phase = 'loading'
      const topics = await this.services.resolveTopics(scenario)
      if (generation !== this.generation) return false
      this.phase = 'starting'
      const run = await this.services.startRun({ scenario, compiled, topics, tracing: true })
      if (generation !== this.generation) {
        run.dispose()
        return false
      }
      this.compiled = compiled
      this.topics = topics
      this.show(run, scenario, new TraceLog(), 0)
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
   * The same program and data again, with interventions that differ only from virtual µs `from` on. What is on screen stays until the new
   * run has come as far as `until`, and must come out the same before `from`: if it does not, that is told as a fault of ours.
   * False if it cannot start, or something else was started or stopped meanwhile.
   */
  async fork(scenario: Scenario, from: number, until: number): Promise<boolean> {
    const { log, compiled, topics } = this
    if (log === null || compiled === null) return false
    const generation = ++this.generation
    const before: Phase = this.complete ? this.phase : 'stopped'
    this.run?.pause()
    this.problems = []
    this.phase = 'replaying'
    let run: Run | null = null
    try {
      run = await this.services.startRun({ scenario, compiled, topics, tracing: true })
      const replay = new Replay(log, log.lastAt(from - 1) + 1)
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
      this.show(run, scenario, replay.log, reached)
      if (replay.state.state === 'diverged') this.problems = [divergence(replay.state.event)]
      this.phase = 'simulating'
      this.settle(end)
      this.hooks.forked()
      if (this.phase === 'simulating') void this.pump()
      return true
    } catch (error) {
      run?.dispose()
      if (generation !== this.generation) return false
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

  private show(run: Run, scenario: Scenario, log: TraceLog, reached: number): void {
    this.run?.dispose()
    this.run = run
    this.scenario = scenario
    this.header = run.header
    this.log = log
    this.count = log.length
    this.known = this.frontier = reached
  }

  private settle(end: RunEnd): void {
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
      this.phase = this.log === null ? 'none' : 'stopped'
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
    this.header = this.log = this.scenario = this.compiled = null
    this.topics = []
    this.problems = []
    this.assumptions = []
    this.known = this.count = this.frontier = 0
    this.phase = 'none'
  }

  wanted(): void {
    if (this.phase === 'resting' && this.target() > this.known + 1) {
      this.phase = 'simulating'
      void this.pump()
    }
  }

  private target(): number {
    const { time, event, speed } = this.position()
    const ahead = (this.log?.length ?? 0) - event
    if (ahead > 2 * AHEAD_EVENTS && this.known > time) return this.known
    const near = time + AHEAD * Math.max(0.2, Math.min(20, speed))
    return ahead < AHEAD_EVENTS ? Math.max(near, this.expectedEnd + AHEAD_AFTER) : near
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
        if (target <= this.known + 1) {
          this.phase = 'resting'
          break
        }
        const before = this.log!.length
        const end = await run.advance(Math.min(target, this.known + stride), (page) => generation === this.generation && this.take(page))
        if (generation !== this.generation) break
        this.known = Math.max(this.known, end.frontier)
        stride = this.log!.length - before < STRIDE_EVENTS ? stride * 2 : Math.max(10_000, stride / 2)
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
    this.log!.append(page)
    if (page.count > 0) this.known = Math.max(this.known, page.time[page.count - 1]!)
    this.soon()
  }

  private soon(): void {
    if (this.dirty) return
    this.dirty = true
    requestAnimationFrame(() => this.flush())
  }

  private flush(): void {
    this.dirty = false
    this.count = this.log?.length ?? 0
    this.frontier = this.known
    this.hooks.grown()
  }
}

const divergence = (event: number): Problem =>
  problem('internal', { message: `event ${event} of the run did not come out as before` }, { in: 'run' })

/** Anything but a problem is a fault of ours, and says so. */
function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return problem('internal', { message }, { in: 'run' })
}
