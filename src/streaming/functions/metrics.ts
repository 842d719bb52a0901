/** Counts. Mirrors org.apache.flink.metrics.Counter. */
export interface Counter {
  /** Adds `n`, 1 if that is not given. */
  inc(n?: number): void
  /** Takes `n` away, 1 if that is not given. */
  dec(n?: number): void
  /** Returns the count. */
  getCount(): number
}

/** Tells a value whenever it is asked. Mirrors org.apache.flink.metrics.Gauge. */
export interface Gauge<T> {
  /** Returns the value. */
  getValue(): T
}

/** Holds the metrics of one operator of one subtask. Mirrors org.apache.flink.metrics.MetricGroup; meters and histograms are left out. */
export interface MetricGroup {
  /** Returns the counter of that name; one of the program's own may be given. */
  counter(name: string, counter?: Counter): Counter
  /** Registers something that tells a value. */
  gauge<T>(name: string, gauge: Gauge<T> | (() => T)): Gauge<T>
  /** Returns a group below this one. */
  addGroup(name: string): MetricGroup
}

class SimpleCounter implements Counter {
  private count = 0
  inc(n = 1): void {
    this.count += n
  }
  dec(n = 1): void {
    this.count -= n
  }
  getCount(): number {
    return this.count
  }
}

/** @internal The runtime makes one for each operator. Nobody reads it yet but the function itself. */
export class OperatorMetricGroup implements MetricGroup {
  private readonly counters = new Map<string, Counter>()
  private readonly groups = new Map<string, OperatorMetricGroup>()

  counter(name: string, counter?: Counter): Counter {
    const known = this.counters.get(name)
    if (known !== undefined) return known
    const made = counter ?? new SimpleCounter()
    this.counters.set(name, made)
    return made
  }

  gauge<T>(_name: string, gauge: Gauge<T> | (() => T)): Gauge<T> {
    return typeof gauge === 'function' ? { getValue: gauge } : gauge
  }

  addGroup(name: string): MetricGroup {
    let group = this.groups.get(name)
    if (group === undefined) this.groups.set(name, (group = new OperatorMetricGroup()))
    return group
  }
}
