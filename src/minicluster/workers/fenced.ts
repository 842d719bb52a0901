import { Prng } from '../../base/prng'
import { captureThread, raiseFence, type BehindTheFence } from '../../client/fence'

/**
 * A thread on which user code will run: takes what the thread needs and closes the rest off. Under Node it stays open: there a
 * program is the caller's own, and Node's machinery needs its globals. What comes to Date or Math.random through the back door finds a clock that stands still and one seed.
 */
export function fencedThread(): BehindTheFence {
  const behind = captureThread(globalThis)
  if (typeof WorkerGlobalScope === 'undefined') return behind
  const random = new Prng(0)
  raiseFence(globalThis, {
    now: () => 0,
    nextUint32: () => random.nextUint32(),
    print: () => {},
  })
  return behind
}
