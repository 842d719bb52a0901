import { JavaException, NullPointerException } from '../../core/exceptions'
import { problem, ProblemError } from '../../core/problem'
import { millisOf, type TimeLike } from '../time'

/** @internal A system outside by kind and name; it is made when it is first heard of. */
export interface OutsideTarget {
  readonly kind: 'table' | 'topic' | 'directory'
  readonly name: string
}

/** @internal Open transactions `<prefix>-<s>-<c>` where s modulo `parallelism` is `subtask`, and c > `after`: what predecessors may have left. */
export interface Fencing {
  readonly prefix: string
  readonly subtask: number
  readonly parallelism: number
  readonly after: number
}

/** @internal How one operator reaches what lies outside. What is asked of a system that is out fails at once. */
export interface OutsideAccess {
  /** Virtual ms since the run began: the clock of transactions' timeouts. */
  now(): number
  /** The machine's clock, ms. */
  processingTime(): number
  /** A line in the task's log. */
  print(line: string): void
  write(target: OutsideTarget, transaction: string | null, key: unknown, value: unknown): void
  begin(target: OutsideTarget, transaction: string, timeout: number): void
  /** Aborts what predecessors left. */
  fence(target: OutsideTarget, fencing: Fencing): void
  preCommit(target: OutsideTarget, transaction: string): void
  commit(target: OutsideTarget, transaction: string): void
  /** The same; false where the system is out. */
  tryCommit(target: OutsideTarget, transaction: string): boolean
  abort(target: OutsideTarget, transaction: string): void
  /** A part file, whole. The snapshot under way waits for it; if it fails, the task does. */
  writeFile(path: string, bytes: Uint8Array): void
  /** Moves a part file to its last name; it may have been moved before. */
  finishFile(from: string, to: string, done: () => void): void
}

let current: OutsideAccess | null = null

/** @internal From here on functions of the program reach outside as that operator. Returns who it was before, to be put back. */
export function enterOutside(access: OutsideAccess | null): OutsideAccess | null {
  const outer = current
  current = access
  return outer
}

/** @internal Who reaches outside; throws where no sink is at work. */
export function outside(system: string): OutsideAccess {
  if (current === null) throw new ProblemError(problem('outside-elsewhere', { system }))
  return current
}

/** @internal The same; null where no sink is at work. */
export const maybeOutside = (): OutsideAccess | null => current

/** @internal */
export const systemOut = (system: string): JavaException => new JavaException('java.io.IOException', `${system} is not available.`)

const named = (name: string): string => {
  if (typeof name !== 'string') throw new NullPointerException('name')
  return name
}

/**
 * A table outside of Flink, made when it is first written to. It stands where a Java program has its database's client; sinks alone can use it, and what they
 * put is visible at once.
 */
export class ExternalTable<K = unknown, V = unknown> {
  private readonly target: OutsideTarget

  private constructor(name: string) {
    this.target = { kind: 'table', name }
  }

  /** The table with this name. */
  static named<K = unknown, V = unknown>(name: string): ExternalTable<K, V> {
    return new ExternalTable<K, V>(named(name))
  }

  /** Puts a row in the place of what stands under its key. Throws an IOException while the table's system is out. */
  put(key: K, value: V): void {
    outside(this.target.name).write(this.target, null, key, value)
  }
}

/**
 * A topic outside of Flink, made when it is first written to, with transactions by names that the program chooses. It stands where a Java program has its
 * producer; sinks alone can use it. All of its methods throw an IOException while the topic's system is out.
 */
export class ExternalTopic<T = unknown> {
  private readonly target: OutsideTarget

  private constructor(name: string) {
    this.target = { kind: 'topic', name }
  }

  /** The topic with this name. */
  static named<T = unknown>(name: string): ExternalTopic<T> {
    return new ExternalTopic<T>(named(name))
  }

  /** Appends a record: visible at once, or when the transaction, which this subtask must have begun, is committed. */
  append(value: T, transaction: string | null = null): void {
    outside(this.target.name).write(this.target, transaction, null, value)
  }

  /** Begins a transaction. One that is open under the same name is aborted; so is this one, after `timeout` of virtual time, if one is given. */
  begin(transaction: string, timeout: TimeLike = 0): void {
    outside(this.target.name).begin(this.target, named(transaction), millisOf(timeout))
  }

  /** Takes no more records into the transaction: it can be committed, by whoever knows its name. */
  preCommit(transaction: string): void {
    outside(this.target.name).preCommit(this.target, named(transaction))
  }

  /** Makes the transaction's records visible; once more does no harm. */
  commit(transaction: string): void {
    outside(this.target.name).commit(this.target, named(transaction))
  }

  /** Drops the transaction's records; once more does no harm. */
  abort(transaction: string): void {
    outside(this.target.name).abort(this.target, named(transaction))
  }
}
