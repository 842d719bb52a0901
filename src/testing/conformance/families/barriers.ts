import { encodeValue, decodeValue, DataOutput } from '../../../core/values'
import type { Alignment } from '../../../core/checkpoints'
import { CheckpointedInputs } from '../../../runtime/checkpoint/barriers/CheckpointedInputs'
import { isUnaligned, stopsChannel } from '../../../runtime/checkpoint/barriers/options'
import type { BarrierListener, ChannelBuffers, CheckpointBarrier } from '../../../runtime/checkpoint/types'
import { elementsOf } from '../../../runtime/network/channelState'
import { beginElement, ElementTag, endElement, LENGTH_BYTES } from '../../../runtime/network/element'
import { InputGate } from '../../../runtime/network/inputGate'
import { BufferEvent } from '../../../runtime/network/messages'
import type { BufferMessage } from '../../../runtime/network/messages'
import { family } from '../family'

type Mode = 'aligned' | 'tracker' | 'unaligned' | 'alignedThenUnaligned'
type Step =
  | readonly ['buffer', number, string]
  | readonly ['barrier' | 'savepointBarrier' | 'unalignedBarrier', number, number, number]
  | readonly ['cancel', number, number]
  | readonly ['endOfPartition', number]
  | readonly ['advance', number]
  | readonly ['pause']
  | readonly ['resume']
interface Given {
  readonly mode: Mode
  readonly channels: number
  readonly checkpointsAfterTasksFinish: boolean
  readonly timeout?: number
  readonly steps: readonly Step[]
}

const MICROS_PER_MILLI = 1000
/** More than a vector ever sends: credits are not what these vectors are about. */
const PLENTY = 1_000_000
const HANDLERS = { aligned: 'aligned', tracker: 'tracker', unaligned: 'alternating', alignedThenUnaligned: 'alternating' } as const
const ALIGNMENT_OF: Readonly<Record<Mode, Alignment>> = {
  aligned: 'aligned',
  tracker: 'at-least-once',
  unaligned: 'unaligned',
  alignedThenUnaligned: 'aligned-with-timeout',
}
const NO_BYTES = new Uint8Array(0)

/** One sender: what it has not sent yet, and whether it may. */
interface Sender {
  readonly queue: Omit<BufferMessage, 'sequence'>[]
  sequence: number
  stopped: boolean
}

const element = (channel: number): Omit<BufferMessage, 'sequence'> => ({
  type: 'buffer',
  channel,
  bytes: NO_BYTES,
  records: 0,
  backlog: 0,
  event: BufferEvent.None,
  barrier: null,
  rest: null,
  cancelled: -1,
  identities: null,
})

function bytesOf(label: string): Uint8Array {
  const out = new DataOutput()
  const start = beginElement(out, ElementTag.Record)
  encodeValue(out, label)
  endElement(out, start)
  return out.toBytes()
}

/** One task's input with senders, a clock and a mailbox around it, as the README describes them. */
class Harness implements BarrierListener {
  private now = 0
  private paused = false
  private timers: { readonly at: number; readonly run: () => void }[] = []
  private readonly senders: Sender[]
  private readonly gate: InputGate
  private readonly inputs: CheckpointedInputs
  private readonly cut: number[]
  private out: [number, string][] = []
  private events: unknown[] = []

  constructor(private readonly given: Given) {
    const numbers = Array.from({ length: given.channels }, (_, i) => i)
    this.senders = numbers.map(() => ({ queue: [], sequence: 0, stopped: false }))
    this.cut = numbers.map(() => 0)
    this.gate = new InputGate(
      numbers.map((channel) => ({ channel, producer: 0 })),
      0,
      { segmentSize: 32768, exclusivePerChannel: PLENTY, floatingPerGate: 0, maxPerChannel: PLENTY },
      {
        tracing: false,
        sendCredit: () => undefined,
        sendPartitionRequest: () => undefined,
        sendBufferSize: () => undefined,
        sendResume: (_to, channel) => {
          this.senders[channel]!.stopped = false
        },
      },
    )
    this.inputs = new CheckpointedInputs(
      [this.gate],
      { mode: HANDLERS[given.mode], afterTasksFinish: given.checkpointsAfterTasksFinish, subtasks: 1, bufferSize: 32768 },
      this,
      {
        millis: () => this.now,
        micros: () => this.now * MICROS_PER_MILLI,
        after: (delay, run) => {
          const timer = { at: this.now + delay + 1, run }
          this.timers.push(timer)
          return () => {
            this.timers = this.timers.filter((other) => other !== timer)
          }
        },
      },
      null,
    )
  }

  step(step: Step): unknown {
    this.out = []
    this.events = []
    this.perform(step)
    this.work()
    const out = this.out.map((one, i) => ({ one, i })).sort((a, b) => a.one[0] - b.one[0] || a.i - b.i)
    const blocked = this.senders.flatMap(({ stopped }, channel) => (stopped ? [channel] : []))
    return {
      ...(out.length > 0 && { out: out.map(({ one }) => one) }),
      ...(this.events.length > 0 && { events: this.events }),
      ...(blocked.length > 0 && { blocked }),
    }
  }

  private perform(step: Step): void {
    switch (step[0]) {
      case 'buffer':
        return this.send(step[1], { bytes: bytesOf(step[2]), records: 1 })
      case 'barrier':
        return this.sendBarrier(step[1], step[2], step[3], ALIGNMENT_OF[this.given.mode])
      case 'savepointBarrier':
        return this.sendBarrier(step[1], step[2], step[3], 'aligned')
      case 'unalignedBarrier':
        return this.sendBarrier(step[1], step[2], step[3], 'unaligned')
      case 'cancel':
        return this.send(step[1], { event: BufferEvent.CancelMarker, cancelled: step[2] })
      case 'endOfPartition':
        return this.send(step[1], { event: BufferEvent.EndOfPartition })
      case 'advance':
        return this.advance(this.now + step[1])
      default:
        this.paused = step[0] === 'pause'
    }
  }

  // ---- senders ---------------------------------------------------------------------------------------------------------

  private send(channel: number, what: Partial<BufferMessage>): void {
    this.senders[channel]!.queue.push({ ...element(channel), ...what })
  }

  private sendBarrier(channel: number, id: number, timestamp: number, alignment: Alignment): void {
    const alignedTimeout = alignment === 'aligned-with-timeout' ? this.given.timeout! : Infinity
    const barrier: CheckpointBarrier = { id, timestamp, options: { type: 'checkpoint', directory: null, alignment, alignedTimeout } }
    const message = { ...element(channel), event: BufferEvent.Barrier, barrier }
    const { queue } = this.senders[channel]!
    // At the very front, as these vectors have it; Flink's own sender keeps several of them in order.
    if (isUnaligned(barrier)) queue.unshift(message)
    else queue.push(message)
  }

  private deliver(): void {
    for (const [number, sender] of this.senders.entries()) {
      const channel = this.gate.channels[number]!
      while (!sender.stopped && sender.queue.length > 0) {
        const message: BufferMessage = { ...sender.queue.shift()!, sequence: sender.sequence++ }
        if (message.barrier !== null) sender.stopped = stopsChannel(message.barrier)
        if (this.inputs.overtook(channel, message)) continue
        this.gate.received(channel, message)
        this.inputs.queued(channel, message)
      }
    }
  }

  // ---- the task --------------------------------------------------------------------------------------------------------

  private work(): void {
    do {
      while (this.senders.some(({ stopped, queue }) => !stopped && queue.length > 0)) this.deliver()
    } while (!this.paused && this.read())
  }

  private read(): boolean {
    const channel = this.gate.poll()
    if (channel === undefined) return false
    if (channel.event !== BufferEvent.None) {
      this.inputs.read(channel)
      return true
    }
    channel.input.position += LENGTH_BYTES + 1
    this.out.push([channel.index, decodeValue(channel.input) as string])
    this.cut[channel.index]!++
    channel.recycle()
    return true
  }

  private advance(to: number): void {
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= to).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.timers = this.timers.filter((timer) => timer !== next)
      this.now = next.at
      next.run()
      this.work()
    }
    this.now = to
  }

  // ---- what the task is told -------------------------------------------------------------------------------------------

  triggerCheckpointOnBarrier(...[{ id }, how, metrics]: Parameters<BarrierListener['triggerCheckpointOnBarrier']>): void {
    const alignment = how === 'unaligned' ? {} : { alignment: Math.max(metrics.alignmentDuration, 0) / MICROS_PER_MILLI }
    const kind = how === 'at-least-once' ? 'atLeastOnce' : how
    this.events.push({ trigger: id, kind, cut: [...this.cut], startDelay: metrics.startDelay / MICROS_PER_MILLI, ...alignment })
  }

  inputStateComplete(...[complete, inflight, metrics]: Parameters<BarrierListener['inputStateComplete']>): void {
    this.events.push({ complete, inflight: inflight.flatMap(labelsOf), alignment: metrics.alignmentDuration / MICROS_PER_MILLI })
  }

  abortCheckpointOnBarrier(...[abort, reason]: Parameters<BarrierListener['abortCheckpointOnBarrier']>): void {
    this.events.push({ abort, reason })
  }
}

const labelsOf = ({ channel, buffers }: ChannelBuffers): [number, unknown][] =>
  [...elementsOf(buffers)].map((one) => [channel, one.tag === ElementTag.Record ? one.value : null])

export const barriers = family<Given>('barriers', (given) => {
  const harness = new Harness(given)
  return { steps: given.steps.map((step) => harness.step(step)) }
})
