/**
 * Append-only columns that all clones of a fold's state share. A clone remembers how long the column was for it; going
 * on from there writes the same numbers again, because the log is the same. What is beyond a state's own length is not its business.
 * A class for each sort of array, so that each has compiled code of its own.
 */
const columnOf = (Numbers: typeof Int32Array | typeof Float64Array) => {
  // Most of the columns of a wide graph stay empty.
  const none = new Numbers(0)
  return class {
    private data: Int32Array | Float64Array = none

    at(index: number): number {
      return this.data[index]!
    }

    /** Like `at`, 0 for what was never written. */
    get(index: number): number {
      return index < this.data.length ? this.data[index]! : 0
    }

    put(index: number, value: number): void {
      if (index >= this.data.length) {
        const wider = new Numbers(Math.max(8, this.data.length * 2, index + 1))
        wider.set(this.data)
        this.data = wider
      }
      this.data[index] = value
    }

    /** How many of the first `length` entries, which must ascend, are ≤ `value`. */
    countUpTo(value: number, length: number): number {
      let low = 0
      let high = length
      while (low < high) {
        const middle = (low + high) >>> 1
        if (this.data[middle]! <= value) low = middle + 1
        else high = middle
      }
      return low
    }

    get bytes(): number {
      return this.data.byteLength
    }
  }
}

export class IntColumn extends columnOf(Int32Array) {}
export class FloatColumn extends columnOf(Float64Array) {}

/** An ascending list of event indices that is only ever looked at through a moment: entries after it do not exist yet. */
export class EventList {
  private readonly column = new IntColumn()
  private written = 0

  /** Does nothing for an event that is in already, as when a fold goes over the same stretch again. */
  add(event: number): void {
    if (this.written === 0 || event > this.column.at(this.written - 1)) this.column.put(this.written++, event)
  }

  /** How many there are up to and including event `upTo`. */
  count(upTo: number): number {
    return this.column.countUpTo(upTo, this.written)
  }

  at(index: number): number {
    return this.column.at(index)
  }

  /** The last at or before `upTo`, −1 if none. */
  last(upTo: number): number {
    const count = this.count(upTo)
    return count === 0 ? -1 : this.column.at(count - 1)
  }

  /** Those at or before `upTo`; the newest `limit` of them. */
  list(upTo: number, limit = Infinity): number[] {
    const count = this.count(upTo)
    const from = Math.max(0, count - limit)
    return Array.from({ length: count - from }, (_, offset) => this.column.at(from + offset))
  }

  get bytes(): number {
    return this.column.bytes
  }
}
