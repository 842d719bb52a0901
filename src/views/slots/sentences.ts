import { duration, virtualTime } from '../../components/times'
import type { Configuration } from '../../core/configuration'
import { ClusterOptions, TaskManagerOptions } from '../../core/options'
import type { Arguments, Text } from '../../i18n'
import { slotsView as texts } from '../../i18n/slots'
import { isOver } from '../../trace/cluster/queries'
import type { JobStatus } from '../../trace/kinds'
import type { GroupNeed, JobNeed } from './arithmetic'
import { adaptivePatienceOf, patienceOf, shortOf, titleOf, type WaitFact } from './facts'

/** A sentence still without a language. An argument may be one itself. */
export interface Phrase {
  readonly text: Text
  readonly args?: Readonly<Record<string, string | number | Phrase>>
}

export function tell(phrase: Phrase, t: (text: Text, args?: Arguments) => string): string {
  const args = Object.entries(phrase.args ?? {}).map(([name, value]) => [name, typeof value === 'object' ? tell(value, t) : value] as const)
  return t(phrase.text, Object.fromEntries(args))
}

/** Terms that a sum or a max shows before it only counts them, and tasks that are named. */
const MOST_TERMS = 12
const MOST_NAMES = 3
const inShort = (terms: readonly string[], between: string): string =>
  terms.length <= MOST_TERMS ? terms.join(between) : `${terms.slice(0, MOST_TERMS - 2).join(between)}${between}…${between}${terms.at(-1)!}`
/** Runs of equal numbers. */
function runsOf(terms: readonly number[]): { readonly n: number; readonly times: number }[] {
  const runs: { n: number; times: number }[] = []
  for (const n of terms) {
    const last = runs.at(-1)
    if (last?.n === n) last.times++
    else runs.push({ n, times: 1 })
  }
  return runs
}
/** 32 + 32 + 32 + 32 + 1 in short: 4 × 32 + 1. */
const sumOf = (terms: readonly number[]): string =>
  inShort(
    runsOf(terms).flatMap(({ n, times }) => (times < 4 ? new Array<string>(times).fill(String(n)) : [`${times} × ${n}`])),
    ' + ',
  )
const maxTerms = (terms: readonly number[]): string =>
  inShort(
    runsOf(terms).flatMap(({ n, times }) => (times < 4 ? new Array<string>(times).fill(String(n)) : [String(n), '…', String(n)])),
    ', ',
  )
const listOf = ({ tasks }: GroupNeed): string => maxTerms(tasks.map(({ parallelism }) => parallelism))
const maxOf = (group: GroupNeed): string => `max(${listOf(group)})`

export const slotsPhrase = (count: number): Phrase => (count === 1 ? { text: texts.slot1 } : { text: texts.slots, args: { count } })

/** What a job needs, in one line: by whether it is there, was there, or will come. */
export function headOf(need: JobNeed, status: JobStatus, submitted: boolean): Phrase {
  const [only] = need.groups
  const terms =
    need.groups.length === 1
      ? only!.tasks.length === 1
        ? String(only!.highest)
        : maxOf(only!)
      : need.groups.length <= MOST_TERMS
        ? need.groups.map(({ name, highest }) => `${highest} (${name})`).join(' + ')
        : sumOf(need.groups.map(({ highest }) => highest))
  const args = { job: need.name, slots: slotsPhrase(need.needed), terms }
  if (!submitted) return { text: texts.willNeed, args }
  if (needsNone(status)) return { text: texts.needed, args: { ...args, status } }
  return need.changed.length > 0 ? { text: texts.runsWith, args: { ...args, wanted: need.wanted } } : { text: texts.needs, args }
}

/** A job that is over, or on its way there, waits for nothing. */
export const needsNone = (status: JobStatus): boolean => isOver(status) || status === 'FAILING' || status === 'CANCELLING'

function groupPhrase(group: GroupNeed): Phrase {
  const names = group.decide.map(({ name }) => titleOf(name))
  const task = names.length <= MOST_NAMES ? names.join(', ') : `${names.slice(0, MOST_NAMES - 1).join(', ')}, …`
  const args = { group: group.name, task, highest: group.highest }
  if (group.dynamic) return { text: texts.groupDynamic, args }
  return group.tasks.length === 1 ? { text: texts.groupOfOne, args } : { text: texts.groupOfMany, args: { ...args, list: listOf(group) } }
}

/** The arithmetic of one job, sentence by sentence; each group's own with its letter. */
export function reasonsOf(need: JobNeed): readonly (Phrase & { readonly badge?: string })[] {
  const parallelisms = need.groups.flatMap(({ tasks }) => tasks.map(({ parallelism }) => parallelism))
  return [
    ...need.groups.map((group) => ({ ...groupPhrase(group), badge: group.badge })),
    ...(need.groups.length > 1
      ? [{ text: texts.sum, args: { terms: sumOf(need.groups.map(({ highest }) => highest)), needed: need.needed } }]
      : []),
    ...(need.unshared > need.needed ? [{ text: texts.unshared, args: { terms: sumOf(parallelisms), total: need.unshared } }] : []),
    ...(need.changed.length > 0
      ? [
          {
            text: texts.wantedUsed,
            args: {
              wanted: slotsPhrase(need.wanted),
              used: need.needed,
              changes: need.changed
                .slice(0, 4)
                .map(({ name, wanted, parallelism }) => `${shortOf(name)} ${wanted} → ${parallelism}`)
                .join(', '),
            },
          },
        ]
      : []),
  ]
}

/** Needed against offered: `each` by TaskManager that is there, `needs` by job that is under way; `begun`: some TaskManager was there. */
export function balanceOf(each: readonly number[], needs: readonly JobNeed[], begun = true): Phrase & { readonly short: boolean } {
  const offered = each.reduce((sum, slots) => sum + slots, 0)
  const even = each.length > 0 && each.every((slots) => slots === each[0])
  const offers: Phrase = even
    ? { text: texts.offersEven, args: { managers: each.length, each: each[0]!, offered } }
    : { text: texts.offers, args: { offered } }
  if (each.length === 0 && !begun) return { text: texts.notRegistered, short: false }
  if (needs.length === 0) return { text: texts.over, args: { offers }, short: false }
  const needed = needs.reduce((sum, need) => sum + need.needed, 0)
  const missing = needed - offered
  const several = needs.length > 1
  const terms = sumOf(needs.map((need) => need.needed))
  return {
    text: missing > 0 ? (several ? texts.missingTogether : texts.missing) : several ? texts.enoughTogether : texts.enough,
    args: { offers, terms, needed, missing },
    short: missing > 0,
  }
}

/** Which TaskManager a slot was taken from, and the key that says so (S-4). */
export function strategyOf(configuration: Configuration): Phrase {
  const { EVENLY_SPREAD_OUT_SLOTS_STRATEGY } = ClusterOptions
  const { TASK_MANAGER_LOAD_BALANCE_MODE } = TaskManagerOptions
  const evenly = configuration.get(EVENLY_SPREAD_OUT_SLOTS_STRATEGY)
  const mode = configuration.get(TASK_MANAGER_LOAD_BALANCE_MODE)
  if (mode === 'SLOTS') return { text: texts.spread, args: { key: TASK_MANAGER_LOAD_BALANCE_MODE.key, value: mode } }
  return { text: evenly ? texts.spread : texts.filled, args: { key: EVENLY_SPREAD_OUT_SLOTS_STRATEGY.key, value: String(evenly) } }
}

/** What is waited for, since when and until when. */
export function waitPhrase({ group, slots, since }: WaitFact, configuration: Configuration): Phrase {
  const from: Phrase = { text: texts.waitsSince, args: { time: virtualTime(since) } }
  if (group === null) {
    const { at, stable, ...keys } = adaptivePatienceOf(configuration, since)
    const until: Phrase = { text: texts.takesLess, args: { ...keys, time: virtualTime(at), stable: duration(stable) } }
    return { text: texts.waitSentence, args: { what: { text: texts.adaptiveWaits }, from, until } }
  }
  const { key, at } = patienceOf(configuration, since)
  const what: Phrase =
    slots.length === 1 ? { text: texts.waits1, args: { group } } : { text: texts.waits, args: { group, count: slots.length } }
  return { text: texts.waitSentence, args: { what, from, until: { text: texts.givesUp, args: { key, time: virtualTime(at) } } } }
}
