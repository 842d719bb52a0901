import type { JobCase, JobStep } from '../../conformance/jobs/programText'
import { Dice } from './dice'

type Draft = Record<string, unknown> & { readonly op: string }
type Source = JobCase['sources'][number]
type Element = readonly (string | number | null)[]

const KEYS = ['a', 'b', 'c', 'd', 'key-5', 'ключ']
const STATELESS = ['double', 'addOne', 'negate', 'clearTag', 'tagValue']

/**
 * A case of the family jobs whose results do not hang on chance: one path of records with any keyed operator at its end, where lateness is exact; or
 * several channels that meet, where nothing is late and no order is seen.
 */
export function randomJob(seed: number): JobCase {
  const maker = new Maker(new Dice(seed))
  return maker.make()
}

class Maker {
  private readonly steps: JobStep[] = []
  private readonly sources: Source[] = []
  private readonly sinks: JobCase['sinks'][number][] = []

  constructor(private readonly dice: Dice) {}

  make(): JobCase {
    const { dice } = this
    const environment = {
      parallelism: dice.between(1, 4),
      runtimeMode: 'STREAMING',
      ...(dice.maybe(15) ? { maxParallelism: dice.one([4, 5, 16, 200]) } : {}),
    }
    const choice = dice.below(100)
    if (choice < 50) this.onePath()
    else if (choice < 75) this.meeting()
    else this.joining()
    return { environment, sources: this.sources, steps: this.steps, sinks: this.sinks }
  }

  /** source → steps at parallelism 1 → keyBy → operator at any parallelism → steps that see no order. */
  private onePath(): void {
    const { dice } = this
    let at = this.source(dice.maybe(60))
    for (let i = dice.below(3); i > 0; i--) {
      at = this.stateless(at, { parallelism: 1 })
      if (dice.maybe(15)) at = this.step({ op: 'process', input: at, function: 'times', parallelism: 1 })
    }
    if (dice.maybe(15)) {
      at = this.step({ op: 'process', input: at, function: 'splitSign', parallelism: 1 })
      if (dice.maybe(60)) this.sink(this.step({ op: 'sideOutput', input: at, tag: dice.one(['zero', 'negative', 'never']) }))
    }
    const made = dice.maybe(15) ? this.windowOfAll(at) : this.keyed(at)
    let out = made
    for (let i = dice.below(2); i > 0; i--) out = this.stateless(out)
    this.sink(out)
  }

  /** Streams that unite, spread and meet again: nothing is late, windows do no more than count. */
  private meeting(): void {
    const { dice } = this
    const inputs = dice.some(dice.between(1, 3), () => {
      let at = this.source(false)
      if (dice.maybe(60)) at = this.stateless(this.step({ op: dice.one(['rebalance', 'rescale', 'shuffle', 'global']), input: at }))
      return at
    })
    let at = inputs.length === 1 ? inputs[0]! : this.step({ op: 'union', inputs })
    if (dice.maybe(30)) at = this.stateless(this.step({ op: 'rebalance', input: at }))
    if (dice.maybe(20))
      at = this.step({
        op: 'asyncMap',
        input: at,
        mode: dice.one(['ordered', 'unordered']),
        capacity: dice.between(1, 5),
        function: 'addOne',
      })
    const windowed = this.countingWindow(at)
    this.sink(windowed)
    // Results of windows are in time for the next ones.
    if (dice.maybe(40)) this.sink(this.countingWindow(windowed))
    if (dice.maybe(25)) this.sink(this.stateless(at))
  }

  /** Two streams that are joined in time; nothing is late. */
  private joining(): void {
    const { dice } = this
    const plain = (): string => {
      const at = this.source(false)
      return dice.maybe(30) ? this.stateless(at, { parallelism: 1 }) : at
    }
    const [left, right] = [plain(), plain()]
    const keyed = (input: string): string => this.step({ op: 'keyBy', input, by: 'key' })
    const op = dice.one(['windowJoin', 'coGroup', 'intervalJoin', 'intervalJoin', 'keyedCoProcess', 'broadcastProcess', 'coMap'])
    const made = ((): string => {
      switch (op) {
        case 'windowJoin':
        case 'coGroup':
          return this.step({ op, inputs: [left, right], assigner: this.assigner(true) })
        case 'intervalJoin': {
          const lower = dice.between(-12, 5)
          const exclusive = { lowerExclusive: dice.maybe(30), upperExclusive: dice.maybe(30) }
          return this.step({ op, inputs: [keyed(left), keyed(right)], lower, upper: lower + dice.between(0, 20), ...exclusive })
        }
        case 'keyedCoProcess':
          return this.step({ op, inputs: [keyed(left), keyed(right)], function: 'difference', at: 10_000 })
        case 'broadcastProcess':
          return this.step({ op, inputs: [keyed(left), this.oneRuleAKey(right)], function: 'factorAt', at: 10_000 })
        default:
          return this.step({ op, inputs: [left, right], first: dice.one(STATELESS), second: dice.one(STATELESS) })
      }
    })()
    this.sink(made)
    if ((op === 'windowJoin' || op === 'coGroup') && dice.maybe(40)) this.sink(this.countingWindow(made))
  }

  /** Rules of one key that change would depend on where they come in: here each is made of its own value. */
  private oneRuleAKey(input: string): string {
    return this.step({ op: 'map', input, function: 'valueToKey', parallelism: 1 })
  }

  /** Elements every ten ms or so, some of them out of order; late ones only if allowed. */
  private source(mayBeLate: boolean): string {
    const { dice } = this
    const id = `in${this.sources.length}`
    const type = dice.one(mayBeLate ? ['perElement', 'perElement', 'script', 'none'] : ['perElement', 'perElement', 'script', 'none'])
    const disorder = dice.maybe(40) ? 0 : dice.between(0, 30)
    const elements: Element[] = []
    const keys = KEYS.slice(0, dice.between(1, KEYS.length))
    let at = dice.maybe(20) ? -50 : 0
    let highest = -Infinity
    let watermark = -Infinity
    for (let i = dice.between(3, 25); i > 0; i--) {
      at += dice.between(0, 3) * 5
      const time = mayBeLate && dice.maybe(10) ? at - dice.between(0, 80) : Math.max(at - dice.between(0, disorder), watermark + 1)
      elements.push(['record', dice.one(keys), dice.between(-3, 9), time, dice.one(['', 'x', 'to be or', 'y'])])
      highest = Math.max(highest, time)
      if (type === 'perElement') watermark = highest - disorder - 1
      else if (type === 'script' && dice.maybe(40)) {
        watermark = Math.max(watermark, at - dice.between(0, 30))
        elements.push(['watermark', watermark])
      }
    }
    this.sources.push({ id, watermarks: type === 'perElement' ? { type, outOfOrderness: disorder } : { type }, elements })
    return id
  }

  private stateless(input: string, settings: Record<string, unknown> = {}): string {
    const { dice } = this
    const op = dice.one(['map', 'map', 'filter', 'flatMap'])
    const name = dice.one(op === 'map' ? STATELESS : op === 'filter' ? ['even', 'odd', 'positive', 'all'] : ['split', 'words'])
    return this.step({ op, input, function: name, ...this.somewhere(), ...settings })
  }

  private keyed(input: string): string {
    const { dice } = this
    const keyed = this.step({ op: 'keyBy', input, ...(dice.maybe(70) ? { by: 'key' } : { by: 'value', mod: dice.between(1, 4) }) })
    const choice = dice.below(100)
    if (choice < 45) return this.anyWindow('window', keyed)
    if (choice < 60) {
      const op = dice.one(['reduce', 'sum', 'min', 'max', 'minBy', 'maxBy'])
      const settings =
        op === 'reduce'
          ? { function: dice.one(['sum', 'max', 'concat']) }
          : op.endsWith('By') && dice.maybe(60)
            ? { first: dice.maybe(50) }
            : {}
      return this.step({ op, input: keyed, ...settings, ...this.somewhere() })
    }
    if (choice < 65) return this.step({ op: 'mapPartition', input: keyed, ...this.somewhere() })
    const name = dice.one([
      'runningCount',
      'where',
      'dedup',
      'lateness',
      'inactivity',
      'deleteTimer',
      'timer',
      'repeat',
      'sortByTime',
      'sortByTime',
      'failOn',
    ])
    const parameters = { gap: dice.between(1, 40), times: dice.between(1, 4), value: 9 }
    const made = this.step({ op: 'keyedProcess', input: keyed, function: name, ...parameters, ...this.somewhere() })
    if (name === 'sortByTime') this.sink(this.step({ op: 'sideOutput', input: made, tag: 'late' }))
    return made
  }

  private windowOfAll(input: string): string {
    return this.anyWindow('windowAll', input)
  }

  private anyWindow(op: string, input: string): string {
    const { dice } = this
    const counts = dice.maybe(15)
    const assigner = counts
      ? { type: 'count', size: dice.between(1, 5), ...(dice.maybe(50) ? { slide: dice.between(1, 4) } : {}) }
      : this.assigner(false)
    const lateTag = !counts && dice.maybe(35) ? { lateTag: 'late' } : {}
    const made = this.step({
      op,
      input,
      assigner,
      ...(counts || dice.maybe(65) ? {} : { trigger: this.trigger() }),
      ...(counts || dice.maybe(80)
        ? {}
        : { evictor: dice.maybe(50) ? { type: 'count', n: dice.between(1, 4) } : { type: 'time', keep: dice.between(0, 30) } }),
      ...(counts || dice.maybe(60) ? {} : { allowedLateness: dice.one([0, 5, 20, 100]) }),
      ...lateTag,
      function: dice.one(this.functionsOf(assigner)),
      ...(op === 'window' ? this.somewhere() : {}),
    })
    if ('lateTag' in lateTag) this.sink(this.step({ op: 'sideOutput', input: made, tag: 'late' }))
    return made
  }

  /** Of merged sessions the order of the elements is that of a hash set; it is the same everywhere, and shows in what is first. */
  private functionsOf(assigner: Readonly<Record<string, unknown>>): readonly string[] {
    const counting = ['sum', 'count', 'min', 'max', 'list', 'list']
    return assigner.type === 'session' ? counting : [...counting, 'sumField', 'minField', 'maxField', 'minByField', 'maxByField', 'concat']
  }

  private trigger(): Record<string, unknown> {
    const { dice } = this
    const type = dice.one(['eventTime', 'purgingEventTime', 'count', 'purgingCount', 'continuous'])
    if (type.toLowerCase().endsWith('count')) return { type, n: dice.between(1, 4) }
    return type === 'continuous' ? { type, interval: dice.one([1, 5, 10]) } : { type }
  }

  /** Times are multiples of five: a gap that is none cannot end where another session begins. */
  private assigner(several: boolean): Record<string, unknown> {
    const { dice } = this
    const type = dice.one(['tumbling', 'tumbling', 'sliding', 'session'])
    const offset = dice.maybe(70) ? {} : { offset: dice.between(0, 4) }
    if (type === 'session') return { type, gap: several ? dice.one([3, 7, 12, 18, 31]) : dice.between(1, 40) }
    if (type === 'tumbling') return { type, size: dice.one([5, 10, 20, 50]), ...offset }
    return { type, size: dice.one([10, 20, 30, 50]), slide: dice.one([5, 10, 15]), ...offset }
  }

  private countingWindow(input: string): string {
    const { dice } = this
    const assigner = this.assigner(true)
    const type = String(assigner.type)
    // Where disorder or a window's last millisecond breaks the five, sessions might touch.
    const settled = type === 'session' ? { type: 'tumbling', size: 20 } : assigner
    if (dice.maybe(20)) return this.step({ op: 'windowAll', input, assigner: settled, function: dice.one(['sum', 'count', 'min', 'max']) })
    const keyed = this.step({ op: 'keyBy', input, ...(dice.maybe(70) ? { by: 'key' } : { by: 'value', mod: dice.between(1, 4) }) })
    return this.step({
      op: 'window',
      input: keyed,
      assigner: settled,
      function: dice.one(['sum', 'count', 'min', 'max']),
      ...this.somewhere(),
    })
  }

  private sink(input: string): void {
    this.sinks.push({ id: `out${this.sinks.length}`, input, ...(this.dice.maybe(30) ? { parallelism: this.dice.between(1, 4) } : {}) })
  }

  private somewhere(): Record<string, unknown> {
    const { dice } = this
    return dice.maybe(25) ? { parallelism: dice.between(1, 4) } : {}
  }

  private step(draft: Draft): string {
    const id = `s${this.steps.length}`
    this.steps.push({ id, ...draft } as unknown as JobStep)
    return id
  }
}
