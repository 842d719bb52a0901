/**
 * What functions count on the side, each subtask for itself. Mirrors org.apache.flink.api.common.accumulators without histograms;
 * what all subtasks counted together belongs to the job's result, which a program here does not see.
 */
export interface Accumulator<V, R> {
  /** Adds a value. */
  add(value: V): void
  /** Returns what has been added up in this subtask. */
  getLocalValue(): R
  /** Forgets what has been added. */
  resetLocal(): void
  /** Takes over what another accumulator has added up. */
  merge(other: Accumulator<V, R>): void
  /** Returns a copy. */
  clone(): Accumulator<V, R>
}

abstract class Folding implements Accumulator<number, number> {
  private value = this.start()

  /** @internal */
  protected abstract start(): number
  /** @internal */
  protected abstract fold(a: number, b: number): number

  /** Adds a value. */
  add(value: number): void {
    this.value = this.fold(this.value, value)
  }
  /** Returns what has been added up in this subtask. */
  getLocalValue(): number {
    return this.value
  }
  /** Forgets what has been added. */
  resetLocal(): void {
    this.value = this.start()
  }
  /** Takes over what another accumulator has added up. */
  merge(other: Accumulator<number, number>): void {
    this.add(other.getLocalValue())
  }
  /** Returns a copy. */
  clone(): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this)
  }
}

abstract class Sum extends Folding {
  /** @internal */
  protected start(): number {
    return 0
  }
  /** @internal */
  protected fold(a: number, b: number): number {
    return a + b
  }
}

/** Sums integers of 32 bits, as Java does: beyond them it starts from the other end. */
export class IntCounter extends Sum {
  /** @internal */
  protected override fold(a: number, b: number): number {
    return (a + b) | 0
  }
}
/** Sums whole numbers. */
export class LongCounter extends Sum {}
/** Sums numbers. */
export class DoubleCounter extends Sum {}

/** The mean of what was added; 0 of nothing. */
export class AverageAccumulator implements Accumulator<number, number> {
  private sum = 0
  private count = 0

  /** Adds a value. */
  add(value: number): void {
    this.count++
    this.sum += value
  }
  /** Returns what has been added up in this subtask. */
  getLocalValue(): number {
    return this.count === 0 ? 0 : this.sum / this.count
  }
  /** Forgets what has been added. */
  resetLocal(): void {
    this.sum = 0
    this.count = 0
  }
  /** Takes over what another accumulator has added up. */
  merge(other: AverageAccumulator): void {
    this.sum += other.sum
    this.count += other.count
  }
  /** Returns a copy. */
  clone(): AverageAccumulator {
    const copy = new AverageAccumulator()
    copy.merge(this)
    return copy
  }
}

/** All that was added, in order. */
export class ListAccumulator<T> implements Accumulator<T, T[]> {
  private values: T[] = []

  /** Adds a value. */
  add(value: T): void {
    this.values.push(value)
  }
  /** Returns what has been added up in this subtask. */
  getLocalValue(): T[] {
    return [...this.values]
  }
  /** Forgets what has been added. */
  resetLocal(): void {
    this.values = []
  }
  /** Takes over what another accumulator has added up. */
  merge(other: Accumulator<T, T[]>): void {
    this.values.push(...other.getLocalValue())
  }
  /** Returns a copy. */
  clone(): ListAccumulator<T> {
    const copy = new ListAccumulator<T>()
    copy.merge(this)
    return copy
  }
}
