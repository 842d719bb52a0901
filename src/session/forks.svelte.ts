import { scenarioHash } from '../scenario/identity'
import type { Scenario } from '../scenario/types'
import type { KnownRun } from './known'

/** One way in which things went: a scenario by the name of what was done to come to it. */
export interface Fork {
  readonly id: number
  readonly name: string
  readonly scenario: Scenario
  readonly hash: string
  /** It gathers what is changed while it is on screen, instead of making a fork of each change. */
  readonly gathers?: true
}

/** How a fork is kept in the library. */
export interface StoredFork {
  readonly name: string
  readonly scenario: Scenario
  readonly gathers?: boolean
}

/** The first, and the newest: nobody finds anything among more. */
export const MOST_FORKS = 16
/** Of all traces that are kept of forks that are not on screen. */
const MOST_EVENTS = 1_000_000

/**
 * The forks of the scenario in hand: each edit behind the playhead makes one, so that what was is never lost. Their traces are kept while there
 * is room, and made again when asked for: the same scenario gives the same trace.
 */
export class Forks {
  list: readonly Fork[] = $state.raw([])
  /** The fork whose run is on screen. */
  current: number | null = $state(null)
  private next = 1
  /** Least recently used first. */
  private readonly traces = new Map<string, KnownRun>()
  /** Edits with one group change one fork. */
  private group: string | null = null

  constructor(private readonly onchange: () => void) {}

  get(id: number | null): Fork | null {
    return this.list.find((fork) => fork.id === id) ?? null
  }

  get there(): Fork | null {
    return this.get(this.current)
  }

  /** A scenario has come on screen: one of the forks, or a new one by that name. */
  came(scenario: Scenario, name: string, group: string | null = null): void {
    const hash = scenarioHash(scenario)
    const { there } = this
    const known = there?.hash === hash ? there : this.list.find((fork) => fork.hash === hash)
    if (there?.gathers === true) this.replace(there.id, { scenario, hash })
    else if (known !== undefined) {
      this.current = known.id
      this.group = null
    } else if (there !== null && group !== null && group === this.group)
      this.replace(there.id, { scenario, hash, name: this.free(name, there.id) })
    else {
      this.add(scenario, hash, name)
      this.group = group
    }
    this.onchange()
  }

  /** Forks here: from now on, what is changed belongs to the new one. */
  gather(scenario: Scenario, name: string): Fork {
    const fork = this.add(scenario, scenarioHash(scenario), name, true)
    this.onchange()
    return fork
  }

  select(id: number): void {
    this.current = id
    this.group = null
    this.onchange()
  }

  rename(id: number, name: string): void {
    const trimmed = name.trim().slice(0, 80)
    if (trimmed !== '') this.replace(id, { name: trimmed })
    this.onchange()
  }

  /** Not the one on screen. */
  remove(id: number): void {
    if (id === this.current) return
    this.list = this.list.filter((fork) => fork.id !== id)
    this.onchange()
  }

  /** A removed one is back in its place. */
  restore(list: readonly Fork[]): void {
    this.list = list
    this.onchange()
  }

  /** Another scenario is in hand. */
  reset(stored: readonly StoredFork[], scenario: Scenario): void {
    this.traces.clear()
    this.group = null
    this.list = stored.slice(0, MOST_FORKS).map(({ name, scenario: of, gathers }) => ({
      id: this.next++,
      name,
      scenario: of,
      hash: scenarioHash(of),
      ...(gathers === true ? { gathers } : {}),
    }))
    const hash = scenarioHash(scenario)
    this.current = this.list.find((fork) => fork.hash === hash)?.id ?? null
  }

  get stored(): readonly StoredFork[] {
    return this.list.map(({ name, scenario, gathers }) => ({ name, scenario, ...(gathers === true ? { gathers } : {}) }))
  }

  /** Keeps what is known of a run, within bounds. */
  keep(known: KnownRun): void {
    const hash = scenarioHash(known.scenario)
    const before = this.traces.get(hash)
    this.traces.delete(hash)
    this.traces.set(hash, before !== undefined && before.frontier > known.frontier ? before : known)
    let events = 0
    for (const { log } of this.traces.values()) events += log.length
    for (const [oldest, { log }] of this.traces) {
      if (events <= MOST_EVENTS || oldest === hash) break
      events -= log.length
      this.traces.delete(oldest)
    }
  }

  /** What is known of a scenario's run; null: it has to be made again. */
  traceOf(scenario: Scenario): KnownRun | null {
    return this.traces.get(scenarioHash(scenario)) ?? null
  }

  private add(scenario: Scenario, hash: string, name: string, gathers = false): Fork {
    const fork: Fork = { id: this.next++, name: this.free(name), scenario, hash, ...(gathers ? { gathers } : {}) }
    const room =
      this.list.length < MOST_FORKS
        ? this.list
        : this.list.toSpliced(
            this.list.findIndex(({ id }, i) => i > 0 && id !== this.current),
            1,
          )
    this.list = [...room, fork]
    this.current = fork.id
    return fork
  }

  private replace(id: number, change: Partial<Fork>): void {
    this.list = this.list.map((fork) => (fork.id === id ? { ...fork, ...change } : fork))
  }

  /** The name, numbered if there is one like it. */
  private free(name: string, but: number | null = null): string {
    const taken = new Set(this.list.flatMap((fork) => (fork.id === but ? [] : [fork.name])))
    if (!taken.has(name)) return name
    let n = 2
    while (taken.has(`${name} ${n}`)) n++
    return `${name} ${n}`
  }
}
