import { javaHashCode } from './hash'
import { valueEquals } from './equality'
import { javaToString } from './text'

/** Mirrors org.apache.flink.api.java.tuple.Tuple. Fields are `f0`…; instances have no other own properties. */
export abstract class Tuple {
  /** Returns the number of fields. */
  abstract getArity(): number

  /** Returns a field by its position, from 0. */
  getField(position: number): unknown {
    if (!Number.isInteger(position) || position < 0 || position >= this.getArity()) throw new RangeError(String(position))
    return (this as unknown as Record<string, unknown>)[`f${position}`]
  }

  /** Sets a field by its position, from 0. */
  setField(value: unknown, position: number): void {
    if (!Number.isInteger(position) || position < 0 || position >= this.getArity()) throw new RangeError(String(position))
    ;(this as unknown as Record<string, unknown>)[`f${position}`] = value
  }

  /** As in Flink: `(a,1)`, `(a,)` for an empty string, `(null)`. */
  toString(): string {
    return javaToString(this)
  }

  /** Returns whether all fields are equal. */
  equals(other: unknown): boolean {
    return valueEquals(this, other)
  }

  /** Returns Java's hash code. */
  hashCode(): number {
    return javaHashCode(this)
  }
}

/** A tuple without fields. */
export class Tuple0 extends Tuple {
  /** The one tuple without fields. */
  static readonly INSTANCE = new Tuple0()
  /** Makes a tuple of the given fields. */
  static of(): Tuple0 {
    return new Tuple0()
  }
  getArity(): number {
    return 0
  }
}

/** A tuple of one field. */
export class Tuple1<A = unknown> extends Tuple {
  constructor(public f0: A) {
    super()
  }
  /** Makes a tuple of the given fields. */
  static of<A>(f0: A): Tuple1<A> {
    return new Tuple1(f0)
  }
  getArity(): number {
    return 1
  }
  /** Sets all fields. */
  setFields(f0: A): void {
    this.f0 = f0
  }
  /** Returns a tuple of the same fields. */
  copy(): Tuple1<A> {
    return new Tuple1(this.f0)
  }
}

/** A tuple of two fields. */
export class Tuple2<A = unknown, B = unknown> extends Tuple {
  constructor(
    public f0: A,
    public f1: B,
  ) {
    super()
  }
  /** Makes a tuple of the given fields. */
  static of<A, B>(f0: A, f1: B): Tuple2<A, B> {
    return new Tuple2(f0, f1)
  }
  getArity(): number {
    return 2
  }
  /** Sets all fields. */
  setFields(f0: A, f1: B): void {
    this.f0 = f0
    this.f1 = f1
  }
  /** Returns a tuple of the fields the other way round. */
  swap(): Tuple2<B, A> {
    return new Tuple2(this.f1, this.f0)
  }
  /** Returns a tuple of the same fields. */
  copy(): Tuple2<A, B> {
    return new Tuple2(this.f0, this.f1)
  }
}

/** A tuple of three fields. */
export class Tuple3<A = unknown, B = unknown, C = unknown> extends Tuple {
  constructor(
    public f0: A,
    public f1: B,
    public f2: C,
  ) {
    super()
  }
  /** Makes a tuple of the given fields. */
  static of<A, B, C>(f0: A, f1: B, f2: C): Tuple3<A, B, C> {
    return new Tuple3(f0, f1, f2)
  }
  getArity(): number {
    return 3
  }
  /** Sets all fields. */
  setFields(f0: A, f1: B, f2: C): void {
    this.f0 = f0
    this.f1 = f1
    this.f2 = f2
  }
  /** Returns a tuple of the same fields. */
  copy(): Tuple3<A, B, C> {
    return new Tuple3(this.f0, this.f1, this.f2)
  }
}

/** A tuple of four fields. */
export class Tuple4<A = unknown, B = unknown, C = unknown, D = unknown> extends Tuple {
  constructor(
    public f0: A,
    public f1: B,
    public f2: C,
    public f3: D,
  ) {
    super()
  }
  /** Makes a tuple of the given fields. */
  static of<A, B, C, D>(f0: A, f1: B, f2: C, f3: D): Tuple4<A, B, C, D> {
    return new Tuple4(f0, f1, f2, f3)
  }
  getArity(): number {
    return 4
  }
  /** Sets all fields. */
  setFields(f0: A, f1: B, f2: C, f3: D): void {
    this.f0 = f0
    this.f1 = f1
    this.f2 = f2
    this.f3 = f3
  }
  /** Returns a tuple of the same fields. */
  copy(): Tuple4<A, B, C, D> {
    return new Tuple4(this.f0, this.f1, this.f2, this.f3)
  }
}

/** A tuple of five fields. */
export class Tuple5<A = unknown, B = unknown, C = unknown, D = unknown, E = unknown> extends Tuple {
  constructor(
    public f0: A,
    public f1: B,
    public f2: C,
    public f3: D,
    public f4: E,
  ) {
    super()
  }
  /** Makes a tuple of the given fields. */
  static of<A, B, C, D, E>(f0: A, f1: B, f2: C, f3: D, f4: E): Tuple5<A, B, C, D, E> {
    return new Tuple5(f0, f1, f2, f3, f4)
  }
  getArity(): number {
    return 5
  }
  /** Sets all fields. */
  setFields(f0: A, f1: B, f2: C, f3: D, f4: E): void {
    this.f0 = f0
    this.f1 = f1
    this.f2 = f2
    this.f3 = f3
    this.f4 = f4
  }
  /** Returns a tuple of the same fields. */
  copy(): Tuple5<A, B, C, D, E> {
    return new Tuple5(this.f0, this.f1, this.f2, this.f3, this.f4)
  }
}
