import type { MenuItem } from '../components/Menu.svelte'
import type { Command } from '../components/CommandPalette.svelte'
import { ProblemError, type Problem } from '../core/problem'
import { say, type Language, type Text } from '../i18n'
import { interventions } from '../i18n/interventions'
import { lessonParts } from '../i18n/lessons'
import { shell } from '../i18n/shell'
import { views } from '../i18n/views'
import type { Shared } from '../scenario/codec'
import { LIMITS } from '../scenario/limits'
import type { PlanSketch } from '../scenario/types'
import { SPEEDS } from '../session/player.svelte'
import type { Session } from '../session/session.svelte'
import { nextMatching, previousMatching } from '../trace/cursor'
import { matcherOf } from '../trace/search'
import { VIEWS } from '../views/registry'
import { openLink } from './arrive'
import type { Desk } from './desk.svelte'
import type { KeyAction } from './keys'
import { isMac } from './keys'
import type { Interventions } from './interventions.svelte'
import { lessonEntries, openLesson } from './lessons'
import type { Shelf } from './shelf.svelte'
import { doPlanAction, planActions, showPlan } from './planActions'
import { loadTemplateEntries, openTemplate } from './templates'
import { tellProblem } from './problemText'

/** What the keyboard, the palette and the menus do. */
export class Actions {
  sheet: 'palette' | 'keys' | 'share' | 'plan' | null = $state(null)
  link = $state('')
  private templates: readonly { readonly id: string; readonly title: string }[] = $state.raw([])

  constructor(
    private readonly session: Session,
    private readonly shelf: Shelf,
    private readonly desk: Desk,
    private readonly interventions: Interventions,
  ) {
    void shelf.refresh()
  }

  /** Asks for the names of the templates, in the language on screen. */
  async prepare(language: Language): Promise<void> {
    this.templates = await loadTemplateEntries(language)
  }

  do(action: KeyAction): void {
    const { session } = this
    const { player } = session
    if (typeof action === 'object') {
      const view = VIEWS[action.view]
      if (view !== undefined) session.openView(view.id)
      return
    }
    switch (action) {
      case 'run':
        void session.run()
        break
      case 'play':
        player.toggle()
        break
      case 'back':
        player.step(-1)
        break
      case 'step':
        player.step(1)
        break
      case 'backSelected':
        this.stepSelected(-1)
        break
      case 'stepSelected':
        this.stepSelected(1)
        break
      case 'start':
        player.pause()
        player.seek({ event: -1 })
        break
      case 'end':
        player.pause()
        player.seek({ time: player.end })
        break
      case 'slower':
      case 'faster': {
        const at = SPEEDS.findIndex((speed) => speed >= player.speed)
        player.speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, (at < 0 ? SPEEDS.length - 1 : at) + (action === 'faster' ? 1 : -1)))]!
        break
      }
      case 'undo':
        session.undo()
        break
      case 'redo':
        session.redo()
        break
      case 'deselect':
        if (this.interventions.armed) this.interventions.armed = false
        else session.select(null)
        break
      case 'kill':
        this.interventions.arm()
        break
      case 'palette':
        this.sheet = 'palette'
        break
      case 'help':
        this.sheet = 'keys'
        break
    }
  }

  /** To the next or previous event that the selection is about; without a selection, any event. */
  private stepSelected(by: 1 | -1): void {
    const { session } = this
    const { header, log } = session.runner
    if (header === null || log === null) return
    if (session.selection === null) return session.player.step(by)
    session.player.pause()
    const matches = matcherOf(session.selection, header, log)
    const moment = { time: session.player.time, event: session.player.event }
    const found = by > 0 ? nextMatching(log, moment, matches) : previousMatching(log, moment, matches)
    if (found === null) session.tell(this.t(shell.noneOfSelection), undefined, 2500)
    else session.player.seek({ event: found.event })
  }

  private t(text: Text, args?: Record<string, string | number>): string {
    return say(text, this.session.settings.get('language'), args)
  }

  // Sharing

  /** The scenario with the moment, and the names of its boxes. */
  shared(): Shared {
    const { session } = this
    const graph = session.scenario.plan === undefined ? session.runner.header?.executionGraph.job : undefined
    const plan: PlanSketch | null =
      graph !== undefined && !session.edited
        ? {
            vertices: graph.vertices.map(({ name, parallelism }) => ({ name, parallelism })),
            edges: graph.edges.map(({ fromVertex, toVertex, partitioner }) => [fromVertex, toVertex, partitioner.name] as const),
          }
        : session.sketch
    return { scenario: session.scenario, bookmark: session.bookmark(), ...(plan === null ? {} : { plan }) }
  }

  async share(): Promise<void> {
    const { encodeLink } = await import('../scenario/codec')
    const encoded = encodeLink(this.shared())
    if ('problem' in encoded) {
      this.session.tell(this.t(shell.linkTooLong))
      void this.exportFile()
      return
    }
    const { origin, pathname } = window.location
    this.link = `${origin === 'null' ? 'file://' : origin}${pathname}#${encoded.fragment}`
    this.sheet = 'share'
    // The clipboard may be refused; the sheet has the link selected then.
    void navigator.clipboard?.writeText(this.link).catch(() => {})
  }

  /** The address bar got another link while the page was open. */
  async followLink(): Promise<void> {
    const { session } = this
    const before = session.scenario
    if (await openLink(session, window.location.hash))
      session.tell(this.t(shell.opened, { name: session.scenario.name }), {
        label: this.t(shell.undo),
        act: () => session.open(before, 'library'),
      })
  }

  // Files

  async exportFile(): Promise<void> {
    const { exportScenario } = await import('../session/storage')
    const { name, text } = exportScenario(this.shared())
    this.download(name, new Blob([text], { type: 'application/json' }))
  }

  /** What has been simulated so far, in the format of `tidemark run --trace`. */
  async exportTrace(): Promise<void> {
    const { header, log } = this.session.runner
    if (header === null || log === null) return
    const { encodeTrace, pagesOf } = await import('../trace/codec')
    this.download(`${this.session.scenario.name || 'run'}.trace`, new Blob([encodeTrace(header, pagesOf(log)) as BlobPart]))
  }

  private download(name: string, content: Blob): void {
    const url = URL.createObjectURL(content)
    const anchor = document.createElement('a')
    anchor.href = url
    anchor.download = name
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }

  async openFiles(files: FileList | null): Promise<void> {
    const { session } = this
    for (const file of files ?? []) {
      const { importScenario, isScenarioFile } = await import('../session/storage')
      if (!isScenarioFile(file) && !/\.json$/i.test(file.name)) {
        session.pane = 'events'
        continue
      }
      try {
        if (!isScenarioFile(file) && file.size <= LIMITS.plan) {
          const text = await file.text()
          const { mayBePlan } = await import('./plans')
          if (mayBePlan(text)) {
            const wrong = await showPlan(session, text)
            if (wrong !== null) throw new ProblemError(wrong)
            continue
          }
        }
        const { scenario, bookmark, plan } = await importScenario(file)
        session.open(scenario, 'link', { bookmark: bookmark ?? null, sketch: plan ?? null })
        session.tell(this.t(shell.opened, { name: scenario.name }))
      } catch (error) {
        this.tellError(error)
      }
    }
  }

  programMenu(language: Language): readonly MenuItem[] {
    return planActions(this.session, language)
  }

  showPlan(text: string): Promise<Problem | null> {
    return showPlan(this.session, text)
  }

  /** One of `planActions`. */
  plan(id: string): void {
    if (id === 'plan:paste') this.sheet = 'plan'
    else void doPlanAction(this.session, id, (name, text) => this.download(name, new Blob([text], { type: 'application/json' })))
  }

  private tellError(error: unknown): void {
    if (!(error instanceof ProblemError)) throw error
    const { sentence, hint } = tellProblem(error.problem, this.session.settings.get('language'))
    this.session.tell(`${sentence} ${hint}`)
  }

  // Library

  crumb(language: Language): string | null {
    const { lesson } = this.session.scenario
    if (lesson === undefined) return null
    const part = lessonParts[lesson.split('/')[0]!]
    return part === undefined ? say(shell.lessons, language) : `${say(shell.lessons, language)} / ${say(part, language)}`
  }

  library(language: Language): readonly MenuItem[] {
    const t = (text: Text) => say(text, language)
    const { session, shelf } = this
    return [
      { id: 'new', label: t(shell.newScenario) },
      { id: 'import', label: t(shell.importFile) },
      { id: 'export', label: t(shell.exportFile) },
      ...(session.runner.log !== null ? [{ id: 'trace', label: t(shell.exportTrace) }] : []),
      { id: 'copy', label: t(shell.duplicate) },
      ...(session.id !== null ? [{ id: 'delete', label: t(shell.deleteScenario) }] : []),
      { id: 'h-lessons', label: t(shell.lessons), heading: true },
      ...lessonEntries(language).map(({ id, title }) => ({ id: `lesson:${id}`, label: title, checked: session.scenario.lesson === id })),
      { id: 'h-templates', label: t(shell.templates), heading: true },
      ...this.templates.map(({ id, title }) => ({ id: `template:${id}`, label: title })),
      ...(shelf.entries.length > 0 ? [{ id: 'h-mine', label: t(shell.mine), heading: true }] : []),
      ...shelf.entries.map((entry) => ({
        id: `mine:${entry.id}`,
        label: entry.name || t(shell.untitled),
        checked: entry.id === session.id,
      })),
    ]
  }

  choose(id: string): void {
    void this.chosen(id).catch((error: unknown) => this.tellError(error))
  }

  private async chosen(id: string): Promise<void> {
    const { session, shelf } = this
    const [what, rest = ''] = [id.split(':')[0]!, id.slice(id.indexOf(':') + 1)]
    await session.save()
    switch (what) {
      case 'new': {
        const { newScenario } = await import('../scenario/defaults')
        session.open(newScenario({ name: this.t(shell.untitled) }), 'new')
        session.pane = 'program'
        break
      }
      case 'import': {
        const input = document.createElement('input')
        input.type = 'file'
        input.accept = '.json'
        input.onchange = () => void this.openFiles(input.files)
        input.click()
        break
      }
      case 'export':
        await this.exportFile()
        break
      case 'trace':
        await this.exportTrace()
        break
      case 'copy':
        session.id = null
        session.edit('program', (scenario) => ({ ...scenario, name: `${scenario.name} 2` }))
        break
      case 'delete':
        await shelf.remove(session.id!, (name, undo) =>
          session.tell(this.t(shell.deleted, { name }), { label: this.t(shell.undo), act: undo }),
        )
        break
      case 'lesson':
        await openLesson(session, this.desk, rest)
        void session.run({ play: this.desk.step?.scene.at === undefined })
        // Its step is bound to a moment, which the run has yet to come to.
        this.desk.await()
        break
      case 'template':
        await openTemplate(session, rest)
        break
      case 'mine': {
        const { scenario, bookmark, plan } = await shelf.load(rest)
        session.open(scenario, 'library', { id: rest, bookmark: bookmark ?? null, sketch: plan ?? null })
        break
      }
    }
    await shelf.refresh()
  }

  // Palette

  commands(language: Language): readonly Command[] {
    const t = (text: Text, args?: Record<string, string | number>) => say(text, language, args)
    const { runner } = this.session
    const on = runner.log !== null
    const mac = isMac()
    const named = (text: Text) => t(text)
    return [
      { id: 'run', group: t(shell.groupDo), label: t(shell.run), keys: mac ? '⌘↵' : 'Ctrl ↵' },
      ...(runner.underWay ? [{ id: 'stop', group: t(shell.groupDo), label: t(shell.stop) }] : []),
      ...(runner.phase === 'stopped' ? [{ id: 'goOn', group: t(shell.groupDo), label: t(shell.goOn) }] : []),
      { id: 'share', group: t(shell.groupDo), label: t(shell.share) },
      { id: 'undo', group: t(shell.groupDo), label: t(shell.undo), keys: mac ? '⌘Z' : 'Ctrl Z' },
      { id: 'redo', group: t(shell.groupDo), label: t(shell.redo) },
      ...planActions(this.session, language).map((action) => ({ ...action, group: t(shell.groupDo) })),
      ...(on
        ? [
            { id: 'play', group: t(shell.groupGo), label: t(this.session.player.playing ? shell.pause : shell.play), keys: 'Space' },
            { id: 'start', group: t(shell.groupGo), label: t(shell.start), keys: 'Home' },
            { id: 'end', group: t(shell.groupGo), label: t(shell.end), keys: 'End' },
            { id: 'stepSelected', group: t(shell.groupGo), label: t(shell.nextOfSelection), keys: 'Shift →' },
            { id: 'kill', group: t(shell.groupDo), label: t(interventions.paletteStop), keys: 'K' },
            ...this.interventions.commands().map(({ id, label }) => ({ id: `intervene:${id}`, group: t(shell.groupDo), label })),
            { id: 'backSelected', group: t(shell.groupGo), label: t(shell.previousOfSelection), keys: 'Shift ←' },
          ]
        : []),
      ...VIEWS.map((view, i) => ({
        id: `view:${i}`,
        group: t(shell.groupView),
        label: named((views as Readonly<Record<string, Text>>)[view.title]!),
        keys: String(i + 1),
      })),
      { id: 'split:one', group: t(shell.groupView), label: t(shell.splitOne) },
      { id: 'split:side', group: t(shell.groupView), label: t(shell.splitSide) },
      { id: 'split:stack', group: t(shell.groupView), label: t(shell.splitStack) },
      ...(['lesson', 'program', 'events', 'cluster'] as const).map((pane) => ({
        id: `pane:${pane}`,
        group: t(shell.groupShow),
        label: t({ lesson: shell.tabLesson, program: shell.tabProgram, events: shell.tabEvents, cluster: shell.tabCluster }[pane]),
      })),
      { id: 'theme:system', group: t(shell.theme), label: t(shell.themeSystem) },
      { id: 'theme:light', group: t(shell.theme), label: t(shell.themeLight) },
      { id: 'theme:dark', group: t(shell.theme), label: t(shell.themeDark) },
      { id: 'times:clock', group: t(shell.groupShow), label: t(shell.timesClock) },
      { id: 'times:offset', group: t(shell.groupShow), label: t(shell.timesOffset) },
      { id: 'times:raw', group: t(shell.groupShow), label: t(shell.timesRaw) },
      { id: 'language:en', group: t(shell.language), label: 'English' },
      { id: 'language:zh', group: t(shell.language), label: '中文' },
      ...this.library(language)
        .filter(({ heading }) => heading !== true)
        .map(({ id, label }) => ({ id: `library:${id}`, group: t(shell.groupOpen), label })),
      { id: 'help', group: t(shell.groupShow), label: t(shell.keys), keys: '?' },
    ]
  }

  command(id: string): void {
    const { session } = this
    const { settings } = session
    const [what, rest = ''] = [id.split(':')[0]!, id.slice(id.indexOf(':') + 1)]
    switch (what) {
      case 'view':
        return this.do({ view: Number(rest) })
      case 'split':
        return session.arrange(
          rest as 'one' | 'side' | 'stack',
          VIEWS.map((view) => view.id),
        )
      case 'pane':
        session.pane = rest as typeof session.pane
        return settings.set({ leftCollapsed: false })
      case 'theme':
        return settings.set({ theme: rest as 'system' | 'light' | 'dark' })
      case 'times':
        return settings.set({ timesShown: rest as 'clock' | 'offset' | 'raw' })
      case 'language':
        return settings.set({ language: rest as Language })
      case 'library':
        return this.choose(rest)
      case 'plan':
        return this.plan(id)
      case 'share':
        void this.share()
        return
      case 'intervene':
        return this.interventions.command(rest)
      case 'stop':
        return session.runner.stop()
      case 'goOn':
        return session.runner.resume()
      default:
        return this.do(id as Exclude<KeyAction, object>)
    }
  }
}
