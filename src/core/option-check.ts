import type { ConfigOption } from './configuration'
import { parseOption } from './configuration'
import type { CatalogueOption } from './options'
import { COST_PREFIX, costOption, OPTIONS, TidemarkOptions } from './options'
import type { Place, Problem } from './problem'
import { problem, warning } from './problem'

const byKey = new Map<string, CatalogueOption<unknown>>()
for (const option of [...OPTIONS, ...Object.values<CatalogueOption<unknown>>(TidemarkOptions)])
  for (const key of [option.key, ...option.fallbackKeys]) byKey.set(key, option)

/** Parts of Flink whose keys are real but say nothing about how a job behaves in the simulator. */
const OTHER_PREFIXES = [
  'akka.', 'blob.', 'classloader.', 'client.', 'cluster.', 'compiler.', 'env.', 'execution.async-state.', 'execution.batch.', 'external-resource', 'fs.', 'high-availability',
  'historyserver.', 'io.', 'jmx.', 'job-event.', 'job-result-store.', 'jobmanager.', 'jobstore.', 'kubernetes.', 'metrics.', 'minicluster.', 'parallelism.', 'pekko.',
  'pipeline.cached-files', 'pipeline.classpaths', 'pipeline.closure-cleaner-level', 'pipeline.force-', 'pipeline.global-job-parameters', 'pipeline.jars',
  'pipeline.jobvertex-parallelism-overrides', 'pipeline.serialization-config', 'plugin.', 'process.', 'queryable-state.', 'resourcemanager.', 'rest.', 's3.', 'security.',
  'slow-task-detector.', 'sql-gateway.', 'state.backend.rocksdb.', 'state.backend.latency-track.', 'table.', 'taskmanager.', 'traces.', 'web.', 'yarn.', 'zookeeper.',
] // prettier-ignore

/** The option that `key` names, by its key or an older one, `tidemark.cost.…` included; undefined for keys the catalogue lacks. */
export const optionOf = (key: string): CatalogueOption<unknown> | undefined =>
  byKey.get(key) ?? (key.startsWith(COST_PREFIX) && key.length > COST_PREFIX.length ? costOption(key.slice(COST_PREFIX.length)) : undefined)

/** Edit distance with a swap of neighbours as one step; gives up (Infinity) beyond `limit`. */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity
  let twoAgo: number[] = []
  let oneAgo = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min(oneAgo[j]! + 1, row[j - 1]! + 1, oneAgo[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, twoAgo[j - 2]! + 1)
      row.push(best)
    }
    if (Math.min(...row) > limit) return Infinity
    twoAgo = oneAgo
    oneAgo = row
  }
  return oneAgo[b.length]!
}

/** The known key that `key` was most likely meant to be; null if none is near. */
export function nearestKey(key: string): string | null {
  const wanted = key.toLowerCase()
  let limit = Math.max(2, Math.floor(wanted.length / 4))
  let nearest: string | null = null
  for (const [known, option] of byKey) {
    const distance = editDistance(wanted, known.toLowerCase(), limit)
    if (distance > limit || (nearest !== null && distance === limit)) continue
    nearest = option.key
    limit = distance
  }
  if (nearest !== null) return nearest
  // Somebody who remembers only the end of a key: `numberOfTaskSlots`, `checkpointing.interval`.
  const endings = [...byKey].filter(([known]) => known.toLowerCase().endsWith(`.${wanted}`))
  return endings.length === 1 ? endings[0]![1].key : null
}

const VALUE_CODES: Readonly<Record<ConfigOption<unknown>['type'], string>> = {
  int: 'configuration-integer',
  long: 'configuration-integer',
  double: 'configuration-number',
  boolean: 'configuration-boolean',
  string: 'configuration-value',
  duration: 'configuration-duration',
  memory: 'configuration-memory',
  enum: 'configuration-choice',
  list: 'configuration-value',
}

const limitsOf = (option: ConfigOption<unknown>): string => {
  const { min, max } = option
  return min === undefined ? `≤ ${max}` : max === undefined ? `≥ ${min}` : `${min} … ${max}`
}

/** What is wrong with the text `value` for `option`: error at the key, or null. Tells a wrong unit from a value out of bounds. */
export function checkValue(
  option: ConfigOption<unknown>,
  key: string,
  value: string,
  place: Place = { in: 'cluster', key },
): Problem | null {
  if (parseOption(option, value) !== null) return null
  const { min: _min, max: _max, ...unbounded } = option
  if (parseOption(unbounded, value) !== null) {
    return problem('configuration-bounds', { key, value, limits: limitsOf(option), type: option.type }, place)
  }
  return problem(VALUE_CODES[option.type], { key, value, choices: option.choices?.join(', ') ?? '' }, place)
}

/**
 * Everything that must be said about a configuration before a run: errors for values that are none of the key's type
 * (wrong units, out of bounds), warnings for keys that nobody knows (with the nearest that somebody does), old keys,
 * and keys of Flink that the simulator does not heed. `lines` gives the line of a key in the text it came from.
 */
export function checkConfiguration(
  configuration: Readonly<Record<string, string>>,
  lines: ReadonlyMap<string, number> = new Map(),
): Problem[] {
  const problems: Problem[] = []
  for (const [key, value] of Object.entries(configuration)) {
    const line = lines.get(key)
    const place: Place = { in: 'cluster', key, ...(line === undefined ? {} : { line }) }
    const option = optionOf(key)
    if (option === undefined) {
      const nearest = nearestKey(key)
      if (nearest !== null) problems.push(warning('configuration-unknown-nearest', { key, nearest }, place))
      else if (OTHER_PREFIXES.some((prefix) => key.startsWith(prefix)))
        problems.push(warning('configuration-not-simulated', { key }, place))
      else problems.push(warning('configuration-unknown', { key }, place))
      continue
    }
    const wrong = checkValue(option, key, value, place)
    if (wrong !== null) problems.push(wrong)
    else if (!option.honoured) problems.push(warning('configuration-not-simulated', { key }, place))
    else if (key !== option.key) problems.push(warning('configuration-old-key', { key, successor: option.key }, place))
  }
  return problems
}

const DURATION_STEPS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const
const MEMORY_STEPS = [
  ['tb', 1024 ** 4],
  ['gb', 1024 ** 3],
  ['mb', 1024 ** 2],
  ['kb', 1024],
] as const

/** A value as one writes it in flink-conf.yaml: `200 ms`, `32 kb`; empty for an unset default. `parseOption` reads it back. */
export function printOption(option: ConfigOption<unknown>, value: unknown = option.defaultValue): string {
  if (value === undefined || value === null) return ''
  const measured = (steps: readonly (readonly [string, number])[], bare: string): string => {
    const amount = value as number
    const [unit, size] = steps.find(([, step]) => amount >= step && amount % step === 0) ?? [bare, 1]
    return `${amount / size} ${unit}`
  }
  if (option.type === 'duration') return measured(DURATION_STEPS, 'ms')
  if (option.type === 'memory') return measured(MEMORY_STEPS, 'b')
  return Array.isArray(value) ? value.join(';') : String(value)
}
