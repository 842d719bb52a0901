import { describe, expect, it } from 'vitest'
import { decodeValue } from '../../core/values'
import { ElementTag, LENGTH_BYTES } from './element'
import type { InputChannel } from './inputChannel'
import { InputGate } from './inputGate'
import { BufferEvent } from './messages'
import type { BufferMessage, NetworkMessage } from './messages'
import { ResultPartition } from './resultPartition'
import type { NetworkSettings } from './settings'

const SETTINGS: NetworkSettings = { segmentSize: 256, exclusivePerChannel: 2, floatingPerGate: 8, maxPerChannel: 10 }
const PRODUCER = 1
const CONSUMER = 2

/** A producer and a consumer with a wire between them; what is on the wire arrives when `deliver` is called. */
class Exchange {
  readonly wire: NetworkMessage[] = []
  readonly partition: ResultPartition
  readonly gate: InputGate
  readonly read: string[] = []
  available = true

  constructor(channels: number, settings: NetworkSettings = SETTINGS) {
    const ids = Array.from({ length: channels }, (_, i) => i)
    this.partition = new ResultPartition(
      ids,
      settings,
      {
        tracing: false,
        sendBuffer: (_to, message) => void this.wire.push(message),
        sendBacklog: (_to, channel, backlog) => void this.wire.push({ type: 'backlog', channel, backlog }),
        creditsChanged: () => undefined,
      },
      { availabilityChanged: (available) => void (this.available = available), overdrawn: () => undefined },
    )
    this.gate = new InputGate(
      ids.map((channel) => ({ channel, producer: PRODUCER })),
      0,
      settings,
      {
        sendCredit: (_to, channel, credit) => void this.wire.push({ type: 'credit', channel, credit }),
        sendPartitionRequest: (_to, channel, credit) => void this.wire.push({ type: 'partition-request', channel, credit }),
        sendResume: (_to, channel) => void this.wire.push({ type: 'resume-consumption', channel }),
        sendBufferSize: (_to, channel, size) => void this.wire.push({ type: 'new-buffer-size', channel, size }),
        tracing: false,
      },
    )
  }

  connect(): this {
    this.gate.requestPartitions()
    return this.deliver()
  }

  write(channel: number, value: unknown, timestamp = NaN): void {
    this.partition.emitRecord(this.partition.subpartitions[channel]!, value, timestamp, 0, 0)
  }

  deliver(): this {
    for (let message = this.wire.shift(); message !== undefined; message = this.wire.shift()) {
      if (message.type === 'buffer') this.gate.received(this.channel(message.channel), message)
      else if (message.type === 'credit') this.partition.onCredit(message)
      else if (message.type === 'backlog') this.channel(message.channel).senderBacklog(message.backlog)
      else if (message.type === 'partition-request') this.partition.onPartitionRequest(CONSUMER, message)
    }
    return this
  }

  private channel(channel: number): InputChannel {
    return this.gate.channels[channel]!
  }

  /** Reads one buffer, as `0:a@1 0:b | `; false if there is none. */
  readBuffer(): boolean {
    const channel = this.gate.poll()
    if (channel === undefined) return false
    if (channel.event === BufferEvent.EndOfData) this.read.push(`${channel.index}:end`)
    else {
      while (channel.hasElement()) this.read.push(`${channel.index}:${elementOf(channel)}`)
      channel.recycle()
    }
    return true
  }

  readAll(): string[] {
    do this.deliver()
    while (this.readBuffer())
    return this.read
  }
}

function elementOf({ input }: InputChannel): string {
  input.position += LENGTH_BYTES
  const tag = input.readByte()
  if (tag === ElementTag.Watermark) return `W(${input.readF64()})`
  if (tag === ElementTag.Status) return input.readByte() === 1 ? 'idle' : 'active'
  const timestamp = tag === ElementTag.RecordWithTimestamp ? `@${input.readF64()}` : ''
  return `${String(decodeValue(input))}${timestamp}`
}

describe('a channel', () => {
  it('carries records, watermarks and statuses in order, and sends them only at a flush, a full buffer or an event', () => {
    const exchange = new Exchange(1).connect()
    exchange.write(0, 'a', 1)
    exchange.partition.broadcastWatermark(3)
    exchange.write(0, 'b')
    exchange.partition.broadcastStatus(true)
    expect(exchange.readAll()).toEqual([])
    exchange.partition.flushAll()
    expect(exchange.readAll().join(' ')).toBe('0:a@1 0:W(3) 0:b 0:idle')
    exchange.write(0, 'c')
    exchange.partition.broadcastEvent(BufferEvent.EndOfData)
    expect(exchange.readAll().slice(4).join(' ')).toBe('0:c 0:end')
    expect(exchange.partition.drained).toBe(true)
    expect(exchange.partition.pool.used).toBe(0)
  })

  it('puts a record over as many buffers as it takes', () => {
    const exchange = new Exchange(1).connect()
    const long = 'x'.repeat(2000)
    for (const text of ['first', long, 'y'.repeat(238), 'z'.repeat(239), 'last']) exchange.write(0, text)
    exchange.partition.flushAll()
    expect(exchange.readAll()).toEqual(['first', long, 'y'.repeat(238), 'z'.repeat(239), 'last'].map((text) => `0:${text}`))
  })

  it('loses and invents nothing, whatever the sizes', () => {
    for (let size = 1; size < 300; size++) {
      const exchange = new Exchange(1).connect()
      const sent = Array.from({ length: 7 }, (_, i) => String(i).repeat(size))
      sent.forEach((text, i) => {
        exchange.write(0, text)
        if (i % 3 === 0) exchange.partition.flushAll()
        if (i % 2 === 0) exchange.deliver()
      })
      exchange.partition.broadcastEvent(BufferEvent.EndOfData)
      expect(exchange.readAll()).toEqual([...sent.map((text) => `0:${text}`), '0:end'])
      expect(exchange.partition.pool.used).toBe(0)
      expect(exchange.gate.freeFloating).toBe(SETTINGS.floatingPerGate)
    }
  })
})

describe('credits', () => {
  const full = 'x'.repeat(256 - LENGTH_BYTES - 1 - 3)
  const isBuffer = (message: NetworkMessage): message is BufferMessage => message.type === 'buffer'

  it('send nothing before the consumer has asked', () => {
    const exchange = new Exchange(1)
    exchange.write(0, full)
    expect(exchange.wire).toEqual([])
    exchange.connect()
    expect(exchange.readAll()).toEqual([`0:${full}`])
  })

  it('stop a sender whose consumer does not read, and then its task', () => {
    const exchange = new Exchange(1).connect()
    let written = 0
    for (; exchange.available; written++) {
      exchange.write(0, `${written}`.padStart(full.length, '.'))
      exchange.deliver()
    }
    // 2 exclusive and 8 floating buffers lie with the consumer, 10 wait in the subpartition, which is its maximum.
    expect(written).toBe(20)
    expect(exchange.gate.freeFloating).toBe(0)
    expect(exchange.partition.pool.used).toBe(10)
    const read = exchange.readAll()
    expect(exchange.available).toBe(true)
    expect(read.map((text) => Number(text.slice(2).replaceAll('.', '')))).toEqual(Array.from({ length: 20 }, (_, i) => i))
    expect(exchange.gate.freeFloating).toBe(8)
    expect(exchange.partition.pool.used).toBe(0)
  })

  it('give floating buffers to the channel with a backlog', () => {
    const exchange = new Exchange(2).connect()
    for (let i = 0; i < 4; i++) exchange.write(0, full)
    expect(exchange.wire.filter(isBuffer).map(({ channel, backlog }) => [channel, backlog])).toEqual([
      [0, 0],
      [0, 0],
    ])
    exchange.write(1, full)
    exchange.readAll()
    expect(exchange.read).toHaveLength(5)
    expect(exchange.gate.freeFloating).toBe(8)
  })

  it('work with floating buffers alone', () => {
    const exchange = new Exchange(2, { ...SETTINGS, exclusivePerChannel: 0 }).connect()
    for (let i = 0; i < 6; i++) exchange.write(i % 2, full)
    expect(exchange.readAll()).toHaveLength(6)
    exchange.partition.broadcastEvent(BufferEvent.EndOfData)
    expect(exchange.readAll()).toHaveLength(8)
  })
})

describe('buffers that are to be small', () => {
  const small = (): Exchange => {
    const exchange = new Exchange(1).connect()
    exchange.partition.onNewBufferSize({ type: 'new-buffer-size', channel: 0, size: 20 })
    return exchange
  }
  const sizes = (exchange: Exchange): number[] =>
    exchange.wire.flatMap((message) => (message.type === 'buffer' ? [message.bytes.length] : []))
  /** With its lengths and tags. */
  const text = (bytes: number): string => 'x'.repeat(bytes - (bytes < 70 ? 6 : 7))

  it('are full early, yet hold an element that opens them, and what is left of one', () => {
    const exchange = small()
    exchange.write(0, text(20))
    exchange.write(0, text(100))
    exchange.write(0, text(15))
    exchange.write(0, text(40))
    expect(sizes(exchange)).toEqual([20, 100])
    expect(exchange.readAll()).toEqual([20, 100, 15, 40].map((bytes) => `0:${text(bytes)}`))
    expect(exchange.partition.subpartitions[0]!.sentBuffers).toBe(4)
  })

  it('grow again before a pool that has none left is asked for another', () => {
    const exchange = new Exchange(1)
    exchange.partition.onNewBufferSize({ type: 'new-buffer-size', channel: 0, size: 20 })
    let written = 0
    for (; exchange.available; written++) exchange.write(0, text(20))
    expect([written, exchange.partition.pool.used]).toEqual([10, 10])
    for (; exchange.partition.pool.used === 10; written++) exchange.write(0, text(20))
    // The tenth takes what goes into 256 bytes; the last element goes on in another.
    expect(written).toBe(9 + 13)
    exchange.partition.flushAll()
    expect(exchange.connect().readAll()).toHaveLength(written)
  })

  it('lose and invent nothing, whatever the sizes', () => {
    for (let size = 1; size < 300; size += 3) {
      const exchange = small()
      const sent = Array.from({ length: 9 }, (_, i) => String(i).repeat(size))
      sent.forEach((element, i) => {
        exchange.write(0, element)
        if (i % 3 === 0) exchange.partition.flushAll()
        if (i % 4 === 0) exchange.deliver()
      })
      exchange.partition.broadcastEvent(BufferEvent.EndOfData)
      expect(exchange.readAll()).toEqual([...sent.map((element) => `0:${element}`), '0:end'])
      expect(exchange.partition.pool.used).toBe(0)
    }
  })
})

describe('a gate', () => {
  it('reads its channels in turn, a buffer each (N-7)', () => {
    const exchange = new Exchange(2).connect()
    for (const text of ['a', 'b']) exchange.write(0, text)
    exchange.partition.flushAll()
    exchange.write(0, 'c')
    exchange.partition.flushAll()
    for (const text of ['x', 'y']) exchange.write(1, text)
    exchange.partition.flushAll()
    expect(exchange.readAll().join(' ')).toBe('0:a 0:b 1:x 1:y 0:c')
  })
})
