import type { Problem } from '../../core/problem'
import { problem, ProblemError } from '../../core/problem'
import type { Shared } from '../../scenario/codec'
import { decodeShared, stored as encodeStored } from '../../scenario/codec'
import { openDatabase } from './database'
import { memoryStore, type Store, type Stored } from './store'

/** A line of the library. */
export interface Entry {
  readonly id: string
  readonly name: string
  readonly saved: number
}

/** What `remove` hands out and `restore` takes back: the undo of a delete. */
export interface Removed {
  readonly stored: Stored
}

/** The scenario in hand lies beside the others under an id that no scenario of the library has. */
const WORKING = 'working'

const entryOf = ({ id, name, saved }: Stored): Entry => ({ id, name, saved })

/**
 * The scenarios of this browser. All methods reject with ProblemError and leave what is stored as it was. A stored scenario
 * that can no longer be read is told as a problem of its own (`scenario-shape`, `scenario-newer`) and stays stored.
 */
export class Library {
  constructor(
    private readonly store: Store,
    private readonly now: () => number = Date.now,
    private readonly newId: () => string = () => crypto.randomUUID(),
  ) {}

  /** False: nothing here outlives the tab. */
  get persistent(): boolean {
    return this.store.persistent
  }

  /** The scenario in hand when the page was last closed; null on a first visit. */
  async loadWorking(): Promise<Shared | null> {
    const stored = await this.store.get(WORKING)
    return stored === undefined ? null : read(stored)
  }

  async saveWorking(shared: Shared): Promise<void> {
    await this.write(WORKING, shared)
  }

  /** Newest first. */
  async list(): Promise<Entry[]> {
    const all = await this.store.all()
    return all
      .filter(({ id }) => id !== WORKING)
      .map(entryOf)
      .sort((a, b) => b.saved - a.saved || (a.id < b.id ? -1 : 1))
  }

  async load(id: string): Promise<Shared> {
    return read(await this.stored(id))
  }

  /** Keeps a scenario under a new id. */
  async add(shared: Shared): Promise<Entry> {
    return this.write(this.newId(), shared)
  }

  /** Keeps a scenario under the id that it has; `library-missing` if it was deleted meanwhile. */
  async save(id: string, shared: Shared): Promise<Entry> {
    await this.stored(id)
    return this.write(id, shared)
  }

  async rename(id: string, name: string): Promise<Entry> {
    const { scenario, ...rest } = await this.load(id)
    return this.write(id, { ...rest, scenario: { ...scenario, name } })
  }

  /** `name` is that of the copy. */
  async duplicate(id: string, name: string): Promise<Entry> {
    const { scenario, ...rest } = await this.load(id)
    return this.add({ ...rest, scenario: { ...scenario, name } })
  }

  async remove(id: string): Promise<Removed> {
    const stored = await this.stored(id)
    await this.store.delete(id)
    return { stored }
  }

  async restore({ stored }: Removed): Promise<Entry> {
    await this.store.put(stored)
    return entryOf(stored)
  }

  close(): void {
    this.store.close()
  }

  private async stored(id: string): Promise<Stored> {
    const stored = await this.store.get(id)
    if (stored === undefined) throw new ProblemError(problem('library-missing'))
    return stored
  }

  private async write(id: string, shared: Shared): Promise<Entry> {
    // Through JSON: what is stored is what a file would hold, whatever proxies the page wraps it in.
    const stored: Stored = {
      id,
      name: shared.scenario.name,
      saved: this.now(),
      data: JSON.parse(JSON.stringify(encodeStored(shared))) as unknown,
    }
    await this.store.put(stored)
    return entryOf(stored)
  }
}

function read({ data, name }: Stored): Shared {
  const decoded = decodeShared(data, { in: 'file', name })
  if ('problem' in decoded) throw new ProblemError(decoded.problem)
  return decoded
}

/** The library of this browser; where the browser keeps nothing, one that lives as long as the tab, and the problem to tell. */
export async function openLibrary(name = 'tidemark'): Promise<{ readonly library: Library; readonly problem?: Problem }> {
  try {
    return { library: new Library(await openDatabase(name)) }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    return { library: new Library(memoryStore()), problem: error.problem }
  }
}
