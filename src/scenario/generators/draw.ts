import type { Prng } from '../../base/prng'

/** Quantiles of the exponential distribution with mean 1, in thousandths: −ln(1 − (i + ½)/32), worked out beforehand because engines differ in Math.log. */
const EXPONENTIAL = [
  16, 48, 81, 116, 152, 189, 227, 267, 309, 352, 398, 446, 496, 548, 604, 662, 725, 792, 863, 940, 1023, 1114, 1214, 1325, 1450, 1593, 1760, 1962, 2213, 2549, 3060, 4159,
] // prettier-ignore

/** A waiting time with about this mean, ms ≥ 0: mostly short, now and then long. */
export const waiting = (prng: Prng, mean: number): number => {
  const at = prng.nextInt(EXPONENTIAL.length)
  const low = at === 0 ? 0 : Math.floor((EXPONENTIAL[at - 1]! + EXPONENTIAL[at]!) / 2)
  const high = at === EXPONENTIAL.length - 1 ? 5200 : Math.floor((EXPONENTIAL[at]! + EXPONENTIAL[at + 1]!) / 2)
  return Math.floor((mean * (low + prng.nextInt(high - low))) / 1000)
}

/** True for `permille` of 1,000. */
export const happens = (prng: Prng, permille: number): boolean => prng.nextInt(1000) < permille

/** How long a record is on its way, ms: `late` of 1,000 take up to `maxDelay`, the others up to a fiftieth of it. */
export const onItsWay = (prng: Prng, late: number, maxDelay: number): number =>
  happens(prng, late) ? prng.nextInt(maxDelay + 1) : prng.nextInt(Math.floor(maxDelay / 50) + 1)

/** A whole number 0 … bound − 1, small ones likelier: of two draws the lesser. */
export const skewed = (prng: Prng, bound: number): number => Math.min(prng.nextInt(bound), prng.nextInt(bound))
