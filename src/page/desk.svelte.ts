import { readFacts, type Facts } from '../session/lessons/facts'
import type { Grade } from '../session/lessons/grade'
import type { SeedResult } from '../session/lessons/overSeeds'
import type { Lesson, Step } from '../session/lessons/types'
import { ProblemError, type Problem } from '../core/problem'
import type { Session } from '../session/session.svelte'
import { headless } from './services'

const NO_FACTS: Facts = new Map()

/** The lesson on the desk: its step, what was predicted, what was checked. It outlives a change of pane, and free play. */
export class Desk {
  lesson: Lesson | null = $state.raw(null)
  /** The step's number, from 0. */
  readonly at: number = $derived.by(() => Math.max(0, Math.min((this.lesson?.steps.en.length ?? 1) - 1, this.session.step)))
  /** Virtual µs that the person marked as an answer. */
  guess: number | null = $state(null)
  count: number | null = $state(null)
  grade: Grade | 'none' | null = $state.raw(null)
  hints = $state(0)
  /** The stretch that the timeline should show. */
  span: { readonly from: number; readonly to: number } | null = $state.raw(null)
  solutionShown = $state(false)
  results: readonly SeedResult[] = $state.raw([])
  checking = $state(false)
  checkProblem: Problem | null = $state.raw(null)
  private checks: AbortController | null = null

  readonly step: Step | null = $derived.by(() => this.lesson?.steps[this.session.settings.get('language')][this.at] ?? null)
  /** The next click on the timeline is an answer. */
  readonly asking: boolean = $derived.by(
    () => this.session.pane === 'lesson' && this.step?.scene.kind === 'predict' && this.prediction?.ask === 'moment' && this.grade === null,
  )
  /** What the run on screen shows; read when the simulation rests, for a lesson reads the whole trace. */
  readonly facts: Facts = $derived.by(() => {
    const { runner } = this.session
    if (this.lesson === null || runner.header === null || runner.log === null || runner.count === 0) return NO_FACTS
    if (runner.phase === 'simulating' && runner.count < 2000) return NO_FACTS
    void Math.floor(runner.count / 5000)
    return this.read()
  })
  private known: { readonly log: unknown; readonly events: number; readonly facts: Facts } | null = null

  constructor(readonly session: Session) {}

  get prediction() {
    const ask = this.step?.scene.ask
    return ask === undefined ? undefined : this.lesson?.checks.predictions[ask]
  }

  /** Reading is a search through the trace: again only when it has grown by a good part. */
  private read(): Facts {
    const { header, log, phase } = this.session.runner
    const grown =
      this.known === null ||
      this.known.log !== log ||
      log!.length > this.known.events * 1.3 ||
      (phase !== 'simulating' && log!.length > this.known.events)
    if (grown) this.known = { log, events: log!.length, facts: readFacts(this.lesson!.checks, { header: header!, log: log! }) }
    return this.known!.facts
  }

  put(lesson: Lesson | null): void {
    if (lesson?.id === this.lesson?.id) return
    this.lesson = lesson
    this.span = this.session.pane === 'lesson' ? (this.step?.scene.span ?? null) : null
    this.forget()
    this.results = []
  }

  go(at: number): void {
    if (this.lesson === null) return
    this.session.step = Math.max(0, Math.min(this.lesson.steps.en.length - 1, at))
    this.session.onchange()
    this.forget()
    this.show()
  }

  private forget(): void {
    this.guess = null
    this.count = null
    this.grade = null
    this.hints = 0
    this.solutionShown = false
    this.checkProblem = null
  }

  /** Brings what the step speaks of on screen: views, selection, moment. It plays to the moment and stops there. */
  async show(): Promise<void> {
    const scene = this.step?.scene
    const { session } = this
    if (scene === undefined) return
    if (scene.span !== undefined) this.span = { ...scene.span }
    if (session.runner.log === null) return
    const { momentOf } = await import('../session/lessons/facts')
    if (scene.views !== undefined && scene.views.length > 0) {
      session.views = scene.views.length > 1 ? [...scene.views] : [scene.views[0]!, ...session.views.filter((id) => id !== scene.views![0])]
      session.arrangement = scene.views.length > 1 ? (session.arrangement === 'one' ? 'stack' : session.arrangement) : 'one'
      session.focused = 0
    }
    const selection = scene.select === undefined ? undefined : this.facts.get(scene.select)?.selection
    if (selection !== undefined) session.select(selection)
    const moment = momentOf(scene, this.facts)
    if (moment === null) return
    const { player, runner } = session
    const time = 'time' in moment ? moment.time : runner.log!.timeAt(moment.event)
    player.pause()
    if (scene.kind === 'see' && !matchMedia('(prefers-reduced-motion: reduce)').matches) {
      player.seek({ time: Math.max(0, time - 2 * runner.linkLatency - 150_000) })
      player.speed = 0.1
      player.play('event' in moment ? { event: moment.event } : { time })
    } else player.seek(moment)
  }

  mark(time: number): void {
    this.guess = Math.max(0, Math.round(time / 1e5) * 1e5)
  }

  async answer(): Promise<void> {
    const { prediction } = this
    const { header, log } = this.session.runner
    if (prediction === undefined || header === null || log === null) return
    const given = prediction.ask === 'moment' ? (this.guess === null ? null : this.guess / 1e6) : this.count
    if (given === null) return
    const { gradePrediction } = await import('../session/lessons/grade')
    this.grade = gradePrediction(prediction, given, { header, log }) ?? 'none'
  }

  /** Runs what the person wrote over all seeds of the lesson, in sandboxes of their own. */
  async check(): Promise<void> {
    const { lesson, session } = this
    if (lesson === null || this.checking || !session.mayRun()) return
    this.checking = true
    const { signal } = (this.checks = new AbortController())
    this.results = []
    this.checkProblem = null
    await session.save()
    try {
      const { checkOverSeeds } = await import('../session/lessons/overSeeds')
      for await (const result of checkOverSeeds(lesson.checks, session.scenario, lesson.seeds, headless, signal))
        this.results = [...this.results, result]
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      this.checkProblem = error.problem
    } finally {
      this.checking = false
    }
  }

  stop(): void {
    this.checks?.abort()
  }
}
