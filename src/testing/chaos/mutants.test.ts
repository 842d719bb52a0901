import { expect, it } from 'vitest'
import { ChannelState } from '../../runtime/checkpoint/barriers/barrierStates'
import { CheckpointedInputs } from '../../runtime/checkpoint/barriers/CheckpointedInputs'
import { CommittableCollector } from '../../runtime/operators/committables'
import { CommitterOperator } from '../../runtime/operators/committer'
import { KeyedStateBackend } from '../../runtime/state/KeyedStateBackend'
import { LogReader } from '../../runtime/task/sources/log'
import { InternalTimerService } from '../../runtime/time/InternalTimerService'
import { planOf } from './plan'
import { judge } from './run'

/** Seeds within which chaos has to notice. */
const SEEDS = 40

type Method = (this: never, ...args: never[]) => unknown

/** Puts something else into a method's place; gives what undoes it. `replacement` may call the method as it was. */
function broken<T extends object>(type: { readonly prototype: T }, method: string, replacement: (was: Method) => Method): () => void {
  const prototype = type.prototype as Record<string, Method>
  const was = prototype[method]!
  expect(was).toBeTypeOf('function')
  prototype[method] = replacement(was)
  return () => void (prototype[method] = was)
}

interface Committing {
  commitUpTo(checkpoint: number): void
}

/** Builds that are broken in one place. Each is what somebody could write in good faith. */
const MUTANTS: Readonly<Record<string, () => () => void>> = {
  'barrier alignment off: a channel whose barrier has come goes on': () =>
    broken(
      ChannelState,
      'block',
      () =>
        function (this: { readonly input: CheckpointedInputs }, channel: number) {
          this.input.resumeConsumption(channel)
        } as Method,
    ),
  'commit before the checkpoint completes': () =>
    broken(
      CommitterOperator,
      'processElement',
      (was) =>
        function (this: Committing, ...args: unknown[]) {
          was.apply(this as never, args as never)
          this.commitUpTo(Infinity)
        } as Method,
    ),
  'what is to be committed is not restored': () => broken(CommittableCollector, 'restore', () => () => undefined),
  'timers are not restored': () => broken(InternalTimerService, 'restore', () => () => undefined),
  'the source goes on one record too late': () => broken(LogReader, 'restoreState', shifted(1)),
  'the source goes on one record too early': () => broken(LogReader, 'restoreState', shifted(-1)),
  'keyed state is not restored': () => broken(KeyedStateBackend, 'restore', () => () => 0),
}

function shifted(by: number): (was: Method) => Method {
  return (was) =>
    function (this: LogReader, splits: readonly (readonly [number, number])[]) {
      return was.apply(this as never, [splits.map(([partition, offset]) => [partition, Math.max(0, offset + by)])] as never)
    } as Method
}

/** The first seed with a violation, and what it is. */
async function caught(): Promise<string | null> {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const { violations } = await judge(planOf(seed))
    // Worker threads run the build as it is: that they differ is no merit.
    const found = violations.find((what) => !what.startsWith('local and worker traces'))
    if (found !== undefined) return `seed ${seed}: ${found}`
  }
  return null
}

it.each(Object.keys(MUTANTS))('%s: caught', { timeout: 120_000 }, async (name) => {
  const mend = MUTANTS[name]!()
  try {
    expect(await caught()).not.toBeNull()
  } finally {
    mend()
  }
})
