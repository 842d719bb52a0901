import { javaToString } from '../core/values'
import type { Text } from '../i18n'
import type { Selection } from '../scenario/types'
import { TraceKind } from './kinds'
import type { TraceReader } from './log'
import { findEvent, type TraceOfRun } from './predicates'

/** What a ready scenario of the gallery says of itself: its `about.ts` exports one. */
export interface GalleryEntry {
  readonly group: GalleryGroup
  readonly title: Text
  /** One sentence, or two: what there is to see. */
  readonly says: Text
  /** Views to open, the first for where there is room for one. */
  readonly views: readonly string[]
  /** What of `shows` the playhead is put on. */
  readonly at: string
  /** Exceptions, and a job that ends FAILED, are what it is about. */
  readonly goesWrong?: true
  /** Behaviour that its run shows; a test holds each. */
  readonly shows: Readonly<Record<string, Shown>>
}

/** In the order in which they are listed. */
export const GALLERY_GROUPS = [
  'windows',
  'triggers',
  'evictors',
  'late',
  'timers',
  'joins',
  'watermarks',
  'clocks',
  'state',
  'checkpoints',
  'sinks',
  'failures',
  'restarts',
  'pressure',
] as const
export type GalleryGroup = (typeof GALLERY_GROUPS)[number]

export interface Shown {
  readonly says: Text
  /** The event that shows it, −1: the run does not. */
  find(run: TraceOfRun): number
}
type Find = Shown['find']

/** The first event of a kind for which `is` holds. */
export const eventOf =
  (kind: number, is: (event: TraceReader, run: TraceOfRun) => boolean = () => true): Find =>
  (run) =>
    findEvent(run, kind, (event) => is(event, run))

/** A sink writes just this, as Java prints it. */
export const written = (text: string): Find => eventOf(TraceKind.SinkRecord, (event) => javaToString(event.value()) === text)

/** Something is written by a sink after something else was: neither of them need be the first of its kind. */
export const writtenAfter =
  (text: string, before: Find): Find =>
  (run) => {
    const from = before(run)
    return from < 0 ? -1 : findEvent(run, TraceKind.SinkRecord, (event) => javaToString(event.value()) === text, from)
  }

/** How often the window that an event is about had fired before it. */
export function firedBefore({ log }: TraceOfRun, { process, b: window, index }: TraceReader): number {
  let count = 0
  const reader = log.reader().before(0)
  while (reader.next() && reader.index < index)
    if (reader.kind === TraceKind.WindowFired && reader.process === process && reader.b === window) count++
  return count
}

/** A window fires that has fired before. */
export const firedAgain = (): Find => eventOf(TraceKind.WindowFired, (event, run) => firedBefore(run, event) > 0)
/** A window goes without ever having fired. */
export const clearedUnfired = (): Find => eventOf(TraceKind.WindowCleared, (event, run) => firedBefore(run, event) === 0)
/** Two windows become one. */
export const merged = (): Find => eventOf(TraceKind.WindowMerged, ({ b, c }) => c >= 0 && c !== b)
/** An evictor takes an element out. */
export const evicted = (): Find => eventOf(TraceKind.WindowEvicted)
export const lateDropped = (): Find => eventOf(TraceKind.LateDropped)
export const sideOutput = (tag: string): Find => eventOf(TraceKind.SideRecord, (event) => event.text() === tag)
/** A timer of a key, not of a window, fires. */
export const timerFired = (domain: 'event' | 'processing', time?: number): Find =>
  eventOf(TraceKind.TimerFired, ({ c, d, x }) => c === (domain === 'event' ? 0 : 1) && d < 0 && (time === undefined || x === time))
export const timerDeleted = (): Find => eventOf(TraceKind.TimerDeleted, ({ d }) => d < 0)

/** Two timers of keys fire in one moment. */
export const twoTimersAtOnce = (domain: 'event' | 'processing'): Find => {
  return (run) => {
    let last = NaN
    const wanted = domain === 'event' ? 0 : 1
    return findEvent(run, TraceKind.TimerFired, ({ c, time }) => {
      if (c !== wanted) return false
      const same = Math.floor(time / 1000) === Math.floor(last / 1000)
      last = time
      return same
    })
  }
}

/** How many events of a kind there are up to event `upTo`. */
export const countUpTo = ({ log }: TraceOfRun, kind: number, upTo: number): number => {
  let count = 0
  for (let event = 0; event <= upTo; event++) if (log.kindAt(event) === kind) count++
  return count
}

/** So many requests are under way at once. */
export const inFlightAtOnce = (least: number): Find =>
  eventOf(
    TraceKind.AsyncRequested,
    ({ index }, run) => countUpTo(run, TraceKind.AsyncRequested, index) - countUpTo(run, TraceKind.AsyncAnswered, index) >= least,
  )

/** A request is answered before one that was made earlier. */
export const answeredEarly = (): Find => (run) => {
  const open: string[] = []
  const reader = run.log.reader().before(0)
  while (reader.next()) {
    const name = `${reader.c} ${reader.b}`
    if (reader.kind === TraceKind.AsyncRequested) open.push(name)
    else if (reader.kind === TraceKind.AsyncAnswered) {
      const at = open.indexOf(name)
      if (at > 0) return reader.index
      open.splice(at, 1)
    }
  }
  return -1
}

/** The result number `nth` of all, from 1, is this. */
export const nthWritten =
  (nth: number, text: string): Find =>
  (run) => {
    let count = 0
    return findEvent(run, TraceKind.SinkRecord, (event) => ++count === nth && javaToString(event.value()) === text)
  }

/** A result begins with a smaller number than one before it. */
export const outOfOrder = (): Find => (run) => {
  let last = -Infinity
  return findEvent(run, TraceKind.SinkRecord, (event) => {
    const number = Number.parseInt(javaToString(event.value()), 10)
    const falls = number < last
    last = Math.max(last, number)
    return falls
  })
}

/** What an event is best looked at by: the window, also the one that made the record at hand, else the record; null: neither. */
export function thingOf({ log }: Pick<TraceOfRun, 'log'>, { kind, process, a, b, c, d, x }: TraceReader): Selection | null {
  switch (kind) {
    case TraceKind.WindowFired:
    case TraceKind.WindowMerged:
    case TraceKind.WindowCleared:
    case TraceKind.WindowEvicted:
    case TraceKind.WindowTrigger:
      return { kind: 'window', process, window: b }
    case TraceKind.SinkRecord: {
      const made = log.names.recordAt(c, b)
      const maker = made < 0 ? null : log.at(made)
      if (maker?.kind === TraceKind.RecordMade && maker.c >= 0) return { kind: 'window', process: c, window: maker.c }
      return { kind: 'record', origin: c, number: b }
    }
    case TraceKind.LateDropped:
    case TraceKind.SideRecord:
    case TraceKind.NoWindow:
      return { kind: 'record', origin: c, number: b }
    case TraceKind.TimerFired:
    case TraceKind.TimerDeleted:
      return { kind: 'timer', process, node: a, key: b, domain: c === 0 ? 'event' : 'processing', window: d, time: x }
    case TraceKind.BarrierIn:
    case TraceKind.BarrierOut:
    case TraceKind.ChannelBlocked:
    case TraceKind.ChannelStatePersisted:
      return { kind: 'channel', channel: a }
    case TraceKind.TaskManagerLost:
      return { kind: 'taskManager', host: a }
    case TraceKind.SstFileWritten:
    case TraceKind.MemtableFlushed:
    case TraceKind.TransactionMoved:
      return { kind: 'operator', node: a }
    case TraceKind.SplitStatus:
    case TraceKind.SplitPaused:
    case TraceKind.SplitWatermark:
      return b < 0 ? null : { kind: 'partition', node: a, partition: b }
    default:
      return null
  }
}
