import type { Problem } from '../core/problem'
import type { Shared } from '../scenario/codec'
import { scenarioHash } from '../scenario/identity'
import type { Session } from '../session/session.svelte'
import type { Autosave, Entry, Library } from '../session/storage'

const KEY = 'tidemark.working'

/** What is remembered of the scenario in hand beside itself. */
interface Working {
  readonly id: string | null
  /** Hash of the scenario that the person last ran: what may run again without being asked. */
  readonly ran: string | null
}

/** The library in IndexedDB, and the saving of what is in hand. Loaded when the page is drawn: nothing waits for it but a reload. */
export class Shelf {
  entries: readonly Entry[] = $state.raw([])
  private library: Promise<Library> | null = null
  private saver: Promise<Autosave> | null = null
  /** Edited since it was opened: worth a place in the library. */
  private touched = false

  constructor(private readonly onproblem: (problem: Problem | null) => void) {}

  private open(): Promise<Library> {
    this.library ??= import('../session/storage').then(async ({ openLibrary }) => {
      const { library, problem } = await openLibrary()
      if (problem !== undefined) this.onproblem(problem)
      return library
    })
    return this.library
  }

  async working(): Promise<{ readonly shared: Shared; readonly id: string | null; readonly mayRun: boolean } | null> {
    const shared = await (await this.open()).loadWorking()
    if (shared === null) return null
    const { id, ran } = readWorking()
    return { shared, id, mayRun: ran !== null && ran === scenarioHash(shared.scenario) }
  }

  async refresh(): Promise<void> {
    this.entries = await (await this.open()).list()
  }

  async load(id: string): Promise<Shared> {
    return (await this.open()).load(id)
  }

  async remove(id: string, tell: (name: string, undo: () => void) => void): Promise<void> {
    const library = await this.open()
    const removed = await library.remove(id)
    await this.refresh()
    tell(removed.stored.name, () => void library.restore(removed).then(() => this.refresh()))
  }

  /** Saves what is in hand a moment after each change, and at once when asked. */
  attach(session: Session, shared: () => Shared): void {
    let scenario = session.scenario
    let origin = session.origin
    const save = async (now: Shared): Promise<void> => {
      const library = await this.open()
      await library.saveWorking(now)
      if (this.touched || session.runner.scenario !== null) leaveLink()
      if (this.touched) {
        const known = session.id !== null && (await library.list()).some(({ id }) => id === session.id)
        const entry = known ? await library.save(session.id!, now) : await library.add(now)
        session.id = entry.id
        this.entries = await library.list()
      }
      this.remember(session)
    }
    const saver = (): Promise<Autosave> =>
      (this.saver ??= import('../session/storage').then(({ autosave }) => autosave(save, (problem) => this.onproblem(problem))))
    session.onchange = () => {
      const { canUndo, canRedo } = session.history
      if (session.origin !== origin || (!canUndo && !canRedo)) this.touched = false
      else if (session.scenario !== scenario) this.touched = true
      scenario = session.scenario
      origin = session.origin
      void saver().then((autosave) => autosave.changed(shared()))
    }
    session.save = async () => {
      const autosave = await saver()
      autosave.changed(shared())
      await autosave.flush()
    }
    session.onrun = () => {
      this.remember(session)
      session.onchange()
    }
  }

  private remember(session: Session): void {
    const working: Working = {
      id: session.id,
      ran:
        session.runner.scenario === null ? (session.origin === 'link' ? null : readWorking().ran) : scenarioHash(session.runner.scenario),
    }
    try {
      localStorage.setItem(KEY, JSON.stringify(working))
    } catch {
      // Storage is forbidden: a reload then waits for Run.
    }
  }
}

/**
 * The address names a link that was opened; once its scenario was changed or run, and that is kept, it is no longer what is in hand: a
 * reload must bring back what is.
 */
function leaveLink(): void {
  const { hash, pathname, search } = window.location
  if (hash !== '') window.history.replaceState(null, '', pathname + search)
}

function readWorking(): Working {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? 'null')
    if (typeof found === 'object' && found !== null) {
      const { id, ran } = found as { id?: unknown; ran?: unknown }
      return { id: typeof id === 'string' ? id : null, ran: typeof ran === 'string' ? ran : null }
    }
  } catch {
    // Unreadable or forbidden: as if nothing were there.
  }
  return { id: null, ran: null }
}
