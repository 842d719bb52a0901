import { assert } from '../../base/assert'
import { NO_TIMESTAMP } from '../../core/time'
import { DataOutput, encodeValue } from '../../core/values'
import { addressOf, hostOf } from '../../kernel/types'
import type { Address, Context, Message, Process } from '../../kernel/types'
import { control } from '../messages'
import type { ControlMessage } from '../messages'
import type { FetchedRecords, FetchRecords } from './messages'
import { OutsideProcess } from './outside'
import { ExternalServiceProcess } from './service'
import type { ServiceSpec } from './service'

/** A record as the log holds it (a scenario's TopicRecord fits). */
export interface LogRecord {
  readonly value: unknown
  /** Event time in ms, null without one. */
  readonly timestamp: number | null
  /** Virtual µs at which it can be read; ascending in a partition. */
  readonly arrival: number
}

export interface LogTopic {
  readonly name: string
  readonly partitions: readonly (readonly LogRecord[])[]
  /** By partition: virtual µs from which on it is known that its last record was the last; null or absent: from that record on. */
  readonly ends?: readonly (number | null)[]
}

interface Waiting {
  readonly from: Address
  readonly request: FetchRecords
}

/** Where the scenario's services live: behind the log, on its host. */
export const serviceAddress = (logHost: number, index: number): Address => addressOf(logHost, index + 1)

/** The file system, and tables and topics that sinks write to: behind the services, on the same host. */
export const fileSystemAddress = (logHost: number, services: number): Address => addressOf(logHost, services + 1)
export const outsideAddress = (logHost: number, services: number): Address => addressOf(logHost, services + 2)

/** The log's mail to itself: a record that somebody waits for has arrived. */
const ARRIVAL: Message & { readonly type: 'arrival' } = { type: 'arrival' }

/**
 * The replayable log, a system outside of Flink: topics, their partitions, records by offset, each there from its arrival on.
 * Works like a Kafka broker with `fetch.min.bytes` 1: a fetch is answered at once if there is something, else with the next arrival.
 * Reading takes it no time but that of the link.
 */
export class ReplayableLog implements Process {
  private readonly topics: ReadonlyMap<string, LogTopic>
  private waiting: Waiting[] = []
  /** Times of the mails to itself that are on their way, the next one last: one is only sent when it comes before all others. */
  private readonly wakes: number[] = []
  private readonly out = new DataOutput(1024)

  /** `services`: those that live on the same host, each a process of its own; `fileSystem` behind them. */
  constructor(
    topics: readonly LogTopic[],
    private readonly services: readonly ServiceSpec[] = [],
    private readonly fileSystem?: Process,
  ) {
    this.topics = new Map(topics.map((topic) => [topic.name, topic]))
  }

  handle(received: Message, from: Address, context: Context): void {
    const message = received as FetchRecords | ControlMessage | typeof ARRIVAL
    switch (message.type) {
      case 'start':
        this.services.forEach((service, index) => {
          context.spawn(serviceAddress(hostOf(context.self), index), new ExternalServiceProcess(service), control({ type: 'start' }))
        })
        if (this.fileSystem !== undefined)
          context.spawn(fileSystemAddress(hostOf(context.self), this.services.length), this.fileSystem, control({ type: 'start' }))
        context.spawn(outsideAddress(hostOf(context.self), this.services.length), new OutsideProcess(), control({ type: 'start' }))
        return
      case 'fetch':
        if (!this.answer({ from, request: message }, context)) this.waiting.push({ from, request: message })
        return this.wakeForNextArrival(context)
      case 'arrival':
        this.wakes.pop()
        this.waiting = this.waiting.filter((waiting) => !this.answer(waiting, context))
        return this.wakeForNextArrival(context)
      case 'shut-down':
        return context.stop(context.self)
      default:
        assert(false, `the log got ${message.type}`)
    }
  }

  private partitionOf({ topic, partition }: FetchRecords): readonly LogRecord[] {
    const records = this.topics.get(topic)?.partitions[partition]
    assert(records !== undefined, `no partition ${partition} of topic ${topic}`)
    return records
  }

  private endOf({ topic, partition }: FetchRecords): number {
    return this.topics.get(topic)!.ends?.[partition] ?? 0
  }

  /** False: nothing to give yet. */
  private answer({ from, request }: Waiting, context: Context): boolean {
    const records = this.partitionOf(request)
    let end = request.offset
    while (end < records.length && end - request.offset < request.max && records[end]!.arrival <= context.now) end++
    const last = end === records.length && context.now >= this.endOf(request)
    if (end === request.offset && !last) return false
    context.send(from, this.fetched(request, records, end, last))
    return true
  }

  private fetched(request: FetchRecords, records: readonly LogRecord[], end: number, last: boolean): FetchedRecords {
    const { offset, split } = request
    const { out } = this
    out.reset()
    out.useShapes()
    const timestamps = new Float64Array(end - offset)
    for (let i = offset; i < end; i++) {
      encodeValue(out, records[i]!.value)
      timestamps[i - offset] = records[i]!.timestamp ?? NO_TIMESTAMP
    }
    return { type: 'fetched', split, offset, count: end - offset, bytes: out.toBytes(), timestamps, last }
  }

  private wakeForNextArrival(context: Context): void {
    let next = Infinity
    for (const { request } of this.waiting) next = Math.min(next, this.partitionOf(request)[request.offset]?.arrival ?? this.endOf(request))
    if (next >= (this.wakes.at(-1) ?? Infinity)) return
    this.wakes.push(next)
    context.after(Math.max(0, next - context.now), ARRIVAL)
  }
}
