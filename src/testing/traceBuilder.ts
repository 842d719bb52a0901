import type { EventPage } from '../core/page'
import { LONG_MAX, LONG_MIN, micros } from '../core/time'
import { javaHashCode } from '../core/values'
import { EXECUTION_STATES, JOB_STATUSES } from '../trace/kinds'
import type { TraceKindName } from '../trace/kinds'
import type { ExecutionState, JobStatus } from '../trace/kinds'
import { NODES, flightsHeader } from './flightsHeader'
import { PageBuilder } from './pageBuilder'
import type { Columns } from './pageBuilder'

export { flightsHeader, PageBuilder }

interface Item {
  readonly key: string
  readonly number: number
  readonly origin: number
  readonly timestamp: number
  /** NaN for a record. */
  readonly watermark: number
}
interface Buffer {
  readonly sequence: number
  readonly items: readonly Item[]
}
interface Window {
  readonly id: number
  readonly key: string
  readonly start: number
  count: number
}

/**
 * Acts the flights job by hand, as the real runtime would tell it: `emit(0, 'a@1 b@3 W(3)')` lets source #1 emit two records
 * and a watermark; buffers are sent, arrive and are read when the test says so. Windows tumble by 10 ms of event time.
 */
export class JobTrace {
  readonly header = flightsHeader()
  readonly pages = new PageBuilder()
  /** Virtual µs. */
  now = 0
  /** Of the four tasks. */
  readonly processes = [65537, 2 * 65536 + 1, 65538, 2 * 65536 + 2]
  private readonly numbers = [0, 0, 0, 0]
  private readonly keys: Map<string, number>[] = [new Map(), new Map(), new Map(), new Map()]
  private readonly output: Item[][] = [[], [], [], []]
  private readonly flying: Buffer[][] = [[], [], [], []]
  private readonly queued: Item[][] = [[], [], [], []]
  private readonly sequences = [0, 0, 0, 0]
  private readonly channelWatermarks = [LONG_MIN, LONG_MIN, LONG_MIN, LONG_MIN]
  private readonly watermarks = [LONG_MIN, LONG_MIN]
  private readonly windows: Map<string, Window>[] = [new Map(), new Map()]
  private readonly windowIds = [0, 0]
  private readonly offsets = [0, 0]

  constructor(private readonly windowSize = 10) {}

  /** Registers the cluster, deploys, runs. */
  deploy(): this {
    for (const [host, slot] of [
      [1, 0],
      [2, 0],
    ] as const) {
      this.say(host * 65536, 'TaskManagerRegistered', { a: host, b: 1 })
      this.say(0, 'SlotAllocated', { a: host, b: slot, c: host - 1 })
    }
    this.jobStatus('RUNNING')
    for (const state of ['SCHEDULED', 'DEPLOYING', 'INITIALIZING', 'RUNNING'] as const)
      for (let v = 0; v < 4; v++) this.executionState(v, state)
    return this
  }

  jobStatus(status: JobStatus, reason = ''): this {
    return this.say(0, 'JobStatus', { a: JOB_STATUSES.indexOf(status), text: reason })
  }

  executionState(vertex: number, state: ExecutionState, failure = '', attempt = 0): this {
    const process = state === 'SCHEDULED' ? 0 : this.processes[vertex]!
    // What the channels of a former attempt held is gone with it.
    if (attempt > 0 && state === 'DEPLOYING') {
      for (let channel = 0; channel < 4; channel++) {
        if (channel >> 1 !== vertex && 2 + (channel & 1) !== vertex) continue
        this.output[channel] = []
        this.flying[channel] = []
        this.queued[channel] = []
      }
    }
    return this.say(0, 'ExecutionState', { a: vertex, b: attempt, c: EXECUTION_STATES.indexOf(state), d: process, text: failure })
  }

  /** `a@1` a record of key a, `W(3)` a watermark, `+5` five ms later. */
  emit(source: 0 | 1, notation: string): this {
    for (const word of notation.split(' ')) {
      const watermark = /^W\((-?\d+|MAX)\)$/.exec(word)
      const wait = /^\+(\d+)$/.exec(word)
      const record = /^(\w+)@(-?\d+)$/.exec(word)
      if (watermark !== null) this.emitWatermark(source, watermark[1] === 'MAX' ? LONG_MAX : Number(watermark[1]))
      else if (wait !== null) this.now += Number(wait[1]) * 1000
      else if (record !== null) this.emitRecord(source, record[1]!, Number(record[2]))
      else throw new Error(`what is ${word}?`)
    }
    return this
  }

  emitRecord(source: number, key: string, timestamp: number): void {
    const process = this.processes[source]!
    const number = this.numbers[source]!++
    const value = { origin: key, date: timestamp, delay: number % 50 }
    this.say(process, 'SourceRecord', { a: NODES.source, b: number, c: source, d: this.offsets[source]!++, x: timestamp, value })
    const channel = source * 2 + (javaHashCode(key) & 1)
    this.say(process, 'RecordOut', { a: channel, b: number, c: process, d: this.keyId(source, key), x: timestamp, value })
    this.output[channel]!.push({ key, number, origin: process, timestamp, watermark: NaN })
    this.now += 20
  }

  emitWatermark(source: number, watermark: number): void {
    this.say(this.processes[source]!, 'WatermarkEmitted', { a: NODES.source, x: watermark })
    for (const channel of [source * 2, source * 2 + 1]) {
      this.say(this.processes[source]!, 'WatermarkOut', { a: channel, x: watermark })
      this.output[channel]!.push({ key: '', number: -1, origin: 0, timestamp: NaN, watermark })
    }
  }

  /** Sends what lies in the channel's output buffer. */
  flush(channel: number): this {
    const items = this.output[channel]!
    if (items.length === 0) return this
    this.output[channel] = []
    const sequence = this.sequences[channel]!++
    const records = items.filter(({ number }) => number >= 0).length
    this.say(this.processes[channel >> 1]!, 'BufferSent', { a: channel, b: sequence, c: records, d: items.length * 40 })
    this.flying[channel]!.push({ sequence, items })
    return this
  }

  arrive(channel: number): this {
    const buffer = this.flying[channel]!.shift()
    if (buffer === undefined) return this
    this.say(this.processes[2 + (channel & 1)]!, 'BufferArrived', { a: channel, b: buffer.sequence })
    this.queued[channel]!.push(...buffer.items)
    return this
  }

  /** The receiver reads up to `count` elements. */
  read(channel: number, count = Infinity): this {
    const process = this.processes[2 + (channel & 1)]!
    for (let i = 0; i < count; i++) {
      const item = this.queued[channel]!.shift()
      if (item === undefined) break
      if (item.number >= 0) {
        this.say(process, 'RecordIn', { a: channel, b: item.number, c: item.origin, x: item.timestamp })
        this.element(channel & 1, item)
      } else {
        this.say(process, 'WatermarkIn', { a: channel, x: item.watermark })
        this.channelWatermarks[channel] = item.watermark
        const least = Math.min(this.channelWatermarks[channel & 1]!, this.channelWatermarks[2 + (channel & 1)]!)
        if (least > this.watermarks[channel & 1]!) this.advance(channel & 1, least)
      }
      this.now += 20
    }
    return this
  }

  /** Sends, waits for the link, and reads everything everywhere. */
  settle(): this {
    for (let channel = 0; channel < 4; channel++) this.flush(channel)
    this.now += this.header.linkLatency
    for (let channel = 0; channel < 4; channel++) while (this.flying[channel]!.length > 0) this.arrive(channel)
    for (let channel = 0; channel < 4; channel++) this.read(channel)
    return this
  }

  io(vertex: number, what: 0 | 1 | 2): this {
    return this.say(this.processes[vertex]!, 'TaskIo', { a: what })
  }

  say(process: number, kind: TraceKindName, columns?: Columns): this {
    this.pages.event(micros(this.now), process, kind, columns)
    return this
  }

  take(): EventPage {
    return this.pages.take()
  }

  private keyId(vertex: number, key: string): number {
    const keys = this.keys[vertex]!
    let id = keys.get(key)
    if (id === undefined) {
      id = keys.size
      keys.set(key, id)
      const hash = javaHashCode(key)
      this.say(this.processes[vertex]!, 'KeySeen', { b: id, c: hash & 127, d: hash, value: key })
    }
    return id
  }

  private element(subtask: number, { key, number, origin, timestamp }: Item): void {
    const process = this.processes[2 + subtask]!
    const id = this.keyId(2 + subtask, key)
    const start = Math.floor(timestamp / this.windowSize) * this.windowSize
    if (start + this.windowSize - 1 <= this.watermarks[subtask]!) {
      this.say(process, 'LateDropped', { a: NODES.window, b: number, c: origin, d: id, x: this.watermarks[subtask]!, value: timestamp })
      return
    }
    const windows = this.windows[subtask]!
    let window = windows.get(`${key} ${start}`)
    if (window === undefined) {
      window = { id: this.windowIds[subtask]!++, key, start, count: 0 }
      windows.set(`${key} ${start}`, window)
      this.say(process, 'WindowOpened', { a: NODES.window, b: window.id, c: id, x: start, value: start + this.windowSize })
      this.say(process, 'TimerRegistered', { a: NODES.window, b: id, c: 0, d: window.id, x: start + this.windowSize - 1 })
    }
    window.count++
    this.say(process, 'WindowElement', { a: NODES.window, b: window.id, c: number, d: origin, x: timestamp })
    this.say(process, 'StateUpdated', { a: NODES.window, b: id, c: window.id, value: ['window-contents', window.count] })
  }

  private advance(subtask: number, watermark: number): void {
    const process = this.processes[2 + subtask]!
    this.watermarks[subtask] = watermark
    this.say(process, 'WatermarkAdvanced', { a: NODES.window, x: watermark })
    for (const [name, window] of this.windows[subtask]!) {
      const time = window.start + this.windowSize - 1
      if (time > watermark) continue
      this.windows[subtask]!.delete(name)
      const key = this.keyId(2 + subtask, window.key)
      const number = this.numbers[2 + subtask]!++
      this.say(process, 'TimerFired', { a: NODES.window, b: key, c: 0, d: window.id, x: time })
      this.say(process, 'WindowTrigger', { a: NODES.window, b: window.id, c: 1, d: 1 })
      this.say(process, 'WindowFired', { a: NODES.window, b: window.id, c: window.count, x: watermark })
      this.say(process, 'RecordMade', { a: NODES.window, b: number, c: window.id, x: time })
      this.say(process, 'SinkRecord', { a: NODES.sink, b: number, c: process, d: key, x: time, value: `${window.key} ${window.count}` })
      this.say(process, 'WindowCleared', { a: NODES.window, b: window.id })
    }
  }
}

/** Pages of a long run of that job: `events` or a few more, the same for the same seed. */
export function* longTrace(events: number, seed = 1, keys = 100): Generator<EventPage> {
  const job = new JobTrace(1000).deploy()
  let state = seed | 1
  const next = (bound: number): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % bound
  }
  let eventTime = 0
  for (let made = 0; made < events;) {
    for (let source = 0; source < 2; source++) {
      job.io(source, 1)
      for (let i = next(12); i >= 0; i--) {
        eventTime += next(3)
        job.emitRecord(source, `k${next(keys)}`, Math.max(0, eventTime - (next(10) === 0 ? next(1500) : 0)))
      }
      if (next(4) === 0) job.emitWatermark(source, eventTime - 500)
      job.io(source, 0)
      for (const channel of [2 * source, 2 * source + 1]) if (next(3) > 0) job.flush(channel)
    }
    job.now += 1000 + next(3000)
    for (let channel = 0; channel < 4; channel++) if (next(4) > 0) job.arrive(channel)
    for (let channel = 0; channel < 4; channel++) job.read(channel, next(16))
    made += job.pages.count
    yield job.take()
  }
}
