import { Prng } from '../../base/prng'
import type { Intervention } from '../../scenario/types'

/** What a job does to its input; all of them give the same results whatever the order in which different keys come. */
export const SHAPES = [
  'sum',
  'list',
  'map',
  'reducing',
  'aggregating',
  'count-window',
  'tumbling',
  'sliding',
  'session',
  'timers',
  'join',
  'regions',
  'asynchronous',
  'broadcast',
  'union',
] as const
export type Shape = (typeof SHAPES)[number]

/** Something between source and shape. Those of `SHUFFLES` break the order of a key: only for shapes that do not mind. */
export const STEPS = ['map', 'filter', 'map-unchained', 'keyed'] as const
export const SHUFFLES = ['rebalance', 'rescale', 'shuffle'] as const
export type Step = (typeof STEPS)[number] | (typeof SHUFFLES)[number]

/** A random case as plain data, from which program and scenario are made: what shrinking takes away from. */
export interface ChaosPlan {
  readonly seed: number
  /** A function of the program that keeps its place in operator state, in place of the log. */
  readonly ownSource: boolean
  /** One more beside those that every job has. */
  readonly sink: 'none' | 'files' | 'own'
  readonly shape: Shape
  readonly steps: readonly Step[]
  /** Of the source, of what follows it, of the shape, of the sinks. */
  readonly parallelism: readonly [source: number, steps: number, shape: number, sinks: number]
  readonly partitions: number
  /** [key, event time in ms, value] by row; a row each `every` virtual µs. */
  readonly rows: readonly (readonly [key: string, time: number, value: number])[]
  readonly every: number
  /** ms by which an event may be behind an earlier one of its partition. */
  readonly disorder: number
  readonly configuration: Readonly<Record<string, string>>
  readonly taskManagers: number
  readonly linkLatency: number
  readonly recordCost: number
  readonly faults: readonly Intervention[]
}

/** Shapes that make one result of each record and nothing else: also counted twice they are all there. */
const SINGLE: readonly Shape[] = ['regions', 'asynchronous', 'broadcast', 'union']
export const isSingle = (shape: Shape): boolean => SINGLE.includes(shape)

const ORDERED: readonly Shape[] = ['sum', 'list', 'map', 'reducing', 'aggregating', 'count-window']
export const needsOrder = (shape: Shape): boolean => ORDERED.includes(shape)

/** Virtual µs until the last row has come. */
export const lengthOf = (plan: Pick<ChaosPlan, 'rows' | 'every'>): number => plan.rows.length * plan.every

/** The case of a seed. */
export const planOf = (seed: number): ChaosPlan => new Maker(seed).plan()

const MILLI = 1000

/** A job whose barriers rightly come too late each time would restart for ever: where work may take longer than the checkpoint timeout, timeouts are tolerated. */
function patient({
  configuration,
  recordCost,
  linkLatency,
  faults,
  shape,
}: Pick<ChaosPlan, 'configuration' | 'recordCost' | 'linkLatency' | 'faults' | 'shape'>): ChaosPlan['configuration'] {
  // After a restart all rows are there at once, and a channel of few small buffers carries a handful of them in the time of two links.
  // One that asks a service waits for its answers, too.
  const isSlow = shape === 'asynchronous' || recordCost > 20 || linkLatency > 5 || faults.some((fault) => fault.do === 'slow')
  if (!isSlow || configuration['execution.checkpointing.timeout'] === '10 min') return configuration
  return { ...configuration, 'execution.checkpointing.tolerable-failed-checkpoints': '1000000' }
}

class Maker {
  private readonly random: Prng

  constructor(private readonly seed: number) {
    this.random = new Prng(seed)
  }

  private below(bound: number): number {
    return this.random.nextInt(bound)
  }
  private maybe(percent: number): boolean {
    return this.below(100) < percent
  }
  private one<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!
  }

  plan(): ChaosPlan {
    const shape = this.one(SHAPES)
    const steps: Step[] = []
    const between =
      shape === 'regions' ? (['map', 'filter', 'map-unchained'] as const) : needsOrder(shape) ? STEPS : [...STEPS, ...SHUFFLES]
    for (let i = this.below(3); i > 0; i--) steps.push(this.one(between))
    const partitions = 1 + this.below(4)
    const source = 1 + this.below(3)
    // Another parallelism would deal the records of a key out anew, and with them goes their order.
    const wide = [source, needsOrder(shape) ? source : 1 + this.below(3), 1 + this.below(4), 1 + this.below(3)] as const
    const parallelism = shape === 'regions' ? ([source, source, source, source] as const) : wide
    const most = Math.max(...parallelism)
    const slots = 1 + this.below(3)
    const disorder = this.one([0, 50, 400])
    const rows = this.rows(disorder)
    const every = this.one([500, 2 * MILLI, 8 * MILLI, 20 * MILLI])
    const shared = { rows, every, taskManagers: Math.ceil(most / slots) + this.below(2), shape, steps, parallelism }
    const configuration = this.configuration(slots)
    const isAvailable = configuration['high-availability.type'] !== undefined
    const made = {
      seed: this.seed,
      // Its records are there at once, in an order that is its own.
      ownSource: !needsOrder(shape) && shape !== 'join' && this.maybe(15),
      sink: this.one(['none', 'files', 'own'] as const),
      ...shared,
      partitions,
      disorder,
      configuration,
      linkLatency: this.one([1, 5, 20]),
      recordCost: this.one([0, 20, 300, 2000]),
      faults: this.faults({ ...shared, isAvailable }),
    }
    return { ...made, configuration: patient(made) }
  }

  private rows(disorder: number): ChaosPlan['rows'] {
    const keys = 1 + this.below(12)
    let time = 0
    return Array.from({ length: 10 + this.below(150) }, () => {
      time += this.below(60)
      return [`k${this.below(keys)}`, Math.max(0, time - this.below(disorder + 1)), 1 + this.below(9)] as const
    })
  }

  private configuration(slots: number): Record<string, string> {
    const configuration: Record<string, string> = {
      'taskmanager.numberOfTaskSlots': String(slots),
      'execution.checkpointing.interval': `${this.one([20, 50, 120, 400])} ms`,
      'execution.checkpointing.timeout': this.one(['10 min', '2 s', '300 ms']),
      'execution.checkpointing.min-pause': this.one(['0 ms', '0 ms', '30 ms']),
      'execution.checkpointing.max-concurrent-checkpoints': this.one(['1', '1', '3']),
      'execution.checkpointing.tolerable-failed-checkpoints': this.one(['0', '3', '1000']),
      'execution.checkpointing.mode': this.maybe(80) ? 'EXACTLY_ONCE' : 'AT_LEAST_ONCE',
      'execution.checkpointing.num-retained': this.one(['1', '3']),
      'state.backend.type': this.one(['hashmap', 'rocksdb']),
      'execution.checkpointing.incremental': this.one(['true', 'false']),
      'restart-strategy.type': 'fixed-delay',
      'restart-strategy.fixed-delay.attempts': '1000000',
      'restart-strategy.fixed-delay.delay': this.one(['0 ms', '10 ms', '300 ms']),
      'heartbeat.interval': '100 ms',
      'heartbeat.timeout': '500 ms',
      'taskmanager.memory.segment-size': this.one(['256 b', '1 kb', '32 kb']),
      'execution.buffer-timeout.interval': this.one(['0 ms', '5 ms', '100 ms']),
      'taskmanager.network.memory.buffers-per-channel': this.one(['1', '2']),
      'taskmanager.network.memory.floating-buffers-per-gate': this.one(['1', '8']),
      'pipeline.max-parallelism': this.one(['8', '128']),
      'pipeline.auto-watermark-interval': this.one(['0 ms', '10 ms', '200 ms']),
    }
    if (this.maybe(70)) configuration['execution.checkpointing.dir'] = 'file:///checkpoints'
    if (configuration['execution.checkpointing.dir'] !== undefined && this.maybe(40)) {
      configuration['high-availability.type'] = 'kubernetes'
      configuration['high-availability.storageDir'] = 'file:///ha'
    }
    if (this.maybe(40) && configuration['execution.checkpointing.mode'] === 'EXACTLY_ONCE') {
      configuration['execution.checkpointing.unaligned.enabled'] = 'true'
      configuration['execution.checkpointing.max-concurrent-checkpoints'] = '1'
      configuration['execution.checkpointing.aligned-checkpoint-timeout'] = this.one(['0 ms', '20 ms', '100 ms'])
    }
    if (this.maybe(15)) configuration['jobmanager.scheduler'] = 'Adaptive'
    return configuration
  }

  private faults(
    plan: Pick<ChaosPlan, 'rows' | 'every' | 'taskManagers' | 'parallelism'> & { readonly isAvailable: boolean },
  ): Intervention[] {
    const faults: Intervention[] = []
    let hosts = plan.taskManagers
    for (let i = 1 + this.below(4); i > 0; i--) {
      const at = 20 * MILLI + this.below(Math.floor(lengthOf(plan) * 1.3) + 200 * MILLI)
      const later = at + MILLI * this.one([5, 40, 250])
      const subtask = this.below(Math.max(...plan.parallelism))
      const vertex = this.below(4)
      switch (this.below(11)) {
        case 0:
        case 1: {
          // Somebody takes its place, or the job would rightly wait for slots until it fails.
          faults.push({ at, do: 'kill-task-manager', host: 1 + this.below(hosts) }, { at: later, do: 'start-task-manager' })
          hosts++
          break
        }
        case 2:
        case 3:
          faults.push({ at, do: 'fail-task', vertex, subtask })
          break
        case 4:
          faults.push({ at, do: 'throw-at-record', node: 1 + this.below(6), subtask, record: 1 + this.below(20), times: 1 + this.below(2) })
          break
        case 5:
          faults.push({ at, do: 'decline-checkpoints', vertex, subtask, until: later })
          break
        case 6: {
          const slow = { latency: this.one([1, 100]), bandwidth: this.one([10, 1000]), capacity: null, failing: this.maybe(50) }
          faults.push(
            { at, do: 'set-disk', ...slow },
            { at: later, do: 'set-disk', latency: 5, bandwidth: 100_000, capacity: null, failing: false },
          )
          break
        }
        case 7:
          if (hosts > 1) faults.push({ at, do: 'cut-link', hosts: [1, 2], until: later })
          break
        case 8:
          faults.push({ at, do: 'system-outage', system: this.one(['exactly', 'table', 'plain', 'own']), until: later })
          break
        case 9:
          faults.push(
            this.one<Intervention>([
              { at, do: 'trigger-checkpoint' },
              { at, do: 'trigger-savepoint', directory: 'file:///savepoints' },
            ]),
          )
          break
        default:
          faults.push({ at, do: 'slow', node: 1 + this.below(6), subtask, cost: this.one([5000, 40_000]) })
      }
    }
    // One subtask of the source lags behind the others: their barriers come long before its own, and whoever reads both has to wait.
    const [sources] = plan.parallelism
    if (sources > 1 && this.maybe(60)) {
      faults.push({ at: 0, do: 'slow', node: 1, subtask: this.below(sources), cost: this.one([15_000, 60_000]) })
    }
    // With high availability alone: without it the program is run again from nothing, and is right to write everything twice.
    if (plan.isAvailable && this.maybe(50)) {
      const at = 100 * MILLI + this.below(Math.floor(lengthOf(plan) * 1.3) + 200 * MILLI)
      faults.push({ at, do: 'kill-job-manager', downtime: MILLI * this.one([5, 200, 3000]) })
    }
    return faults.sort((a, b) => a.at - b.at)
  }
}
