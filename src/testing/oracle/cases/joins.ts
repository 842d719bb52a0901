import { Dice } from './dice'

type Json = Readonly<Record<string, unknown>>
type Step = readonly unknown[]

/** A case of the family joins. */
export function randomJoins(seed: number): Json {
  const dice = new Dice(seed)
  return dice.maybe(55) ? interval(dice) : windowed(dice)
}

const side = (dice: Dice): string => dice.one(['left', 'right'])

function interval(dice: Dice): Json {
  const lower = dice.between(-8, 6)
  const upper = dice.maybe(3) ? lower - 1 : lower + dice.between(0, 9)
  // Beyond 16 different times a table of Java's doubles, and its order changes.
  const far = dice.maybe(25)
  let at = dice.maybe(25) ? -30 : 0
  const steps = dice.some(dice.between(6, far ? 70 : 35), (i): Step => {
    const choice = dice.below(100)
    if (choice < 70) {
      at += dice.between(0, far ? 4 : 2)
      const time = dice.maybe(80) ? at : at - dice.between(0, 12)
      return [side(dice), dice.one(['k', 'm']), `v${i}`, dice.maybe(0.5) ? null : time]
    }
    if (choice < 80) return ['watermark', dice.maybe(4) ? 'MAX' : at - dice.between(-1, 10)]
    if (choice < 90) return [dice.one(['watermarkLeft', 'watermarkRight']), at - dice.between(-2, 10)]
    if (choice < 97) return [dice.one(['statusLeft', 'statusRight']), dice.one(['idle', 'active'])]
    return ['snapshotAndRestore']
  })
  const inclusive = (): boolean => dice.maybe(65)
  return {
    kind: 'interval',
    lower,
    lowerInclusive: inclusive(),
    upper,
    upperInclusive: inclusive(),
    lateOutputs: dice.maybe(50),
    steps: refused(lower, upper) ? [] : steps,
  }
}
const refused = (lower: number, upper: number): boolean => lower > upper

function windowed(dice: Dice): Json {
  const type = dice.one(['tumbling', 'sliding', 'session', 'tumblingProcessing'])
  const size = dice.one([1, 4, 5, 10])
  const slide = dice.one([1, 2, 3, 5])
  const window =
    type === 'session'
      ? { type, gap: dice.between(1, 6) }
      : type === 'sliding'
        ? { type, size, slide, offset: dice.below(slide) }
        : { type, size, offset: dice.between(1 - size, size - 1) }
  let at = dice.maybe(25) ? -20 : 0
  let watermark = -Infinity
  let clock = 0
  const steps: Step[] = []
  for (let i = dice.between(5, 30); i > 0; i--) {
    const choice = dice.below(100)
    if (choice < 65) {
      at += dice.between(0, 3)
      const time = dice.maybe(80) ? at : at - dice.between(0, 15)
      steps.push([side(dice), dice.one(['k', 'm']), `v${i}`, type === 'tumblingProcessing' && dice.maybe(30) ? null : time])
    } else if (choice < 82) {
      if (watermark === Infinity) continue
      watermark = dice.maybe(3) ? Infinity : Math.max(watermark + 1, at - dice.between(0, 8))
      steps.push(['watermark', watermark === Infinity ? 'MAX' : watermark])
    } else if (choice < 97) {
      clock += dice.below(6)
      steps.push(['processingTime', clock])
    } else {
      watermark = -Infinity
      steps.push(['snapshotAndRestore'])
    }
  }
  return {
    kind: dice.one(['windowJoin', 'coGroup']),
    window,
    allowedLateness: dice.maybe(60) ? 0 : dice.between(1, 9),
    trigger: dice.maybe(65) ? null : { count: dice.between(1, 4), purging: dice.maybe(50) },
    // A co-group of nothing at all has no key to tell.
    evictor: dice.maybe(75) ? null : { count: dice.between(1, 3), after: dice.maybe(50) },
    steps,
  }
}
