import { encodeLink } from '../../scenario/codec'
import { KeptFiles, restorable, sameOnThreads } from './elsewhere'
import { violations } from './invariants'
import { observe } from './observe'
import type { Observed } from './observe'
import { scenarioOf } from './program'
import type { ChaosPlan } from './plan'

/** One seed in so many runs on threads as well. */
const ON_THREADS = 50

export interface Verdict {
  readonly plan: ChaosPlan
  /** Empty: nothing is wrong. */
  readonly violations: readonly string[]
  readonly run: Observed | null
}

/** Runs a plan without its faults and with them, and holds the one against the other. What a run throws is a violation, too. */
export async function judge(plan: ChaosPlan): Promise<Verdict> {
  try {
    const calm = await observe(scenarioOf(plan, []))
    const alone = violations(calm, calm, plan)
    if (alone.length > 0) return { plan, violations: alone.map((what) => `without any failure: ${what}`), run: calm }
    const files = new KeptFiles()
    const run = await observe(scenarioOf(plan), { files })
    const wrong = [...violations(run, calm, plan)]
    if (wrong.length === 0) wrong.push(...(await restorable(run, files, calm, plan)))
    if (wrong.length === 0 && plan.seed % ON_THREADS === 0) wrong.push(...(await sameOnThreads(run)))
    return { plan, violations: wrong, run }
  } catch (thrown) {
    // An assertion of ours that fails in the midst of a run is what this is here to find.
    return { plan, violations: [thrown instanceof Error ? (thrown.stack ?? String(thrown)) : String(thrown)], run: null }
  }
}

const nameOf = (violation: string): string => violation.slice(0, violation.indexOf(':'))

/** Tries smaller and smaller plans while the same is still wrong with them, be it elsewhere; `tries`: runs at most. */
export async function shrink(verdict: Verdict, tries = 120): Promise<Verdict> {
  const names = new Set(verdict.violations.map(nameOf))
  let best = verdict
  let left = tries
  for (let progress = true; progress && left > 0;) {
    progress = false
    for (const smaller of smallerPlans(best.plan)) {
      if (left-- <= 0) break
      const tried = await judge(smaller)
      if (!tried.violations.some((what) => names.has(nameOf(what)))) continue
      best = tried
      progress = true
      break
    }
  }
  return best
}

function* smallerPlans(plan: ChaosPlan): Generator<ChaosPlan> {
  const { faults, rows, steps, configuration } = plan
  for (let i = 0; i < faults.length; i++) yield { ...plan, faults: faults.filter((_, at) => at !== i) }
  if (rows.length > 1) {
    yield { ...plan, rows: rows.slice(0, rows.length >> 1) }
    yield { ...plan, rows: rows.slice(rows.length >> 1) }
    yield { ...plan, rows: rows.slice(0, -1) }
  }
  for (let i = 0; i < steps.length; i++) yield { ...plan, steps: steps.filter((_, at) => at !== i) }
  const [source, between, shape, sinks] = plan.parallelism
  if (Math.max(...plan.parallelism) > 1) {
    yield { ...plan, parallelism: [1, 1, 1, 1] }
    if (source === between && source > 1) yield { ...plan, parallelism: [1, 1, shape, sinks] }
    if (shape > 1) yield { ...plan, parallelism: [source, between, shape - 1, sinks] }
    if (sinks > 1) yield { ...plan, parallelism: [source, between, shape, 1] }
  }
  if (plan.partitions > 1) yield { ...plan, partitions: 1 }
  for (const key of Object.keys(configuration)) {
    if (KEPT.includes(key)) continue
    const { [key]: _, ...rest } = configuration
    yield { ...plan, configuration: rest }
  }
}

/** Without these there would be another question, or no end. */
const KEPT = [
  'execution.checkpointing.interval',
  'restart-strategy.type',
  'restart-strategy.fixed-delay.attempts',
  'taskmanager.numberOfTaskSlots',
]

/** What a person needs to see it again: the line that runs it, what is left of it, and a link that opens it. */
export function told(verdict: Verdict): string {
  const { plan } = verdict
  const link = encodeLink({ scenario: scenarioOf(plan) })
  return [
    `seed ${plan.seed} · npm run chaos -- --seeds 1 --from ${plan.seed}`,
    ...verdict.violations.map((what) => `  ${what}`),
    `  ${plan.shape}, steps ${plan.steps.join(' ') || 'none'}, parallelism ${plan.parallelism.join(' ')}, ${plan.rows.length} rows in ${plan.partitions} partitions`,
    ...plan.faults.map((fault) => `  ${JSON.stringify(fault)}`),
    `  ${'fragment' in link ? `#${link.fragment}` : 'too long for a link'}`,
  ].join('\n')
}
