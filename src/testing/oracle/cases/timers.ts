import { Dice } from './dice'

type Json = Readonly<Record<string, unknown>>
type Action = readonly [string, number?]

const SETTING = ['registerEventTimer', 'registerEventTimer', 'registerProcessingTimer', 'deleteEventTimer', 'deleteProcessingTimer']

/** A case of the family timers, in Flink's exact order. */
export function randomTimers(seed: number): Json {
  const dice = new Dice(seed)
  const keys = ['a', 'b', 'c', 'd', 'e'].slice(0, dice.between(1, 5))
  const span = dice.one([6, 20, 60])
  let watermark = -Infinity
  let clock = 0
  const steps: (readonly unknown[])[] = []
  const action = (time: () => number): Action => {
    const choice = dice.below(10)
    if (choice < 7) return [dice.one(SETTING), time()]
    return choice === 7 ? ['addState', dice.between(1, 9)] : choice === 8 ? ['clearState'] : ['emitState']
  }
  for (let i = dice.between(5, 30); i > 0; i--) {
    const choice = dice.below(100)
    if (choice < 60) {
      const from = Math.max(clock, watermark === -Infinity ? 0 : watermark)
      const actions = dice.some(dice.between(1, 4), () => action(() => from + dice.between(-3, span)))
      steps.push(['record', dice.one(keys), actions, dice.maybe(20) ? null : dice.between(0, 50)])
    } else if (choice < 80) {
      watermark = Math.max(
        watermark + 1,
        dice.maybe(50) ? clock : -Infinity,
        watermark === -Infinity ? dice.between(-3, 3) : watermark + dice.below(span),
      )
      steps.push(['watermark', watermark])
    } else if (choice < 96) {
      clock += dice.below(span)
      steps.push(['processingTime', clock])
    } else {
      watermark = -Infinity
      steps.push(['snapshotAndRestore'])
    }
  }
  const from = dice.between(-5, 20)
  // What a timer registers lies in the future, or it would fire for ever.
  const onTimer = {
    from,
    until: from + dice.between(0, 60),
    actions: dice.some(dice.between(1, 3), () => action(() => dice.between(1, 12))),
  }
  return { onTimer: dice.maybe(40) ? null : onTimer, steps, exactTies: true }
}
