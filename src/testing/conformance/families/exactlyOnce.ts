import { compile } from '../../../client/compile'
import { runToEnd } from '../../../minicluster/headless'
import type { Outcome } from '../../../minicluster/headless'
import { newScenario } from '../../../scenario/defaults'
import type { Intervention, ResolvedTopic } from '../../../scenario/types'
import { OutputTag } from '../../../streaming'
import { EXECUTION_STATES, TraceKind } from '../../../trace/kinds'
import { compare, type Family, type Vector } from '../family'
import { EXACTLY_ONCE_PROGRAM } from './exactlyOnceProgram'

type Where = 'map' | 'source' | 'snapshot' | 'commit'
type Row = readonly [key: string, sum: number, offset: number]

interface Given {
  readonly parallelism: number
  readonly checkpointing: 'EXACTLY_ONCE' | 'AT_LEAST_ONCE' | 'DISABLED'
  readonly elements: readonly (readonly [key: string, value: number])[]
  readonly checkpointsAt: readonly number[]
  readonly restart:
    | { readonly type: 'none' | 'default' }
    | { readonly type: 'fixed-delay'; readonly attempts: number }
    | { readonly type: 'failure-rate'; readonly max: number }
  readonly failures: readonly { readonly where: Where; readonly at: number; readonly times: number }[]
}

/**
 * What outlives restarts and belongs to no task: where Java has statics. The program finds it on a class of module `flink`, which all of its
 * evaluations on this thread share.
 */
class World {
  readonly restoredFrom: (number | null)[] = []
  readonly twoPhase: Row[][] = []
  readonly sinkV2: Row[][] = []
  readonly sinkV2Calls: number[] = []
  readonly plain: Row[] = []
  readonly idempotent = new Map<string, Row>()
  readonly transactionEvents: [call: string, transaction: string][] = []
  readonly accumulators = new Map<number, { records: number; sum: number }>()
  /** Of what failed last. */
  failed = ''
  /** Offset of what the source emits next. */
  position = 0
  private transactions = 0
  private committables = 0
  private readonly preCommittedAt = new Map<string, number>()
  private readonly committed = new Set<unknown>()
  private readonly left: { readonly where: Where; readonly at: number; times: number }[]

  constructor(private readonly given: Given) {
    this.left = given.failures.map((failure) => ({ ...failure }))
  }

  fails(where: Where, at: number): void {
    const failure = this.left.find((other) => other.where === where && other.at === at && other.times > 0)
    if (failure === undefined) return
    failure.times--
    this.failed = `Induced failure: ${where} at ${at}`
    throw new Error(this.failed)
  }

  /** −1: the final checkpoint, for which the source has come to the end. */
  get checkpointAt(): number {
    return this.position > this.given.elements.length ? -1 : this.position
  }

  counted(attempt: number, value: number): void {
    const known = this.accumulators.get(attempt)
    if (known === undefined) this.accumulators.set(attempt, { records: 1, sum: value })
    else {
      known.records++
      known.sum += value
    }
  }

  begin(): string {
    const transaction = `t${++this.transactions}`
    this.transactionEvents.push(['begin', transaction])
    return transaction
  }
  preCommit(transaction: string): void {
    this.transactionEvents.push(['preCommit', transaction])
    this.preCommittedAt.set(transaction, this.checkpointAt)
  }
  commit(call: string, transaction: string, records: Row[]): void {
    try {
      this.fails('commit', this.preCommittedAt.get(transaction)!)
    } catch (error) {
      this.transactionEvents.push([`${call}Failed`, transaction])
      throw error
    }
    this.transactionEvents.push([call, transaction])
    this.once(transaction, records, this.twoPhase)
  }
  told(call: string, transaction: string): void {
    this.transactionEvents.push([call, transaction])
  }

  nextCommittable(): number {
    return ++this.committables
  }
  commitV2(id: number, records: Row[]): void {
    this.sinkV2Calls.push(records[0]![2])
    this.once(id, records, this.sinkV2)
  }

  private once(id: unknown, records: Row[], into: Row[][]): void {
    if (this.committed.has(id) || records.length === 0) return
    this.committed.add(id)
    into.push(records)
  }
}

/** Virtual ms between two stops of the source: in the first half it comes there, in the other half checkpoints are taken. */
const BETWEEN = 100_000
const TRIES = 20

interface Ran {
  readonly world: World
  readonly outcome: Outcome
  readonly attempts: number
  /** Virtual ms of checkpoints that were completed, and of the job's end. */
  readonly completed: readonly number[]
}

/** The elements, and one more that no operator sees: so the source stops behind the last one, too. */
function topicOf({ elements, checkpointsAt }: Given): ResolvedTopic {
  const arrival = (offset: number): number => checkpointsAt.filter((stop) => stop <= offset).length * BETWEEN * 1000
  const rows = [...elements.map(([key, value]) => ({ key, value })), { key: 'end', value: 0 }]
  return {
    name: 'elements',
    columns: ['key', 'value', 'offset', 'end'],
    partitions: [
      rows.map(({ key, value }, offset) => ({
        value: { key, value, offset, end: offset === elements.length },
        timestamp: null,
        arrival: arrival(offset),
        row: offset,
      })),
    ],
  }
}

function configurationOf({ checkpointing, restart, parallelism }: Given): Readonly<Record<string, string>> {
  return {
    'taskmanager.numberOfTaskSlots': String(parallelism),
    ...(checkpointing === 'DISABLED'
      ? {}
      : {
          'execution.checkpointing.interval': '1 d',
          'execution.checkpointing.mode': checkpointing,
          'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION',
        }),
    ...(restart.type === 'default' ? {} : { 'restart-strategy.type': restart.type }),
    ...(restart.type === 'fixed-delay'
      ? { 'restart-strategy.fixed-delay.attempts': String(restart.attempts), 'restart-strategy.fixed-delay.delay': '10 ms' }
      : {}),
    ...(restart.type === 'failure-rate'
      ? {
          'restart-strategy.failure-rate.max-failures-per-interval': String(restart.max),
          'restart-strategy.failure-rate.failure-rate-interval': '1 h',
          'restart-strategy.failure-rate.delay': '10 ms',
        }
      : {}),
  }
}

/** `tries`: how many checkpoints are triggered at each stop, one a second: one that fails is followed by another. */
async function runOnce(given: Given, tries: readonly number[]): Promise<Ran> {
  const interventions = given.checkpointsAt.flatMap((_, stop) =>
    Array.from({ length: tries[stop]! }, (_, i): Intervention => ({ at: ((stop + 0.5) * BETWEEN + i * 1000) * 1000, do: 'trigger-checkpoint' })),
  )
  const text = EXACTLY_ONCE_PROGRAM.replaceAll('PARALLELISM', String(given.parallelism))
  const base = newScenario({ program: { language: 'typescript', text }, configuration: configurationOf(given), interventions })
  const scenario = { ...base, cluster: { ...base.cluster, taskManagers: 1 } }
  const world = new World(given)
  const completed: number[] = []
  let attempts = 0
  const shared = OutputTag as unknown as { world?: World }
  shared.world = world
  try {
    const outcome = await runToEnd(
      { scenario, compiled: compile(text), topics: [topicOf(given)], tracing: false },
      {
        onPage: (page) => {
          for (let i = 0; i < page.count; i++) {
            if (page.kind[i] === TraceKind.CheckpointCompleted) completed.push(page.time[i]! / 1000)
            if (page.kind[i] === TraceKind.ExecutionState && EXECUTION_STATES[page.c[i]!] === 'SCHEDULED') attempts = Math.max(attempts, page.b[i]! + 1)
          }
        },
      },
    )
    return { world, outcome, attempts, completed }
  } finally {
    delete shared.world
  }
}

/** Until each stop that the job came by has the checkpoint that the source waits for there. */
async function run(given: Given): Promise<Ran> {
  const tries = given.checkpointsAt.map(() => 1)
  for (;;) {
    const ran = await runOnce(given, tries)
    const lacking = given.checkpointsAt.findIndex((_, stop) => {
      const [from, until] = [(stop + 0.5) * BETWEEN, (stop + 1) * BETWEEN]
      return ran.outcome.frontier / 1000 >= until && !ran.completed.some((time) => time >= from && time < until)
    })
    if (lacking === -1 || tries[lacking]! >= TRIES) return ran
    tries[lacking]!++
  }
}

const sortedLists = (lists: readonly Row[][]): Row[][] => [...lists].sort((a, b) => a[0]![2] - b[0]![2])

async function result(given: Given, expected: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const { world, outcome, attempts } = await run(given)
  const ordered = (lists: readonly Row[][]): readonly Row[][] => (given.parallelism === 1 ? lists : sortedLists(lists))
  const of: Record<string, unknown> = {
    state: outcome.status,
    ...(outcome.status === 'FAILED' ? { error: world.failed } : {}),
    attempts,
    restoredFrom: world.restoredFrom,
    twoPhase: ordered(world.twoPhase),
    sinkV2: ordered(world.sinkV2),
    sinkV2Calls: world.sinkV2Calls,
    plain: world.plain,
    idempotent: [...world.idempotent.values()].sort(([a], [b]) => (a < b ? -1 : 1)),
    transactionEvents: world.transactionEvents,
    ...(outcome.status === 'FINISHED' ? { accumulators: world.accumulators.get(attempts - 1) ?? { records: 0, sum: 0 } } : {}),
  }
  // What depends on timing in Flink is not in the vector.
  const open = ['restoredFrom', 'sinkV2Calls', 'plain', 'idempotent', 'transactionEvents']
  return Object.fromEntries(Object.entries(of).filter(([name]) => !open.includes(name) || name in expected))
}

export const exactlyOnce: Family = {
  name: 'exactly-once',
  async check(vector: Vector) {
    const { given, expect } = vector as unknown as Vector<Given, Readonly<Record<string, unknown>>>
    return compare(expect, await result(given, expect))
  },
}
