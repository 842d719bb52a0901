import { Prng } from '../../../base/prng'

/** Chance in the words that makers of cases use. */
export class Dice {
  private readonly random: Prng
  constructor(seed: number) {
    this.random = new Prng(seed)
  }
  /** 0 … bound − 1 */
  below = (bound: number): number => this.random.nextInt(bound)
  /** from … to, both of them */
  between = (from: number, to: number): number => from + this.below(to - from + 1)
  maybe = (percent: number): boolean => this.below(100) < percent
  one = <T>(of: readonly T[]): T => of[this.below(of.length)]!
  some = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index))
}
