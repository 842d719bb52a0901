import { untrack } from 'svelte'
import { momentOf, readFacts, type Facts } from '../session/lessons/facts'
import type { Grade } from '../session/lessons/grade'
import type { SeedResult } from '../session/lessons/overSeeds'
import type { Lesson, Stage, Step } from '../session/lessons/types'
import { ProblemError, type Problem } from '../core/problem'
import type { Scenario } from '../scenario/types'
import type { Session } from '../session/session.svelte'
import type { LessonProgress } from '../session/settings.svelte'
import { headless } from './services'

const NO_FACTS: Facts = new Map()

/** The lesson on the desk: its step, what was predicted, what was checked. It outlives a change of pane, and free play. */
export class Desk {
  lesson: Lesson | null = $state.raw(null)
  /** The step's number, from 0. */
  readonly at: number = $derived.by(() => Math.max(0, Math.min((this.lesson?.steps.en.length ?? 1) - 1, this.session.step)))
  /** Virtual µs that the person marked as an answer. */
  guess: number | null = $state(null)
  /** A number that was typed, or the place of a choice. */
  count: number | null = $state(null)
  grade: Grade | 'none' | null = $state.raw(null)
  hints = $state(0)
  /** The stretch that the timeline should show. */
  span: { readonly from: number; readonly to: number } | null = $state.raw(null)
  solutionShown = $state(false)
  /** How often a step chose the stage of the Graph view. */
  staged = $state(0)
  /** The pictures are shown although a step would cover them: a prediction was made, or somebody would rather look. */
  lifted = $state(false)
  /** The list of lessons is open over the lesson. */
  listing = $state(false)
  /** Where there is room for one column, it should be the lesson's text, or the picture. */
  onlook: (at: 'text' | 'picture') => void = () => {}
  /** The step is to be shown as soon as the run has come to its moment. */
  private awaited = $state(false)
  private checked: { readonly of: Scenario; readonly results: readonly SeedResult[] } | null = $state.raw(null)
  /** What the checks said of the scenario as it stands, whatever its seed; of an earlier one they say nothing. */
  readonly results: readonly SeedResult[] = $derived.by(() =>
    this.checked !== null && (differOnlyInSeed(this.checked.of, this.session.scenario) || this.session.scenario === this.opened)
      ? this.checked.results
      : [],
  )
  /** The run of a seed that was opened: what befalls it stands in it. */
  private opened: Scenario | null = $state.raw(null)
  checking = $state(false)
  checkProblem: Problem | null = $state.raw(null)
  private checks: AbortController | null = null

  readonly step: Step | null = $derived.by(() => this.lesson?.steps[this.session.settings.get('language')][this.at] ?? null)
  /** Something is asked and not yet answered. */
  private readonly open: boolean = $derived.by(
    () => this.session.pane === 'lesson' && !this.listing && this.step?.scene.kind === 'predict' && this.grade === null,
  )
  /** The next click on the timeline is an answer. */
  readonly asking: boolean = $derived.by(() => this.open && this.prediction?.ask === 'moment')
  /** The program stands in front of the views. */
  readonly covered: boolean = $derived.by(
    () => this.session.pane === 'lesson' && !this.listing && this.step?.scene.cover !== undefined && this.grade === null && !this.lifted,
  )
  /** What lies behind the playhead is not shown, nor what the pictures would tell. */
  readonly veiled: boolean = $derived.by(() => this.asking || this.covered || (this.open && this.prediction?.ask === 'subtask'))
  /** What the run on screen shows; read when the simulation rests, for a lesson reads the whole trace. */
  readonly facts: Facts = $derived.by(() => {
    const { runner } = this.session
    if (this.lesson === null || runner.header === null || runner.log === null || runner.count === 0) return NO_FACTS
    if (runner.phase === 'simulating' && runner.count < 2000) return NO_FACTS
    // What a hand tries out is no answer yet.
    if (runner.overlay !== null) return this.known?.facts ?? NO_FACTS
    void Math.floor(runner.count / 5000)
    return this.read()
  })
  private known: { readonly log: unknown; readonly events: number; readonly facts: Facts } | null = null

  constructor(readonly session: Session) {
    $effect.root(() => {
      $effect(() => {
        if (!this.awaited || !this.reached) return
        this.awaited = false
        untrack(() => this.show())
      })
    })
  }

  readonly prediction = $derived.by(() => {
    const ask = this.step?.scene.ask
    return ask === undefined ? undefined : this.lesson?.checks.predictions[ask]
  })

  /** The job vertex whose subtasks are asked about; null: none are, or there is no run. */
  readonly askedTask: number | null = $derived.by(() => {
    const { header, log } = this.session.runner
    if (this.prediction?.ask !== 'subtask' || header === null || log === null) return null
    return this.prediction.task({ header, log })
  })

  /** The answer as it stands, in the prediction's unit; null: none yet. */
  readonly given: number | null = $derived.by(() => {
    const { selection } = this.session
    switch (this.prediction?.ask) {
      case 'moment':
        return this.guess === null ? null : this.guess / 1e6
      case 'subtask':
        return selection?.kind === 'subtask' && selection.vertex === this.askedTask ? selection.subtask : null
      default:
        return this.count
    }
  })

  /** The run has come to the moment of the step. */
  private get reached(): boolean {
    const { runner } = this.session
    const scene = this.step?.scene
    if (scene === undefined || runner.log === null) return false
    if (scene.at === undefined) return true
    const moment = momentOf(scene, this.facts)
    return moment !== null && ('event' in moment || runner.complete || moment.time <= runner.frontier)
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
    this.checked = null
    this.lifted = false
    this.listing = false
    this.awaited = false
  }

  /** A lesson that somebody chose: also the one that lies there, with its own scenario again. */
  begin(lesson: Lesson): void {
    if (lesson.id === this.lesson?.id) {
      this.checked = null
      this.listing = false
      this.forget()
    } else this.put(lesson)
  }

  /** Shows the step once the run is there, however long that takes. */
  await(): void {
    this.awaited = true
    this.onlook('text')
  }

  /** Somebody asked to see what the step speaks of. */
  look(): void {
    this.show()
    this.onlook('picture')
  }

  go(at: number): void {
    if (this.lesson === null) return
    this.session.step = Math.max(0, Math.min(this.lesson.steps.en.length - 1, at))
    this.session.onchange()
    this.forget()
    this.remember({ step: this.at })
    // What happens to be selected is no answer.
    if (this.prediction?.ask === 'subtask') this.session.select(null)
    this.awaited = false
    this.show()
  }

  /** How far the person came in the lesson on the desk; never less than it was. */
  private remember(reached: Partial<LessonProgress>): void {
    const { lesson, session } = this
    if (lesson === null) return
    const all = session.settings.get('lessons')
    const known = all[lesson.id] ?? { step: 0, done: false }
    const now = { step: Math.max(known.step, reached.step ?? 0), done: known.done || reached.done === true }
    if (now.step !== known.step || now.done !== known.done || !(lesson.id in all))
      session.settings.set({ lessons: { ...all, [lesson.id]: now } })
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
  show(): void {
    const scene = this.step?.scene
    const { session } = this
    if (scene === undefined) return
    if (scene.span !== undefined) this.span = { ...scene.span }
    const stage = scene.stage ?? (scene.views?.includes('graph') === true ? 'subtasks' : undefined)
    if (stage !== undefined) {
      session.memories.set('graph', { stage } satisfies { stage: Stage })
      this.staged++
    }
    if (session.runner.log === null) return
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
    const { given } = this
    if (given === null) return
    const { gradePrediction } = await import('../session/lessons/grade')
    const { runner } = this.session
    let grade = gradePrediction(prediction, given, { header, log })
    // The run may have yet to come to it.
    while (grade === null && runner.log === log && runner.underWay) {
      await new Promise((done) => setTimeout(done, 100))
      grade = gradePrediction(prediction, given, { header, log })
    }
    if (runner.log !== log || this.prediction !== prediction) return
    this.grade = grade ?? 'none'
    this.lifted = true
  }

  /** Runs what the person wrote over all seeds of the lesson, in sandboxes of their own. */
  async check(): Promise<void> {
    const { lesson, session } = this
    if (lesson === null || this.checking || !session.mayRun()) return
    this.checking = true
    const { signal } = (this.checks = new AbortController())
    const { scenario } = session
    let results: readonly SeedResult[] = []
    this.checked = { of: scenario, results }
    this.checkProblem = null
    await session.save()
    try {
      const { checkOverSeeds } = await import('../session/lessons/overSeeds')
      for await (const result of checkOverSeeds(lesson.checks, scenario, lesson.seeds, headless, signal))
        this.checked = { of: scenario, results: (results = [...results, result]) }
      if (results.length === lesson.seeds && results.every(({ passed }) => passed)) this.remember({ done: true })
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

  /** Runs the scenario as it was checked with a seed, with what befalls it there. */
  async openSeed(seed: number): Promise<void> {
    const { lesson, session } = this
    if (lesson === null) return
    const { ofSeed } = await import('../session/lessons/overSeeds')
    session.edit('cluster', (scenario) => ofSeed(lesson.checks, scenario, seed))
    this.opened = session.scenario
    void session.run()
  }
}

/** Edits share what they leave as it was. */
const differOnlyInSeed = (a: Scenario, b: Scenario): boolean =>
  a.program === b.program &&
  a.topics === b.topics &&
  a.cluster === b.cluster &&
  a.configuration === b.configuration &&
  a.interventions === b.interventions
