import { Dice } from './dice'

type Json = Readonly<Record<string, unknown>>
type Step = readonly unknown[]

/** Watermarks that mostly rise, one count for each place. */
class Rising {
  private readonly last = new Map<number | string | null, number>()
  constructor(private readonly dice: Dice) {}
  next(at: number | string | null): number | string {
    const { dice, last } = this
    if (dice.maybe(2)) return dice.one(['MAX', 'MIN'])
    const before = last.get(at) ?? dice.between(-3, 3)
    const now = before + dice.between(dice.maybe(15) ? -4 : 0, 6)
    last.set(at, Math.max(now, before))
    return now
  }
}
const status = (dice: Dice): string => dice.one(['idle', 'active'])

/** A case of the family watermark-valve. */
export function randomValve(seed: number): Json {
  const dice = new Dice(seed)
  const channels = dice.between(1, 5)
  const rising = new Rising(dice)
  const steps = dice.some(dice.between(5, 40), (): Step => {
    const channel = dice.below(channels)
    return dice.maybe(65) ? ['watermark', channel, rising.next(channel)] : ['status', channel, status(dice)]
  })
  return { channels, steps }
}

/** A case of the family two-input-watermarks. */
export function randomTwoInputs(seed: number): Json {
  const dice = new Dice(seed)
  const rising = new Rising(dice)
  const kind = dice.one(['operator', 'keyed', 'task'])
  const count = dice.between(5, 35)
  const timestamp = (): number | null => (dice.maybe(20) ? null : dice.between(0, 50))
  if (kind === 'operator') {
    const steps = dice.some(count, (): Step => {
      const input = dice.between(1, 2)
      const choice = dice.below(10)
      if (choice < 2) return ['record', input, dice.one(['a', 'b', 'c']), timestamp()]
      return choice < 7 ? ['watermark', input, rising.next(input)] : ['status', input, status(dice)]
    })
    return { kind, steps }
  }
  if (kind === 'task') {
    const channels = [dice.between(1, 3), dice.between(1, 3)]
    const steps = dice.some(count, (): Step => {
      const input = dice.between(1, 2)
      const channel = dice.below(channels[input - 1]!)
      const choice = dice.below(10)
      if (choice < 1) return ['record', input, channel, dice.one(['a', 'b', 'c']), timestamp()]
      return choice < 7 ? ['watermark', input, channel, rising.next(`${input}.${channel}`)] : ['status', input, channel, status(dice)]
    })
    return { kind, channels, steps }
  }
  let clock = 0
  const steps = dice.some(count, (): Step => {
    const choice = dice.below(100)
    const key = dice.one(['a', 'b'])
    if (choice < 25) return ['add', key, dice.between(1, 9), timestamp()]
    if (choice < 50) {
      return [
        'timer',
        key,
        dice.one(['event', 'event', 'processing', 'deleteEvent', 'deleteProcessing']),
        dice.between(-3, 40),
        timestamp(),
      ]
    }
    if (choice < 78) {
      const input = dice.between(1, 2)
      return ['watermark', input, rising.next(input)]
    }
    if (choice < 88) return ['status', dice.between(1, 2), status(dice)]
    if (choice < 97) {
      clock += dice.below(8)
      return ['processingTime', clock]
    }
    return ['snapshotAndRestore']
  })
  return { kind, steps }
}

/** A case of the family watermark-generators. */
export function randomGenerators(seed: number): Json {
  const dice = new Dice(seed)
  const kind = dice.one(['operator', 'split-watermarks', 'multiplexer'])
  if (kind === 'multiplexer') return multiplexer(dice)
  const type = dice.one(['monotonous', 'boundedOutOfOrderness', 'boundedOutOfOrderness', 'none', 'punctuated', 'scripted'])
  const refused = kind === 'operator' && dice.maybe(3)
  const strategy = {
    generator: type === 'boundedOutOfOrderness' ? { type, delay: refused ? -1 : dice.between(0, 8) } : { type },
    idleness: dice.maybe(50) ? null : refused ? 0 : dice.one([1, 5, 10, 30, 100]),
    assigner: dice.one(['element', 'element', 'record', 'recordElseElement']),
  }
  const interval = kind === 'operator' && dice.maybe(10) ? 0 : dice.one([5, 10, 50])
  const startTime = dice.below(20)
  const base = { kind, strategy, autoWatermarkInterval: interval, startTime }
  return kind === 'operator'
    ? { ...base, progressive: dice.maybe(90), steps: operatorSteps(dice, interval, startTime) }
    : { ...base, steps: splitSteps(dice, interval, startTime) }
}

const VALUES = ['a', 'b*', 'wm', 'idle', 'active']
class Elements {
  private at = 0
  constructor(private readonly dice: Dice) {}
  next(): Step {
    const { dice } = this
    this.at += dice.between(0, 6)
    return [
      dice.one(VALUES),
      dice.maybe(75) ? this.at : this.at - dice.between(0, 15),
      dice.maybe(60) ? null : this.at + dice.between(-9, 9),
    ]
  }
}

function operatorSteps(dice: Dice, interval: number, startTime: number): readonly Step[] {
  const elements = new Elements(dice)
  let clock = startTime
  let pressed = false
  const steps = dice.some(dice.between(5, 35), (): Step => {
    const choice = dice.below(100)
    if (choice < 45) return ['record', ...elements.next()]
    if (choice < 85) {
      clock += dice.below(interval === 0 ? 20 : interval)
      return ['processingTime', clock]
    }
    if (choice < 90) return ['watermark', dice.one([3, 20, 'MAX'])]
    if (choice < 95) return ['status', status(dice)]
    pressed = !pressed
    return ['backPressure', pressed]
  })
  return dice.maybe(20) ? [...steps, ['finish']] : steps
}

function splitSteps(dice: Dice, interval: number, startTime: number): readonly Step[] {
  const elements = new Elements(dice)
  const rising = new Rising(dice)
  let clock = startTime
  const open = new Set<string>()
  const paused = new Set<string>()
  const steps: Step[] = []
  const add = (): void => {
    const id = dice.one(['p', 'q', 'r'])
    open.add(id)
    steps.push(['addSplit', id])
  }
  for (let i = dice.between(6, 40); i > 0; i--) {
    const choice = dice.below(100)
    const ids = [...open]
    const split = ids.length === 0 || dice.maybe(15) ? null : dice.one(ids)
    if (choice < 10) add()
    else if (choice < 14 && split !== null) {
      open.delete(split)
      paused.delete(split)
      steps.push(['removeSplit', split])
    } else if (choice < 50) steps.push(['record', split, ...elements.next()])
    else if (choice < 55) steps.push(['emitWatermark', split, rising.next(split)])
    else if (choice < 60) steps.push([dice.one(['markIdle', 'markActive']), split])
    else if (choice < 68 && split !== null) {
      steps.push([paused.has(split) ? 'resumeSplit' : 'pauseSplit', split])
      if (!paused.delete(split)) paused.add(split)
    } else if (choice < 95) {
      // A tick that runs late would show whether it is the next one's rate or its delay that is fixed: here each runs in time.
      const nextTick = startTime + interval * (Math.floor((clock - startTime) / interval) + 1)
      clock = Math.min(clock + dice.below(interval), nextTick)
      steps.push(['processingTime', clock])
    } else steps.push(['tick'])
  }
  return steps
}

function multiplexer(dice: Dice): Json {
  const rising = new Rising(dice)
  const open = new Set<string>()
  const steps: Step[] = []
  for (let i = dice.between(6, 40); i > 0; i--) {
    const choice = dice.below(100)
    const ids = [...open]
    const free = ['p', 'q', 'r'].filter((id) => !open.has(id))
    const how = dice.one(['immediate', 'deferred'])
    if (ids.length === 0 || (choice < 15 && free.length > 0)) {
      const id = dice.one(free)
      open.add(id)
      steps.push(['register', id])
    } else if (choice < 20) {
      const id = dice.one(ids)
      open.delete(id)
      steps.push(['unregister', id])
    } else if (choice < 60) {
      const id = dice.one(ids)
      steps.push(['watermark', id, how, rising.next(id)])
    } else if (choice < 80) steps.push([dice.one(['idle', 'active']), dice.one(ids), how])
    else steps.push(['periodic'])
  }
  return { kind: 'multiplexer', steps }
}
