import { Prng } from '../../base/prng'
import type { ProgramCase, Step } from '../conformance/programs/notation'

type Draft = { -readonly [member in keyof Step]: Step[member] }
/** What may stand behind a stream depends on what it is. */
type Kind = 'operator' | 'virtual' | 'keyed'

const NAMES = ['alpha', 'beta', 'a, b', 'x -> y', '名']
const ASSIGNED = ['tumbling', 'sliding', 'session', 'global', 'globalEndOfStream'] as const
const FUNCTIONS = ['reduce', 'reduceApply', 'reduceProcess', 'aggregate', 'aggregateProcess', 'process', 'apply', 'sum']
const SINKS = ['discarding', 'print', 'twoPhase', 'preWriteRebalance', 'preWriteMap', 'preCommit', 'globalCommit']

/** A random program: some sources, up to a dozen steps behind them, sinks behind most of what nobody reads. Many are refused, which is the point, too. */
export const randomProgram = (seed: number): ProgramCase => new Maker(new Prng(seed)).program()

class Maker {
  private readonly steps: Draft[] = []
  private readonly streams: { readonly id: string; readonly kind: Kind }[] = []

  constructor(private readonly random: Prng) {}

  program(): ProgramCase {
    const environment = this.environment()
    const isBatch = environment.runtimeMode !== undefined
    for (let i = 1 + this.below(3); i > 0; i--) this.source(isBatch)
    for (let i = 2 + this.below(10); i > 0; i--) this.step(isBatch)
    for (const { id } of this.streams) {
      const isRead = this.steps.some(({ input, inputs }) => input === id || inputs?.includes(id) === true)
      if (!isRead && this.maybe(85)) this.sink(id)
    }
    return { environment, steps: this.steps }
  }

  private environment(): ProgramCase['environment'] {
    const configuration: Record<string, string> = {}
    const environment: { -readonly [member in keyof ProgramCase['environment']]: ProgramCase['environment'][member] } = {
      parallelism: 1 + this.below(4),
    }
    if (this.maybe(12)) environment.maxParallelism = this.one([16, 64, 128, 200])
    if (this.maybe(20)) {
      environment.runtimeMode = this.one(['BATCH', 'BATCH', 'AUTOMATIC'])
      if (this.maybe(50)) configuration['jobmanager.scheduler'] = 'Default'
      if (this.maybe(20)) configuration['execution.batch-shuffle-mode'] = this.one(['ALL_EXCHANGES_PIPELINED', 'ALL_EXCHANGES_BLOCKING'])
    }
    if (this.maybe(6)) environment.disableOperatorChaining = true
    if (this.maybe(10)) environment.chainOperatorsWithDifferentMaxParallelism = false
    if (this.maybe(10)) environment.bufferTimeout = this.one([0, 10, 1000, -1])
    if (this.maybe(8)) {
      environment.checkpointingInterval = 1000
      if (this.maybe(50)) environment.unalignedCheckpoints = true
    }
    if (this.maybe(6)) configuration['pipeline.vertex-description-mode'] = this.one(['TREE', 'CASCADING'])
    if (this.maybe(5)) configuration['pipeline.vertex-name-include-index-prefix'] = 'true'
    if (Object.keys(configuration).length > 0) environment.configuration = configuration
    return environment
  }

  private source(isBatch: boolean): void {
    const bounded = ['fromSequence', 'fromSource', 'fromData', 'fromElements', 'fromCollection']
    const op = this.one(isBatch ? bounded : [...bounded, ...bounded, 'addSource', 'addParallelSource', 'socketTextStream', 'readTextFile'])
    const step = this.add({ op })
    if (op === 'fromSource' && this.maybe(30)) step.sourceName = 'topic'
    if (op === 'fromSource' && !isBatch && this.maybe(30)) step.bounded = false
    this.settings(step, { pinned: ['fromElements', 'fromCollection', 'addSource', 'socketTextStream'].includes(op) })
    // These carry text, all other steps numbers.
    if (op === 'socketTextStream' || op === 'readTextFile') this.operator({ op: 'map', input: step.id })
    else this.streams.push({ id: step.id, kind: 'operator' })
  }

  private step(isBatch: boolean): void {
    const { id, kind } = this.one(this.maybe(70) ? this.streams.slice(-4) : this.streams)
    const choice = this.below(100)
    if (kind === 'keyed' && choice < 75) this.behindKeyed(id)
    else if (choice < 30) this.oneInput(id)
    else if (choice < 55) {
      this.virtual({ op: this.one(['rebalance', 'rescale', 'shuffle', 'broadcast', 'global', 'forward', 'partitionCustom']), input: id })
    } else if (choice < 70) this.virtual({ op: 'keyBy', input: id }, 'keyed')
    else if (choice < 76 && kind === 'operator') this.virtual({ op: 'sideOutput', input: id, tag: this.one(['a', 'b']) })
    else if (choice < 86) this.twoInputs(id)
    else if (choice < 89) this.notPublic(id)
    else if (choice < 91 && !isBatch) this.iteration(id)
    else if (choice < 93) this.source(isBatch)
    else this.settings(this.add({ op: this.one(['print', 'addSink']), input: id }), { isSink: true })
  }

  private behindKeyed(id: string): void {
    const op = this.one(['keyedProcess', 'reduce', 'sum', 'min', 'window', 'window', 'countWindow', 'mapPartition', 'map', 'process', 'filter', 'intervalJoin', 'keyedCoProcess', 'keyedBroadcastProcess']) // prettier-ignore
    const other = (keyed: boolean): string | undefined => {
      const fitting = this.streams.filter(({ kind }) => (kind === 'keyed') === keyed)
      return fitting.length === 0 ? undefined : this.one(fitting).id
    }
    if (op === 'intervalJoin' || op === 'keyedCoProcess') this.operator({ op, inputs: [id, other(true)!] })
    else if (op === 'keyedBroadcastProcess') {
      const broadcast = other(false)
      if (broadcast !== undefined) this.operator({ op, inputs: [id, broadcast] })
    } else if (op === 'window') this.operator({ op, input: id, assigner: this.assigner(), ...this.windowSettings() })
    else if (op === 'countWindow') {
      this.operator({ op, input: id, size: 3, ...(this.maybe(40) ? { slide: 1 } : {}), function: this.one(['reduce', 'aggregate', 'sum']) })
    } else this.operator({ op, input: id })
  }

  private oneInput(id: string): void {
    const op = this.one(['map', 'map', 'flatMap', 'filter', 'process', 'assignTimestampsAndWatermarks', 'async', 'transform', 'mapPartition', 'windowAll', 'countWindowAll']) // prettier-ignore
    if (op === 'windowAll') this.operator({ op, input: id, assigner: this.assigner(), ...this.windowSettings() }, { pinned: true })
    else if (op === 'countWindowAll') this.operator({ op, input: id, size: 4 }, { pinned: true })
    else if (op === 'transform' && this.maybe(50)) {
      this.operator({ op, input: id, strategy: this.one(['ALWAYS', 'HEAD', 'HEAD_WITH_SOURCES', 'NEVER']) })
    } else this.operator({ op, input: id })
  }

  private twoInputs(id: string): void {
    const inputs = [id, this.one(this.streams).id]
    if (this.maybe(50)) return this.virtual({ op: 'union', inputs })
    const op = this.one(['coMap', 'coFlatMap', 'coProcess', 'windowJoin', 'windowCoGroup', 'broadcastProcess'])
    this.operator({ op, inputs, ...(op.startsWith('window') ? { assigner: this.assigner() } : {}) })
  }

  /** What programs cannot say, but Flink itself does. */
  private notPublic(id: string): void {
    if (this.maybe(50)) {
      const partitioner = this.one(['FORWARD', 'REBALANCE', 'RESCALE'])
      return this.virtual({ op: 'exchange', input: id, partitioner, mode: this.one(['PIPELINED', 'BATCH', 'UNDEFINED']) })
    }
    const strategy = this.one(['ALWAYS', 'HEAD', 'HEAD_WITH_SOURCES'] as const)
    this.operator({ op: 'multipleInput', inputs: [id, this.one(this.streams).id], ...(this.maybe(50) ? { strategy } : {}) })
  }

  private iteration(id: string): void {
    const iteration = this.add({ op: 'iterate', input: id })
    const body = this.operator({ op: this.one(['map', 'flatMap', 'process']), input: iteration.id })
    let feedback = body.id
    if (this.maybe(50)) {
      const filter = this.add({ op: 'filter', input: feedback })
      this.settings(filter)
      feedback = filter.id
    }
    if (this.maybe(30)) feedback = this.add({ op: this.one(['rebalance', 'keyBy', 'shuffle']), input: feedback }).id
    this.add({ op: 'closeWith', input: feedback, iteration: iteration.id })
  }

  private sink(id: string): void {
    const op = this.one(['print', 'addSink', 'sinkTo', 'sinkTo', 'sinkTo', 'printToErr'])
    this.settings(this.add({ op, input: id, ...(op === 'sinkTo' ? { sink: this.one(SINKS) } : {}) }), { isSink: true })
  }

  private assigner(): NonNullable<Step['assigner']> {
    const type = this.one(this.maybe(30) ? ASSIGNED : ASSIGNED.slice(0, 3))
    const time = this.one(['event', 'processing'])
    if (type === 'tumbling') return { type, time, size: 100 }
    if (type === 'sliding') return { type, time, size: 100, slide: 50 }
    return type === 'session' ? { type, time, gap: 30 } : { type }
  }

  private windowSettings(): Partial<Step> {
    return {
      ...(this.maybe(70) ? { function: this.one(FUNCTIONS) } : {}),
      ...(this.maybe(20) ? { trigger: this.one(['count', 'purgingCount', 'continuous']) } : {}),
      ...(this.maybe(15) ? { evictor: this.one(['count', 'time']) } : {}),
      ...(this.maybe(10) ? { lateTag: 'late' } : {}),
    }
  }

  private settings(step: Draft, { isSink = false, pinned = false }: { readonly isSink?: boolean; readonly pinned?: boolean } = {}): void {
    if (this.maybe(12)) step.name = this.one(NAMES)
    if (this.maybe(12)) step.uid = this.maybe(97) ? `uid-${step.id}` : 'uid-twice'
    if (!isSink && this.maybe(2)) step.uidHash = Array.from({ length: 32 }, () => this.below(16).toString(16)).join('')
    if (!pinned && this.maybe(20)) step.parallelism = 1 + this.below(4)
    if (!pinned && this.maybe(8)) step.maxParallelism = this.one([8, 16, 128, 256])
    if (!isSink && this.maybe(5)) step.bufferTimeout = this.one([-1, 0, 5])
    if (this.maybe(12)) step.slotSharingGroup = this.one(['default', 'heavy', 'io', 'heavy'])
    if (this.maybe(10)) step.chaining = isSink || this.maybe(50) ? 'disableChaining' : 'startNewChain'
    if (this.maybe(5)) step.description = this.one(['something longer', 'with <html> & "quotes"'])
  }

  private operator(step: Omit<Draft, 'id'>, options?: { readonly pinned?: boolean }): Draft {
    const made = this.add(step)
    this.settings(made, options)
    this.streams.push({ id: made.id, kind: 'operator' })
    return made
  }
  private virtual(step: Omit<Draft, 'id'>, kind: Kind = 'virtual'): void {
    this.streams.push({ id: this.add(step).id, kind })
  }
  private add(step: Omit<Draft, 'id'>): Draft {
    const made: Draft = { id: `s${this.steps.length + 1}`, ...step }
    this.steps.push(made)
    return made
  }
  private below = (bound: number): number => this.random.nextInt(bound)
  private maybe = (percent: number): boolean => this.below(100) < percent
  private one = <T>(of: readonly T[]): T => of[this.below(of.length)]!
}
