import { hasTimestamp, LONG_MAX, LONG_MIN } from '../../core/time'
import { javaToString } from '../../core/values'
import type { Language, Text } from '../../i18n'
import { narrationText, narrationWords } from '../../i18n/narration'
import { grownHeader } from '../graphs'
import { TraceKind } from '../kinds'
import { keyLook } from '../looks'
import type { TraceLog, TraceReader } from '../log'
import { formatRange, formatTime, span } from '../timeFormat'
import type { TimeFormat } from '../timeFormat'
import type { TraceHeader } from '../types'
import { hostName, hostOfProcess, hostOfTaskManager, jobName, operatorName, severalJobs, subtaskName, taskName } from './naming'
import { sentence } from './sentence'
import type { Clock, Part, Place, Sentence } from './sentence'

export interface NarrationContext {
  readonly header: TraceHeader
  readonly log: TraceLog
  readonly language: Language
  readonly times: TimeFormat
}

export type Case = keyof typeof narrationText
export type Places = Readonly<Record<string, Place | readonly Place[]>>

/** Makes the parts that sentences are built from, in one language and one way of telling time. */
export class Teller implements Clock {
  /** With the execution graph as far as the log goes. */
  readonly header: TraceHeader
  readonly log: TraceLog
  readonly language: Language
  /** The day that needs no saying, by one of its moments. */
  private day: number

  constructor(private readonly context: NarrationContext) {
    this.header = grownHeader(context.header, context.log)
    this.log = context.log
    this.language = context.language
    this.day = context.header.clockStart
  }

  say(which: Case, places: Places): Sentence {
    return sentence(narrationText[which], this.language, places, this)
  }

  word(word: Text, args: Readonly<Record<string, string>> = {}): string {
    return word[this.language].replace(/\{(\w+)\}/g, (whole, name: string) => args[name] ?? whole)
  }

  /** Several lines, as of an exception, in one. */
  reason(text: string): Part {
    return { text: text.trim().replace(/\s*\n\s*/g, ' · ') }
  }

  plain(text: string | number): Part {
    return { text: String(text) }
  }

  value(value: unknown, limit = 80): Part {
    const text = javaToString(value)
    return { text: text.length > limit ? `${text.slice(0, limit - 1)}…` : text, tone: 'value' }
  }

  /** Some names in a row: `a, b and c`. */
  list(parts: readonly Part[]): Part[] {
    return parts.flatMap((part, place) => [
      ...(place === 0 ? [] : [{ text: this.word(place === parts.length - 1 ? narrationWords.and : narrationWords.comma) }]),
      part,
    ])
  }

  /** By its name if there are several; English begins a sentence with a capital (`first`). */
  job(job: number, where: 'first' | 'within' = 'within'): Part {
    const name = severalJobs(this.header) ? jobName(this.header, job) : ''
    if (name === '') return { text: this.word(where === 'first' ? narrationWords.theJobFirst : narrationWords.theJob) }
    return { text: this.word(where === 'first' ? narrationWords.jobNamedFirst : narrationWords.jobNamed, { name }) }
  }

  /** By job vertex. */
  task(vertex: number): Part {
    return { text: taskName(this.header, vertex), selection: { kind: 'task', vertex } }
  }

  host(host: number): Part {
    const text = hostName(this.header, host)
    const external = this.header.hosts.some((known) => known.host === host && known.kind !== 'taskmanager')
    return external || host < 0 ? { text } : { text, selection: { kind: 'taskManager', host } }
  }

  /** By its number from 1, as a person counts them. */
  taskManager(number: number): Part {
    const host = hostOfTaskManager(this.header, number)
    return host < 0 ? { text: `taskmanager-${number}` } : this.host(host)
  }

  slot(host: number, slot: number): Part {
    return { text: `slot ${slot}`, selection: { kind: 'slot', host, slot } }
  }

  /** An operator at one subtask, which counts from 0. */
  node(node: number, subtask: number): Part {
    return { text: `${operatorName(this.header, node)} #${subtask + 1}`, selection: { kind: 'operator', node } }
  }

  /** By execution vertex. */
  subtask(index: number): Part {
    const subtask = this.header.executionGraph.vertices[index]
    const text = subtaskName(this.header, index)
    return subtask === undefined ? { text } : { text, selection: { kind: 'subtask', vertex: subtask.vertex, subtask: subtask.subtask } }
  }

  /** The subtask, or host, that a process is. */
  process(process: number): Part {
    const vertex = this.log.names.vertexOf(process)
    return vertex < 0 ? { text: hostName(this.header, hostOfProcess(process)) } : this.subtask(vertex)
  }

  /** One operator of the chain that the process runs. */
  operator(event: TraceReader): Part {
    if (event.a === 0) return { text: this.word(narrationWords.program) }
    const vertex = this.log.names.vertexOf(event.process)
    const name = operatorName(this.header, event.a)
    const subtask = this.header.executionGraph.vertices[vertex]
    if (subtask === undefined) return { text: name }
    return { text: `${name} #${subtask.subtask + 1}`, selection: { kind: 'subtask', vertex: subtask.vertex, subtask: subtask.subtask } }
  }

  /** A partition as a source reads it; −1: all that its reader reads. */
  partition(node: number, partition: number): Part {
    if (partition < 0) return { text: operatorName(this.header, node) }
    const text = this.word(narrationWords.partition, { source: operatorName(this.header, node), number: String(partition) })
    return { text, selection: { kind: 'partition', node, partition } }
  }

  sender(channel: number): Part {
    const known = this.header.executionGraph.channels[channel]
    const text = known === undefined ? `channel ${channel}` : subtaskName(this.header, known.from)
    return { text, selection: { kind: 'channel', channel } }
  }

  receiver(channel: number): Part {
    const known = this.header.executionGraph.channels[channel]
    return known === undefined ? { text: `channel ${channel}` } : this.subtask(known.to)
  }

  time(ms: number, tone: Part['tone'] = 'time'): Place {
    return { text: '', ms, tone }
  }

  watermark(ms: number): Place {
    return this.time(ms, 'watermark')
  }

  /** `ORD@09:58:40`: by its key, else by its value if that is short (`known`), else `record 17@…`. */
  record(origin: number, number: number, timestamp: number, known = '', late = false): Place {
    const name = known === '' ? this.word(narrationWords.unkeyedRecord, { number: String(number) }) : known
    const place: Place = { text: name, selection: { kind: 'record', origin, number }, tone: late ? 'late' : 'record' }
    return hasTimestamp(timestamp) ? { ...place, text: `${name}@`, ms: timestamp } : place
  }

  /** What to call a record by: its key (a number of `process`), else its value if that is short. */
  nameOf(event: TraceReader): string {
    const { text } = keyLook(this.log, event.process, event.d)
    if (text !== '' || event.payload().length > SHORT) return text
    const value = javaToString(event.value())
    return value.length > SHORT ? '' : value
  }

  /** The same, by looking for its key or value where it was last told. */
  recordOf(origin: number, number: number, timestamp: number, event: TraceReader, late = false): Place {
    return this.record(origin, number, timestamp, this.lookBack(origin, number, event), late)
  }

  key(process: number, key: number): Part {
    const { text } = keyLook(this.log, process, key)
    return text === '' ? { text: this.word(narrationWords.noKey) } : { text, selection: { kind: 'key', key: text }, tone: 'key' }
  }

  /** With the bounds that it had at event `upTo`. */
  window(process: number, window: number, upTo: number): Place {
    const { names } = this.log
    const opened = names.windowAt(process, window)
    const selection = { kind: 'window', process, window } as const
    if (opened < 0) return { text: this.word(narrationWords.unknownWindow, { number: String(window) }), selection }
    const event = this.log.at(opened)
    const look = keyLook(this.log, process, event.c).text
    const key = look === '' ? this.word(narrationWords.noKey) : look
    if (event.d === 1) return { text: this.word(narrationWords.globalWindow, { key }), selection }
    const [before, after] = this.word(narrationWords.window, { key }).split('{bounds}')
    const told = this.log.at(names.windowBoundsAt(process, window, upTo))
    return { text: before!, bounds: [told.x, Number(told.value())], after: after!, selection }
  }

  span(ms: number): Part {
    return { text: span(ms), tone: 'time' }
  }

  /** The watermark of a process at an event: LONG_MIN before the first. */
  watermarkAt(process: number, event: number): number {
    const advanced = this.log.names.watermarkAt(process, event)
    return advanced < 0 ? LONG_MIN : this.log.at(advanced).x
  }

  moment(ms: number): string {
    if (ms <= LONG_MIN) return this.word(narrationWords.none)
    if (ms >= LONG_MAX) return this.word(narrationWords.end)
    const told = formatTime(ms, this.context.times, this.header.clockStart, this.day)
    if (hasTimestamp(ms)) this.day = ms
    return told
  }

  bounds(from: number, to: number): string {
    const told = formatRange(from, to, this.context.times, this.header.clockStart, this.day)
    this.day = from
    return told
  }

  /** To the event that put it on a channel or, before any did, to the source that read it: a look back, not a search. */
  private lookBack(origin: number, number: number, event: TraceReader): string {
    const reader = this.log.reader()
    const made = this.log.names.recordAt(origin, number)
    const far = Math.max(event.index - LOOK_BACK, made, 0)
    for (let index = event.index - 1; index >= far; index--) {
      if (this.log.kindAt(index) !== TraceKind.RecordOut) continue
      reader.to(index)
      if (reader.b === number && reader.c === origin) return this.nameOf(reader)
    }
    if (made < 0 || reader.to(made).kind !== TraceKind.SourceRecord || reader.payload().length > SHORT) return ''
    const value = javaToString(reader.value())
    return value.length > SHORT ? '' : value
  }
}

const LOOK_BACK = 5000
/** Values up to so many characters name their record. */
const SHORT = 20
