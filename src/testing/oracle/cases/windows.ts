import { byTimestampKeyWindow } from '../../conformance/families/windowOperator'
import { Dice } from './dice'

type Json = Readonly<Record<string, unknown>>

const MERGEABLE = ['default', 'eventTime', 'processingTime', 'count', 'purging', 'continuousEventTime', 'continuousProcessingTime'] as const
/** Java's types forbid a trigger of time windows over global ones, and the other way round. */
const OF_TIME_WINDOWS = [...MERGEABLE, 'delta', 'processingTimeout'] as const
const OF_GLOBAL_WINDOWS = [
  'default',
  'never',
  'count',
  'purging',
  'continuousEventTime',
  'continuousProcessingTime',
  'delta',
  'processingTimeout',
] as const
type Triggers = typeof MERGEABLE | typeof OF_TIME_WINDOWS | typeof OF_GLOBAL_WINDOWS

/** A case of the family window-operator: any assigner with any trigger and evictor, small numbers so that much meets. */
export function randomWindows(seed: number): Json {
  const dice = new Dice(seed)
  const assigner = randomAssigner(dice)
  const isSession = String(assigner.type).toLowerCase().endsWith('session')
  const event = assigner.time !== 'processing'
  const trigger = dice.maybe(35)
    ? { type: 'default' }
    : randomTrigger(dice, assigner.type === 'global' ? OF_GLOBAL_WINDOWS : isSession && !dice.maybe(5) ? MERGEABLE : OF_TIME_WINDOWS, 2)
  const triggers = JSON.stringify(trigger)
  const continuous = triggers.includes('continuousEventTime')
  // A small interval in a wide stretch of time fires more often than is worth waiting for.
  const wide = dice.maybe(15) && !triggers.includes('continuous')
  // Flink itself would fire from the beginning of time, or until its end; and a session there has bounds that no double holds.
  const isEndless = (step: readonly unknown[]): boolean =>
    (step[3] === null && (continuous || (isSession && event))) || (continuous && step[1] === 'MAX' && assigner.type === 'global')
  return {
    assigner,
    trigger,
    evictor: dice.maybe(70) ? null : randomEvictor(dice),
    allowedLateness: dice.maybe(55) ? 0 : dice.one([1, 3, 5, 10, 25, dice.maybe(5) ? -1 : 2]),
    lateOutput: dice.maybe(40),
    function: dice.one(['sum', 'count', 'list', 'states']),
    steps: randomSteps(dice, event, wide).filter((step) => !isEndless(step)),
  }
}

function randomAssigner(dice: Dice): Json {
  const time = dice.maybe(75) ? 'event' : 'processing'
  const type = dice.one(['tumbling', 'sliding', 'sliding', 'session', 'session', 'dynamicSession', 'global'])
  switch (type) {
    case 'tumbling': {
      const size = dice.one([1, 2, 5, 7, 10])
      return { type, time, size, offset: dice.maybe(60) ? 0 : dice.between(-size, size) }
    }
    case 'sliding': {
      const slide = dice.one([1, 2, 3, 5, 7])
      return { type, time, size: dice.one([1, 4, 6, 10, 12]), slide, offset: dice.maybe(60) ? 0 : dice.between(-slide, slide) }
    }
    case 'session':
      return { type, time, gap: dice.maybe(3) ? 0 : dice.between(1, 7) }
    case 'dynamicSession':
      return { type, time, gapPerValue: dice.between(1, 2) }
    default:
      return { type, endOfStream: dice.maybe(40) }
  }
}

function randomTrigger(dice: Dice, from: Triggers, depth: number): Json {
  const type = dice.one<string>(from)
  switch (type) {
    case 'count':
      return { type, n: dice.between(1, 4) }
    case 'purging':
      return depth === 0 ? { type: 'default' } : { type, of: randomTrigger(dice, from, depth - 1) }
    case 'continuousEventTime':
    case 'continuousProcessingTime':
      return { type, interval: dice.one([1, 2, 3, 5, 10]) }
    case 'delta':
      return { type, threshold: dice.between(-1, 4) }
    case 'processingTimeout':
      if (depth === 0) return { type: 'default' }
      return {
        type,
        of: randomTrigger(dice, from, depth - 1),
        timeout: dice.one([1, 3, 5, 10]),
        resetOnNewRecord: dice.maybe(50),
        clearOnTimeout: dice.maybe(50),
      }
    default:
      return { type }
  }
}

function randomEvictor(dice: Dice): Json {
  const type = dice.one(['count', 'time', 'delta'])
  const after = dice.maybe(40)
  if (type === 'count') return { type, n: dice.between(0, 3), after }
  if (type === 'time') return { type, keep: dice.between(0, 6), after }
  return { type, threshold: dice.between(-2, 4), after }
}

function randomSteps(dice: Dice, event: boolean, wide: boolean): readonly (readonly unknown[])[] {
  const keys = ['a', 'b', 'c'].slice(0, dice.between(1, 3))
  const scale = wide ? 1000 : 1
  let watermark = -Infinity
  let clock = 0
  let at = dice.maybe(25) ? -20 : 0
  const steps: (readonly unknown[])[] = []
  for (let i = dice.between(4, 30); i > 0; i--) {
    const choice = dice.below(100)
    if (choice < 62) {
      at += dice.between(0, 3) * scale
      const time = dice.maybe(75) ? at : at - dice.between(0, 25)
      steps.push([
        'record',
        dice.one(keys),
        dice.between(dice.maybe(4) ? -1 : 1, 6),
        !event && dice.maybe(50) ? null : dice.maybe(0.5) ? null : time,
      ])
    } else if (choice < 82) {
      const next = Math.max(watermark + 1, at - dice.between(0, 8))
      if (watermark === Infinity) continue
      watermark = dice.maybe(3) ? Infinity : next
      steps.push(['watermark', watermark === Infinity ? 'MAX' : watermark])
    } else if (choice < 97) {
      clock += dice.between(0, 6) * scale
      steps.push(['processingTime', clock])
    } else {
      watermark = -Infinity
      steps.push(['snapshotAndRestore'])
    }
  }
  if (watermark !== Infinity && dice.maybe(50)) steps.push(['watermark', 'MAX'])
  return steps
}

interface StepAnswer {
  readonly out?: readonly unknown[]
  readonly ties?: readonly (readonly [number, number])[]
}

/** Flink's own order within ties becomes the vectors' order. */
export const tiesSorted = (answer: unknown): unknown => {
  const { steps } = answer as { readonly steps?: readonly StepAnswer[] }
  if (steps === undefined) return answer
  return {
    steps: steps.map((step) => {
      if (step.ties === undefined) return step
      const out = [...step.out!]
      for (const [from, to] of step.ties) out.splice(from, to - from, ...out.slice(from, to).sort(byTimestampKeyWindow))
      return { ...step, out }
    }),
  }
}
