import type { Problem } from '../core/problem'
import { say, type Text } from '../i18n'
import { forks as texts } from '../i18n/forks'
import { plans } from '../i18n/plans'
import { shell } from '../i18n/shell'
import { checkScenario } from '../scenario/checks'
import { setPlan } from '../scenario/edits'
import type { Bookmark, PlanSketch, Scenario, Selection } from '../scenario/types'
import { sameRunUntil, scenarioHash } from '../scenario/identity'
import { arranged, opened, type Places } from './arrangement'
import { Calm } from './calm.svelte'
import { Comparison } from './comparison.svelte'
import { Forks, type StoredFork } from './forks.svelte'
import { Hand } from './hand.svelte'
import { History, type Pane } from './history.svelte'
import { Materials } from './materials'
import { Memories } from './memories'
import { Notes, type WayBack } from './notes.svelte'
import { Overlay } from './overlay.svelte'
import { PlanInHand, TYPING } from './planInHand'
import { Player } from './player.svelte'
import { codeAtKey, each } from './problems'
import { Runner } from './runner.svelte'
import { validFor } from './selection'
import type { Services } from './services'
import { Settings, type Arrangement } from './settings.svelte'

/** Where the scenario in hand came from. */
export type Origin = 'first-visit' | 'library' | 'link' | 'lesson' | 'template' | 'file' | 'new'

export const DEFAULT_VIEWS: readonly string[] = ['graph', 'log']

/**
 * The one mutable object of the page: what is edited, what runs, what moment is shown, what is selected.
 * Everything that a person does goes through a method here.
 */
export class Session {
  readonly settings = new Settings()
  readonly memories = new Memories()
  readonly history: History
  readonly runner: Runner
  readonly player: Player
  readonly forks: Forks
  /** What the views' hands on the data do. */
  readonly hand: Hand
  readonly comparison: Comparison
  /** The run on screen, had nothing failed. */
  readonly calm: Calm

  origin: Origin = $state('new')
  /** Its place in the library; null until it is first saved. */
  id: string | null = $state(null)
  selection: Selection | null = $state.raw(null)
  /** Open views, first the one that stays when there is room for one only. */
  views: readonly string[] = $state.raw(DEFAULT_VIEWS)
  arrangement: Arrangement = $state('one')
  /** Which of the open views has the keys. */
  focused = $state(0)
  pane: Pane = $state('program')
  /** Step of the lesson, from 0: a link or a reload may name one before the lesson is there, and more than it has. */
  step = $state(0)
  /** Of a link that has not run: names only, never trusted. */
  sketch: PlanSketch | null = $state.raw(null)
  note: string | null = $state(null)
  readonly notes = new Notes()
  /** What the editor and the data have to say about the scenario as it stands. */
  syntaxProblems: readonly Problem[] = $state.raw([])
  typeProblems: readonly Problem[] = $state.raw([])
  dataProblems: readonly Problem[] = $state.raw([])
  /** Problems that the trace tells of, up to the playhead. */
  traceProblems: readonly Problem[] = $state.raw([])
  /** A link that could not be opened: what was open stays, and this says why. */
  linkProblem: Problem | null = $state.raw(null)
  /** flink-conf.yaml as it is being typed; what cannot be read of it is not in the scenario, and is kept here. */
  confDraft = $state('')
  confProblems: readonly Problem[] = $state.raw([])
  /** Where to take the person: a line, row or key; a new object each time. */
  goTo: { readonly place: NonNullable<Problem['place']> } | null = $state.raw(null)

  readonly scenario: Scenario = $derived.by(() => this.history.scenario)
  /** What is wrong with the draft alone: the scenario does not hold it. */
  private readonly unreadConf: readonly Problem[] = $derived.by(() => {
    const known = new Set(this.scenarioProblems.map(codeAtKey))
    return this.confProblems.filter((problem) => problem.severity === 'error' && !known.has(codeAtKey(problem)))
  })
  readonly scenarioProblems: readonly Problem[] = $derived.by(() => checkScenario(this.scenario))
  readonly problems: readonly Problem[] = $derived.by(() =>
    each([
      ...this.runner.problems,
      ...(this.runner.header?.warnings ?? []),
      ...this.traceProblems,
      ...this.syntaxProblems,
      ...this.typeProblems,
      ...this.dataProblems,
      ...this.scenarioProblems,
      ...this.unreadConf,
    ]),
  )
  /** The trace on screen is that of an earlier scenario. */
  readonly edited: boolean = $derived.by(() => {
    const { phase, overlay, behind } = this.runner
    return phase !== 'planned' && overlay === null && behind !== null && !sameRun(behind.scenario, this.scenario)
  })
  /** Event times of the run, for how much of a date to show. */
  readonly eventSpan: readonly [first: number, last: number] = $derived.by(() => {
    let first = Infinity
    let last = -Infinity
    for (const topic of this.runner.topics)
      for (const partition of topic.partitions)
        for (const { timestamp } of partition) {
          if (timestamp === null) continue
          if (timestamp < first) first = timestamp
          if (timestamp > last) last = timestamp
        }
    return first <= last ? [first, last] : [this.scenario.cluster.clockStart, this.scenario.cluster.clockStart]
  })

  /** The playhead was moving before the run was made again. */
  private playOn = false
  private readonly plan: PlanInHand
  /** What was last done to the scenario, and in which group of edits: what the fork that comes of it is called. */
  private done: { readonly name: string; readonly group: string | null } | null = null
  /** Called after each change worth keeping. */
  onchange: () => void = () => {}
  /** Called before each run: what was typed is in the library before any of it runs. */
  save: () => Promise<void> = async () => {}
  /** Called when a run has started. */
  onrun: () => void = () => {}

  constructor(scenario: Scenario, services: Services) {
    this.history = new History(scenario)
    const materials = new Materials(services)
    this.forks = new Forks(() => this.onchange())
    this.runner = new Runner(services, materials, {
      started: () => {
        this.player.reset()
        this.sketch = null
        this.traceProblems = []
        this.came()
        this.onrun()
      },
      forked: () => {
        this.player.stay()
        this.traceProblems = []
        this.came()
        this.onrun()
      },
      left: (known) => this.forks.keep(known),
      grown: () => this.player.refresh(),
      planned: () => {
        this.sketch = null
        this.selection = validFor(this.selection, this.runner)
      },
    })
    this.player = new Player(this.runner)
    this.hand = new Hand(
      services,
      materials,
      this.runner,
      () => this.player,
      () => this.scenario,
    )
    this.comparison = new Comparison(services, materials, this.forks)
    this.calm = new Calm(services, materials)
    this.plan = new PlanInHand(this.runner, {
      came: () => {
        this.player.reset()
        this.syntaxProblems = this.typeProblems = this.traceProblems = []
      },
      left: () => this.player.reset(),
      again: () => void this.run({ play: false }),
    })
    this.runner.follow(() => ({ time: this.player.time, event: this.player.event, speed: this.player.speed }))
  }

  /** An edit: `change` gets the scenario and answers with the next. `label` says what it did, for the fork that comes of it. */
  edit(pane: Pane, change: (scenario: Scenario) => Scenario, group: string | null = null, label: string | null = null): void {
    this.history.edit(change(this.scenario), pane, group)
    this.done = { name: label ?? this.t(pane === 'lesson' ? texts.program : texts[pane]), group }
    // What was wrong in this pane may be mended by this edit: the next run says it again if not.
    if (this.runner.problems.some(({ place }) => place?.in === pane))
      this.runner.problems = this.runner.problems.filter(({ place }) => place?.in !== pane)
    this.onchange()
    this.followPlan(group === null ? 0 : TYPING)
  }

  private followPlan(rest = 0): void {
    const sound = !this.scenarioProblems.some(({ severity }) => severity === 'error')
    this.plan.follow(this.scenario, sound, rest)
  }

  undo(): void {
    this.move(() => this.history.undo())
  }

  redo(): void {
    this.move(() => this.history.redo())
  }

  private move(by: () => Pane | null): void {
    const before = this.scenario
    const pane = by()
    if (pane === null) return
    this.notes.settle()
    const { behind } = this.runner
    // What is taken back came on screen by itself, or was about to: so does what takes its place.
    const followed = behind !== null && (this.hand.holding || sameRun(behind.scenario, before))
    this.hand.revert()
    this.show(pane)
    // The run on screen is what one goes back to: what was on its way there is not wanted any more.
    if (behind !== null && sameRun(behind.scenario, this.scenario)) this.runner.giveUp()
    void (followed && sameRunUntil(before, this.scenario) === null ? this.bring() : this.follow(before))
  }

  /**
   * A hand on the running cluster: an edit of the scenario's interventions that shows at once. The run starts again, makes what was before it
   * again, and the playhead keeps its moment. False if nothing came of it on screen: there is no run, or something must be mended first.
   */
  intervene(change: (scenario: Scenario) => Scenario, group: string | null = null, label: string | null = null): Promise<boolean> {
    const before = this.scenario
    this.edit('cluster', change, group, label)
    return this.follow(before)
  }

  /** Lets the run on screen follow an edit, if interventions are all that it changed. */
  private async follow(before: Scenario): Promise<boolean> {
    const { runner, scenario } = this
    const changed = sameRunUntil(before, scenario)
    if (runner.scenario === null || changed === null || changed === Infinity) return false
    await this.save()
    if (scenario !== this.scenario || runner.scenario === null || !this.mayRun()) return false
    const from = sameRunUntil(runner.behind!.scenario, scenario)
    // The program was changed since: all of it runs.
    if (from === null) return this.run()
    if (from === Infinity) {
      runner.giveUp()
      return true
    }
    return this.replay(from)
  }

  /** The scenario in hand in place of the one on screen, whatever is different: what is known of it already is there at once. */
  private async bring(): Promise<boolean> {
    const { runner, player, scenario } = this
    await this.save()
    if (scenario !== this.scenario || runner.behind === null || !this.mayRun()) return false
    const from = sameRunUntil(runner.behind.scenario, scenario)
    if (from === Infinity) {
      runner.giveUp()
      this.came()
      return true
    }
    const known = this.forks.traceOf(scenario)
    if (known?.ended === true) {
      runner.adopt(known)
      this.selection = validFor(this.selection, runner)
      return true
    }
    if (known !== null && known.frontier >= player.time) {
      runner.overlay = new Overlay(known)
      runner.overlay.grown(known.frontier, known.ended)
    }
    return this.replay(from)
  }

  /** Makes the run of the scenario in hand beside the one on screen; the playhead keeps its moment, and goes on if it was moving. */
  private async replay(from: number | null): Promise<boolean> {
    const { runner, player, scenario } = this
    this.playOn ||= player.playing
    player.pause()
    const until = from === null ? player.time : Math.min(from, runner.frontier)
    const forked = await runner.fork(scenario, from, Math.max(player.time, until))
    // The next intervention may have come before this one was there: then it is for that to go on.
    if (runner.phase === 'replaying') return forked
    if (forked) this.selection = validFor(this.selection, runner)
    if (this.playOn) player.play()
    this.playOn = false
    return forked
  }

  /** Shows what would come of a change, beside the run on screen, until it is kept or taken back. */
  preview(change: (scenario: Scenario) => Scenario): void {
    if (this.scenario.plan === undefined) this.hand.preview(change)
  }

  /** Makes a change that was previewed, or not, an edit and a fork by the name of what was done. False: it did not come on screen. */
  async keep(change: (scenario: Scenario) => Scenario, label: string): Promise<boolean> {
    const { runner, hand, scenario: before } = this
    const scenario = change(before)
    if (scenario === before) {
      hand.revert()
      return false
    }
    this.edit(paneOf(before, scenario), () => scenario, null, label)
    if (runner.behind === null || runner.still || !this.mayRun()) {
      hand.revert()
      return false
    }
    const from = this.forks.there
    await this.save()
    // Taken back already.
    if (scenario !== this.scenario) return false
    const known = await hand.settle(scenario)
    if (scenario !== this.scenario) return false
    let shown = true
    if (known?.ended === true) runner.adopt(known)
    else shown = await this.replay(sameRunUntil(runner.behind.scenario, scenario))
    // The hand has gone on, and holds something else.
    if (scenario !== this.scenario) return false
    hand.release()
    if (!shown) return false
    this.selection = validFor(this.selection, runner)
    const after = this.scenario
    const undo = { label: this.t(shell.undo), act: () => this.scenario === after && this.undo() }
    const compare =
      from === null || from.id === this.forks.current
        ? undefined
        : { label: this.t(texts.compareBefore), act: () => this.compareNow(from.id) }
    this.notes.tell(this.t(texts.made, { name: label }), undo, undefined, compare)
    return true
  }

  private came(): void {
    const { behind } = this.runner
    if (behind === null || behind.scenario.plan !== undefined) return
    const name = this.forks.list.length === 0 ? this.t(texts.original) : (this.done?.name ?? this.t(texts.program))
    const before = this.forks.there
    this.forks.came(behind.scenario, name, this.done?.group ?? null)
    // Who compares goes on comparing, with what was on screen.
    if (before !== null && this.comparison.fork?.id === this.forks.current) this.compare(before.id)
  }

  /** What is changed from now on belongs to a fork of its own. */
  forkHere(): void {
    const { runner, player } = this
    if (runner.behind === null || runner.still) return
    const fork = this.forks.gather(this.scenario, this.t(texts.here, { time: `${(player.time / 1e6).toFixed(3)} s` }))
    this.tell(this.t(texts.forked, { name: fork.name }))
  }

  /** Puts another fork on screen, at the same moment. */
  switchTo(id: number): Promise<boolean> {
    const fork = this.forks.get(id)
    if (fork === null || id === this.forks.current) return Promise.resolve(false)
    const before = this.scenario
    this.hand.revert()
    this.edit(paneOf(before, fork.scenario), () => ({ ...fork.scenario, name: before.name }), null, fork.name)
    const left = this.forks.there
    this.forks.select(id)
    if (left !== null && this.comparison.fork?.id === id) this.compare(left.id)
    return this.runner.behind === null ? Promise.resolve(false) : this.bring()
  }

  /** Puts a fork beside the one on screen; null: none any more. */
  compare(id: number | null): void {
    const fork = this.forks.get(id)
    const { paired } = this.comparison
    if (fork === null || this.runner.behind === null) this.comparison.close()
    else {
      this.comparison.open(fork, this.player.time)
      this.comparison.paired = paired
    }
  }

  /** Compares with a fork, and shows where they differ. */
  compareNow(id: number): void {
    this.compare(id)
    if (this.comparison.fork !== null) this.openView('compare')
  }

  removeFork(id: number): void {
    const { list } = this.forks
    const fork = this.forks.get(id)
    if (fork === null || id === this.forks.current) return
    if (this.comparison.fork?.id === id) this.compare(null)
    this.forks.remove(id)
    this.tell(this.t(texts.removed, { name: fork.name }), { label: this.t(shell.undo), act: () => this.forks.restore(list) })
  }

  private t(text: Text, args?: Record<string, string | number>): string {
    return say(text, this.settings.get('language'), args)
  }

  private show(pane: Pane): void {
    if (pane !== 'lesson') this.pane = pane
    this.onchange()
    this.followPlan()
  }

  /**
   * Runs the scenario as it stands. The playhead keeps its moment, so that a change shows there; a run that nobody has looked into yet
   * plays from its start, and a bookmark's moment is one that somebody wants to be looked at: it stays there.
   */
  async run(options: { readonly play?: boolean; readonly from?: number } = {}): Promise<boolean> {
    const { time, playing } = this.player
    const kept = this.runner.log !== null && time > 0 ? time : null
    await this.save()
    if (!this.mayRun()) return false
    const started = await this.runner.start(this.scenario)
    if (started) {
      this.selection = validFor(this.selection, this.runner)
      const from = options.from ?? this.moment ?? kept
      const play = options.play ?? (options.from !== undefined || (this.moment === null && (kept === null || playing)))
      this.moment = null
      if (from !== null) this.player.startAt(from)
      if (play) this.player.play()
    } else {
      const place = this.runner.problems[0]?.place
      if (place !== undefined) this.go(place)
    }
    return started
  }

  /** False, with the person at the place, if something must be mended before anything is started: ten thousand TaskManagers are not tried. */
  mayRun(): boolean {
    // There is nothing in a plan that could run.
    if (this.scenario.plan !== undefined) {
      const language = this.settings.get('language')
      this.tell(say(plans.cannotRun, language), {
        label: say(plans.back, language),
        act: () => this.edit('program', (scenario) => setPlan(scenario, undefined)),
      })
      return false
    }
    const wrong = [...this.scenarioProblems, ...this.unreadConf].find(({ severity }) => severity === 'error')
    if (wrong?.place !== undefined) this.go(wrong.place)
    return wrong === undefined
  }

  /** Another scenario takes the place of this one. Nothing of it runs by that. */
  open(
    scenario: Scenario,
    origin: Origin,
    options: {
      readonly id?: string | null
      readonly bookmark?: Bookmark | null
      readonly sketch?: PlanSketch | null
      readonly forks?: readonly StoredFork[] | undefined
    } = {},
  ): void {
    this.hand.revert()
    this.comparison.close()
    this.calm.drop()
    this.player.reset()
    this.runner.clear()
    this.forks.reset(options.forks ?? [], scenario)
    this.done = null
    this.history.reset(scenario)
    this.origin = origin
    this.id = options.id ?? null
    this.sketch = options.sketch ?? null
    this.note = options.bookmark?.note ?? null
    this.step = options.bookmark?.step ?? 0
    this.selection = options.bookmark?.selection ?? null
    this.syntaxProblems = []
    this.typeProblems = []
    this.dataProblems = []
    this.traceProblems = []
    this.confDraft = ''
    this.confProblems = []
    if (options.bookmark) this.look(options.bookmark)
    this.plan.forget()
    this.onchange()
    this.followPlan()
  }

  /** What a bookmark says of views and pane; its moment waits until the trace is there. */
  look(bookmark: Bookmark): void {
    if (bookmark.views.length > 0) {
      this.views = [...bookmark.views]
      this.arrangement = bookmark.views.length > 1 && this.arrangement === 'one' ? 'one' : this.arrangement
    }
    if (bookmark.pane !== undefined) this.pane = bookmark.pane
    this.moment = bookmark.time > 0 ? bookmark.time : null
  }

  /** Virtual µs to go to once it is simulated. */
  moment: number | null = $state(null)

  bookmark(): Bookmark {
    return {
      time: Math.round(this.player.time > 0 ? this.player.time : (this.moment ?? 0)),
      views: this.arrangement === 'one' ? [this.views[this.focused] ?? this.views[0]!] : this.views,
      pane: this.pane,
      ...(this.pane === 'lesson' && this.scenario.lesson !== undefined ? { step: this.step } : {}),
      ...(this.selection === null ? {} : { selection: this.selection }),
      ...(this.note === null || this.note === '' ? {} : { note: this.note }),
    }
  }

  select(selection: Selection | null): void {
    this.selection = selection
  }

  go(place: NonNullable<Problem['place']>): void {
    if (place.in === 'program' || place.in === 'events' || place.in === 'cluster') this.pane = place.in
    if (place.in === 'plan') this.pane = 'program'
    this.goTo = { place }
    if (this.settings.get('leftCollapsed') && place.in !== 'run') this.settings.set({ leftCollapsed: false })
  }

  /** Shows a view in the focused half. */
  openView(id: string): void {
    this.lay(opened(this, id))
  }

  arrange(arrangement: Arrangement, all: readonly string[]): void {
    this.lay(arranged(this, arrangement, all))
  }

  private lay({ views, arrangement, focused }: Places): void {
    this.views = views
    this.arrangement = arrangement
    this.focused = focused
  }

  tell(text: string, action?: WayBack, ms?: number): void {
    this.notes.tell(text, action, ms)
  }
}

/** The pane where a change is to be seen. */
const paneOf = (before: Scenario, after: Scenario): 'program' | 'events' | 'cluster' =>
  before.program !== after.program ? 'program' : before.topics !== after.topics ? 'events' : 'cluster'

/** Whether two scenarios give the same trace: the name alone does not count. */
const sameRun = (a: Scenario, b: Scenario): boolean => a === b || scenarioHash(a) === scenarioHash(b)
