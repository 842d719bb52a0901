import { TraceKind } from '../../../src/trace/kinds'
import { countOf, findEvent } from '../../../src/trace/predicates'
import type { Check, Fact, FactOf, LessonChecks, Prediction, TraceOfRun } from '../../../src/trace/predicates'

interface Flight {
  readonly date: number
  readonly delay: number
  readonly origin: string
  readonly arrival: number
}

/** What a learner's program makes may be anything; null: no flight. */
function asFlight(value: unknown): Flight | null {
  if (typeof value !== 'object' || value === null) return null
  const { date, delay, origin, arrival } = value as Partial<Flight>
  if (typeof date !== 'number' || typeof delay !== 'number' || typeof origin !== 'string' || typeof arrival !== 'number') return null
  return { date, delay, origin, arrival }
}

const HOUR = 3_600_000
/** The scenario's topic: the first flight lands at 2 s, and an hour of the airports passes in a second. */
const FIRST_LANDS = 2_000_000
const SPEED = 3600
/** The flight that the lesson follows: Miami, due 1 January 11:45. */
const MIAMI = Date.UTC(2001, 0, 1, 11, 45)

const seconds = (micros: number): string => `${(micros / 1_000_000).toFixed(1)} s`
const two = (n: number): string => String(n).padStart(2, '0')
/** `17:04`; the watermark `17:59:59.999`. */
const clock = (ms: number): string => new Date(ms).toISOString().slice(11, ms % 60_000 === 0 ? 16 : 23)
const day = (ms: number): { en: string; zh: string } => {
  const date = new Date(ms)
  const months = ['January', 'February', 'March']
  return { en: `${date.getUTCDate()} ${months[date.getUTCMonth()]}`, zh: `${date.getUTCMonth() + 1} 月 ${date.getUTCDate()} 日` }
}

/** The flight that a source read as record `number`; null for a record that a window made. */
function flightOf({ log }: TraceOfRun, origin: number, number: number): { readonly flight: Flight; readonly event: number } | null {
  const event = log.names.recordAt(origin, number)
  if (event < 0 || log.kindAt(event) !== TraceKind.SourceRecord) return null
  const flight = asFlight(log.at(event).value())
  return flight === null ? null : { flight, event }
}

/** Where Miami's flight is read, and where its window fires. */
function miami(run: TraceOfRun): { readonly lands: number; readonly fired: number } | null {
  const { log } = run
  const lands = findEvent(run, TraceKind.SourceRecord, (event) => event.x === MIAMI && asFlight(event.value())?.origin === 'MIA')
  if (lands < 0) return null
  const { process: origin, b: number } = log.at(lands)
  const put = findEvent(run, TraceKind.WindowElement, (event) => event.d === origin && event.c === number, lands)
  if (put < 0) return { lands, fired: -1 }
  const { process, b: window } = log.at(put)
  const fired = findEvent(run, TraceKind.WindowFired, (event) => event.process === process && event.b === window, put)
  return { lands, fired }
}

const ofMiami =
  (which: 'lands' | 'fired', show: (event: ReturnType<TraceOfRun['log']['at']>) => Fact): FactOf =>
  (run) => {
    const event = miami(run)?.[which] ?? -1
    return event < 0 ? null : show(run.log.at(event))
  }

const firstLate = (run: TraceOfRun) => {
  const event = findEvent(run, TraceKind.LateDropped, () => true)
  if (event < 0) return null
  const { b: number, c: origin, x: watermark } = run.log.at(event)
  const late = flightOf(run, origin, number)
  return late === null ? null : { ...late, watermark, event, selection: { kind: 'record', origin, number } as const }
}

const ofFirstLate =
  (show: (late: NonNullable<ReturnType<typeof firstLate>>, run: TraceOfRun) => Fact['show']): FactOf =>
  (run) => {
    const late = firstLate(run)
    return late === null ? null : { show: show(late, run), event: late.event, selection: late.selection }
  }

const outOfOrder: FactOf = (run) => {
  let newest = -Infinity
  let count = 0
  findEvent(run, TraceKind.SourceRecord, ({ x }) => {
    if (x < newest) count++
    else newest = x
    return false
  })
  return { show: String(count) }
}

export const facts: LessonChecks['facts'] = {
  miaLands: ofMiami('lands', ({ time, index, process, b }) => ({
    show: seconds(time),
    event: index,
    selection: { kind: 'record', origin: process, number: b },
  })),
  miaFired: ofMiami('fired', ({ time, index, process, b }) => ({
    show: seconds(time),
    event: index,
    selection: { kind: 'window', process, window: b },
  })),
  miaWatermark: ofMiami('fired', ({ x, index }) => ({ show: clock(x), event: index })),
  lateAirport: ofFirstLate(({ flight }) => flight.origin),
  lateDay: ofFirstLate(({ flight }) => day(flight.date)),
  lateDue: ofFirstLate(({ flight }) => clock(flight.date)),
  lateHour: ofFirstLate(
    ({ flight }) => `[${two(new Date(flight.date).getUTCHours())}:00, ${two(new Date(flight.date + HOUR).getUTCHours())}:00)`,
  ),
  lateComes: ofFirstLate(({ event }, { log }) => seconds(log.timeAt(event))),
  lateWatermark: ofFirstLate(({ watermark }) => clock(watermark)),
  lateCount: (run) => ({ show: String(countOf(run, TraceKind.LateDropped)) }),
  flights: (run) => ({ show: String(countOf(run, TraceKind.SourceRecord)) }),
  outOfOrder,
}

export const predictions: Readonly<Record<string, Prediction>> = {
  miaFires: {
    ask: 'moment',
    exact: 0.3,
    near: 1.2,
    answer(run) {
      const event = miami(run)?.fired ?? -1
      return event < 0 ? null : { value: run.log.timeAt(event) / 1_000_000, event }
    },
  },
}

const MOST_WAIT = 5

/** Every delayed flight is in a window; none is dropped as late, none lost on the way. */
const noneDropped: Check = {
  id: 'none-dropped',
  says: { en: 'Every delayed flight is counted.', zh: '每个延误的航班都被计入。' },
  pass: { en: 'All {delayed} delayed flights are in a window.', zh: '全部 {delayed} 个延误航班都进入了窗口。' },
  fail: {
    en: '{missing} of {delayed} delayed flights are in no window; {late} came late and were dropped.',
    zh: '{delayed} 个延误航班中有 {missing} 个不在任何窗口里；其中 {late} 个因迟到被丢弃。',
  },
  test(run) {
    let delayed = 0
    findEvent(run, TraceKind.SourceRecord, (event) => {
      if ((asFlight(event.value())?.delay ?? 0) > 0) delayed++
      return false
    })
    const missing = delayed - countOf(run, TraceKind.WindowElement)
    const late = countOf(run, TraceKind.LateDropped)
    const event = findEvent(run, TraceKind.LateDropped, () => true)
    return { passed: delayed > 0 && missing <= 0 && late === 0, values: { delayed, missing, late }, ...(event < 0 ? {} : { event }) }
  },
}

/** Half of the windows fire at most five seconds after the airports' clocks passed their end. */
const inTime: Check = {
  id: 'in-time',
  says: {
    en: `Half of the results come at most ${MOST_WAIT} s (${MOST_WAIT} hours at the airports) after their hour is over.`,
    zh: `一半的结果最迟在所属小时结束后 ${MOST_WAIT} 秒（机场的 ${MOST_WAIT} 小时）内输出。`,
  },
  pass: { en: 'Half of the {results} results come within {median} s.', zh: '{results} 个结果中有一半在 {median} 秒内输出。' },
  fail: { en: 'Half of the {results} results take longer than {median} s.', zh: '{results} 个结果中有一半所用时间超过 {median} 秒。' },
  test(run) {
    let firstArrival = Infinity
    findEvent(run, TraceKind.SourceRecord, (event) => {
      firstArrival = Math.min(firstArrival, asFlight(event.value())?.arrival ?? Infinity)
      return false
    })
    const waits: number[] = []
    findEvent(run, TraceKind.WindowFired, ({ time, process, b }) => {
      const end = run.log.at(run.log.names.windowAt(process, b)).value() as number
      waits.push((time - FIRST_LANDS - ((end - firstArrival) * 1000) / SPEED) / 1_000_000)
      return false
    })
    waits.sort((a, b) => a - b)
    const median = waits[Math.floor(waits.length / 2)] ?? Infinity
    return { passed: median <= MOST_WAIT, values: { results: waits.length, median: Number.isFinite(median) ? median.toFixed(1) : '∞' } }
  },
}

export const checks: readonly Check[] = [noneDropped, inTime]
export const startFails: readonly string[] = ['none-dropped']
