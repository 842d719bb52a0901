import type { Command } from '../components/CommandPalette.svelte'
import type { MenuItem } from '../components/Menu.svelte'
import { ProblemError, type Problem } from '../core/problem'
import { say, type Language, type Text } from '../i18n'
import { shell } from '../i18n/shell'
import { SPEEDS } from '../session/player.svelte'
import type { Session } from '../session/session.svelte'
import { nextMatching, previousMatching } from '../trace/cursor'
import { matcherOf } from '../trace/search'
import { VIEWS } from '../views/registry'
import { openLink } from './arrive'
import type { Desk } from './desk.svelte'
import { Files } from './files'
import type { Interventions } from './interventions.svelte'
import type { KeyAction } from './keys'
import { LibraryMenu } from './libraryMenu.svelte'
import { commandsOf } from './palette'
import { doPlanAction, planActions, showPlan } from './planActions'
import { filesTrouble } from './services'
import type { Shelf } from './shelf.svelte'
import { Snapshots } from './snapshots.svelte'

/** What the keyboard, the palette and the menus do. */
export class Actions {
  sheet: 'palette' | 'keys' | 'share' | 'plan' | 'gallery' | 'snapshots' | null = $state(null)
  link = $state('')
  /** What whoever sends the link has to know of files. */
  linkNote: string | null = $state(null)
  readonly files: Files
  readonly library: LibraryMenu
  readonly snapshots: Snapshots

  constructor(
    readonly session: Session,
    shelf: Shelf,
    desk: Desk,
    readonly interventions: Interventions,
  ) {
    this.files = new Files(session)
    this.library = new LibraryMenu(session, shelf, desk, this.files)
    this.library.ongallery = () => (this.sheet = 'gallery')
    this.library.onsnapshots = () => (this.sheet = 'snapshots')
    this.snapshots = new Snapshots(session, this.files)
    this.files.onsnapshot = (file) => this.snapshots.add(file)
    filesTrouble.on = (problem) => this.tellOfFiles(problem)
    void shelf.refresh()
  }

  do(action: KeyAction): void {
    const { session } = this
    const { player } = session
    if (typeof action === 'object') {
      const view = VIEWS[action.view]
      if (view !== undefined && (view.compares !== true || session.comparison.fork !== null)) session.openView(view.id)
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
      case 'fork':
        session.forkHere()
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

  /** Beside what else is wrong with the run; what nobody can mend there is a note. */
  private tellOfFiles(problem: Problem): void {
    const { runner } = this.session
    if (problem.place?.in === 'run') void this.files.tellError(new ProblemError(problem))
    else runner.problems = [...runner.problems, problem]
  }

  // Sharing

  async share(): Promise<void> {
    const { encodeLink } = await import('../scenario/codec')
    const { shared, note } = await this.snapshots.forLink(this.files.shared()).catch(() => ({ shared: this.files.shared(), note: null }))
    const encoded = encodeLink(shared)
    this.linkNote = note
    if ('problem' in encoded) {
      this.session.tell(this.t(shell.linkTooLong))
      void this.files.exportFile()
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

  programMenu(language: Language): readonly MenuItem[] {
    return planActions(this.session, language)
  }

  showPlan(text: string): Promise<Problem | null> {
    return showPlan(this.session, text)
  }

  /** One of `planActions`. */
  plan(id: string): void {
    if (id === 'plan:paste') this.sheet = 'plan'
    else void doPlanAction(this.session, id, (name, text) => this.files.download(name, new Blob([text], { type: 'application/json' })))
  }

  // Palette

  commands(language: Language): readonly Command[] {
    return commandsOf(language, this)
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
        return this.library.choose(rest)
      case 'plan':
        return this.plan(id)
      case 'share':
        void this.share()
        return
      case 'fork':
        if (rest === id) return this.do('fork')
        void session.switchTo(Number(rest))
        return
      case 'compare':
        session.compare(rest === 'stop' ? null : Number(rest))
        return rest === 'stop' ? undefined : session.openView('compare')
      case 'pair':
        session.comparison.paired = !session.comparison.paired
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
