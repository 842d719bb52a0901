import type { Place } from '../core/problem'
import { LIMITS } from './limits'
import { checkShape } from './schema'
import type { Scenario } from './types'
import { upgrade } from './upgrades/index'

/** A way in which things went, by the name of what was done to come to it. */
export interface SharedFork {
  readonly name: string
  readonly scenario: Scenario
  /** It gathers changes instead of making a fork of each. */
  readonly gathers?: boolean
}

const MOST = 32

/** Forks as they are stored: what each has in common with the scenario in hand, part by part, is not written again. */
export const packForks = (scenario: Scenario, forks: readonly SharedFork[]): unknown[] =>
  forks.map(({ name, scenario: fork, gathers }) => ({
    name,
    ...(gathers === true ? { gathers } : {}),
    differs: Object.fromEntries(Object.entries(fork).filter(([part, held]) => held !== scenario[part as keyof Scenario])),
    without: Object.keys(scenario).filter((part) => !(part in fork)),
  }))

/**
 * Reads what `packForks` wrote. One that cannot be read is left out: what is in hand does not depend on it.
 * @param raw the scenario in hand as it was stored, in whatever version
 */
export const unpackForks = (forks: unknown, raw: unknown, scenario: Scenario, place: Place): SharedFork[] =>
  Array.isArray(forks) ? forks.slice(0, MOST).flatMap((fork: unknown) => forkOf(fork, raw, scenario, place)) : []

function forkOf(stored: unknown, raw: unknown, scenario: Scenario, place: Place): SharedFork[] {
  if (typeof stored !== 'object' || stored === null) return []
  const { name, gathers, differs, without } = stored as Readonly<Record<string, unknown>>
  if (typeof name !== 'string' || name.length > LIMITS.name || typeof differs !== 'object' || differs === null) return []
  const gone = new Set(Array.isArray(without) ? (without as unknown[]) : [])
  const parts = Object.entries({ ...(raw as object), ...differs }).filter(([part]) => !gone.has(part))
  const upgraded = upgrade(Object.fromEntries(parts), place)
  if ('problem' in upgraded) return []
  const checked = checkShape.scenario(upgraded.value, place)
  if ('problem' in checked) return []
  const same = Object.entries(scenario).filter(([part]) => part in checked.value && !(part in differs))
  return [{ name, scenario: { ...checked.value, ...Object.fromEntries(same) }, ...(gathers === true ? { gathers } : {}) }]
}
