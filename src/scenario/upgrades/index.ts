import type { Place, Problem } from '../../core/problem'
import { problem } from '../../core/problem'

/** Takes what a version wrote to the shape of the next one. Runs before the schema: it must not trust what it reads. */
export type Upgrade = (scenario: Readonly<Record<string, unknown>>) => Record<string, unknown>

export const NEWEST = 4

/**
 * `UPGRADES[0]` takes version 1 to 2, and so on. An entry is never changed once it was published: the fixtures in
 * ../fixtures hold a link of each version, and all of them must open for ever.
 */
const UPGRADES: readonly Upgrade[] = [
  // 2: a plan in place of a program; TaskManagers come and go. Nothing that was there means anything else.
  (scenario) => ({ ...scenario }),
  // 3: external services, hands on partitions and clock, single records that come at another time. Nothing that was there means anything else.
  (scenario) => ({ ...scenario }),
  // 4: a file system, files that are there at the start, failures and savepoints. Nothing that was there means anything else.
  (scenario) => ({ ...scenario }),
]

/** Brings a scenario of any published version to the newest; the rest of the checks is the schema's. */
export function upgrade(
  raw: unknown,
  place: Place,
  upgrades: readonly Upgrade[] = UPGRADES,
  newest = NEWEST,
): { readonly value: unknown } | { readonly problem: Problem } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    return {
      problem: problem('scenario-shape', { path: '', found: Array.isArray(raw) ? 'Array' : String(typeof raw), expected: 'Object' }, place),
    }
  }
  const { version } = raw as { version?: unknown }
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) {
    return { problem: problem('scenario-version', { version: shown(version) }, place) }
  }
  if (version > newest) return { problem: problem('scenario-newer', { version, newest }, place) }
  let scenario = raw as Record<string, unknown>
  for (let from = version; from < newest; from++) scenario = { ...upgrades[from - 1]!(scenario), version: from + 1 }
  return { value: scenario }
}

/** Hostile objects have a `toString` of their own: only primitives are shown as they are. */
const shown = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 20) : typeof value
