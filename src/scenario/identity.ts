import { hashOfText } from '../base/hash'
import type { Scenario } from './types'

/** JSON with the keys of every object in order: equal for equal data, however it was put together. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonicalJson(held)}`).join(',')}}`
}

/** 16 hex digits that two scenarios share if they make the same run: names say nothing about it. */
export function scenarioHash(scenario: Scenario): string {
  const { name: _name, lesson: _lesson, ...run } = scenario
  return hashOfText(canonicalJson(run))
}

/** What a run is known by to itself: whatever hand is laid on it later, it is the same run up to then, and calls its jobs the same. 16 hex digits. */
export const runIdentity = (scenario: Scenario): string => scenarioHash({ ...scenario, interventions: [] })

/**
 * Up to which virtual µs two scenarios make the same run event by event: where their interventions begin to differ, Infinity if they
 * do not; null if anything else differs, for then nothing is known before both have run.
 */
export function sameRunUntil(one: Scenario, other: Scenario): number | null {
  if (one === other) return Infinity
  const rest = ({ name: _name, lesson: _lesson, interventions: _interventions, ...run }: Scenario): string => canonicalJson(run)
  if (rest(one) !== rest(other)) return null
  const [a, b] = [one.interventions, other.interventions]
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (canonicalJson(a[i] ?? null) === canonicalJson(b[i] ?? null)) continue
    return Math.min(a[i]?.at ?? Infinity, b[i]?.at ?? Infinity)
  }
  return Infinity
}
