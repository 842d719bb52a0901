import { describe, expect, test } from 'vitest'
import { narrationText } from '../../i18n/narration'
import { JobTrace } from '../../testing/traceBuilder'
import { TraceKind } from '../kinds'
import type { TraceKindName } from '../kinds'
import { TraceLog } from '../log'
import { narrate } from './index'
import type { NarrationContext } from './index'

const job = new JobTrace(3_600_000)
const hour = (h: number, m = 0, s = 0): number => ((h * 60 + m) * 60 + s) * 1000
const log = new TraceLog()
log.append(job.deploy().take())
for (const source of [0, 1] as const) {
  job.emitRecord(source, 'ORD', hour(9, 58, 40))
  job.emitWatermark(source, hour(9, 14, 55))
}
job.settle()
job.emitRecord(0, 'ORD', hour(9, 58, 41))
job.emitRecord(0, 'ATL', hour(8, 0))
job.settle()
for (const source of [0, 1] as const) job.emitWatermark(source, hour(10))
job.settle()
log.append(job.take())

const context = (language: 'en' | 'zh', times: NarrationContext['times'] = 'clock'): NarrationContext => ({
  header: job.header,
  log,
  language,
  times,
})
const tell = (kind: TraceKindName, language: 'en' | 'zh' = 'en'): string[] => {
  const told: string[] = []
  const reader = log.reader()
  while (reader.next()) if (reader.kind === TraceKind[kind]) told.push(narrate(reader, context(language)).text)
  return told
}

describe('narration', () => {
  test('tells the way of a record', () => {
    expect(tell('SlotAllocated')[0]).toBe('taskmanager-1 gives slot 0 to Source: flights #1 and Window(Tumbling) #1, which share it.')
    expect(tell('ExecutionState')).toContain('Window(Tumbling) #2 is DEPLOYING on taskmanager-2.')
    expect(tell('RecordOut')[0]).toBe('Source: flights #1 emits ORD@09:58:40; hash → key group 65 → Window(Tumbling) #2.')
    expect(tell('RecordOut')[2]).toBe(
      'Source: flights #1 emits ORD@09:58:41; hash → key group 65 → Window(Tumbling) #2. Not late: 09:58:41 > 09:14:55.',
    )
    expect(tell('RecordIn')).toContain(
      'Window(Tumbling) #2 takes ATL@08:00:00 from Source: flights #1. It is behind the watermark: 08:00:00 ≤ 09:14:55.',
    )
    expect(tell('WindowElement')[0]).toBe('ORD@09:58:40 goes into window [09:00, 10:00) of ORD.')
    expect(tell('LateDropped')).toEqual([
      'Window(Tumbling) #2 drops ATL@08:00:00: late. Its windows are over, the watermark is at 09:14:55, 1 h 14 min ahead of it.',
    ])
    expect(tell('WatermarkAdvanced')[0]).toBe('The watermark of Window(Tumbling) #1 advances to 09:14:55, the least of its 2 channels.')
    expect(tell('WindowFired')[0]).toBe('Window [09:00, 10:00) of ORD fires with 3 elements: watermark 10:00:00 ≥ 09:59:59.999.')
    expect(tell('SinkRecord')[0]).toBe('Sink: Print to Std. Out #2 writes ORD 3, event time 09:59:59.999.')
  })

  test('a day is said once', () => {
    const other = new TraceLog()
    const job = new JobTrace(3_600_000).deploy()
    job.emitRecord(0, 'ORD', 864e5 + hour(9, 58, 40))
    other.append(job.settle().take())
    const told: string[] = []
    const reader = other.reader()
    while (reader.next()) if (reader.kind === TraceKind.WindowElement) told.push(narrate(reader, { ...context('en'), log: other }).text)
    expect(told).toEqual(['ORD@01-02 09:58:40 goes into window [09:00, 10:00) of ORD.'])
  })

  test('and in Chinese', () => {
    expect(tell('RecordOut', 'zh')[2]).toBe(
      'Source: flights #1 发出 ORD@09:58:41；hash → key group 65 → Window(Tumbling) #2。未迟到：09:58:41 > 09:14:55。',
    )
    expect(tell('LateDropped', 'zh')[0]).toContain('迟到')
  })

  test('a record without a key goes by its value, and Chinese stands close to Chinese', () => {
    const other = new TraceLog()
    const job = new JobTrace().deploy()
    job.say(65537, 'SourceRecord', { a: 1, b: 0, x: NaN, value: 'short' })
    job.say(65537, 'RecordDropped', { a: 2, b: 0, c: 65537, x: NaN })
    job.say(65537, 'SourceRecord', { a: 1, b: 1, x: NaN, value: 'longer than one can name a thing by' })
    job.say(65537, 'RecordDropped', { a: 2, b: 1, c: 65537, x: NaN })
    other.append(job.take())
    const reader = other.reader()
    const told: string[] = []
    while (reader.next()) {
      if (reader.kind === TraceKind.RecordDropped)
        for (const language of ['en', 'zh'] as const) told.push(narrate(reader, { ...context(language), log: other }).text)
    }
    expect(told).toEqual([
      'Filter #1 lets short go no further.',
      'Filter #1 没有让 short 继续往下走。',
      'Filter #1 lets record 1 go no further.',
      'Filter #1 没有让记录 1 继续往下走。',
    ])
  })

  test('links what it names', () => {
    const reader = log.reader()
    while (reader.next() && reader.kind !== TraceKind.WindowElement);
    const { parts, text } = narrate(reader, context('en'))
    expect(parts.map((part) => part.text).join('')).toBe(text)
    expect(parts.map(({ selection }) => selection?.kind ?? null)).toEqual(['record', null, 'window', null])
  })

  test('every text has the same places in both languages', () => {
    const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort()
    for (const { en, zh } of Object.values(narrationText)) expect(places(zh)).toEqual(places(en))
  })

  test('every kind is told, whatever its columns, in both languages and all three times, with no place left open', () => {
    const odd = new TraceLog()
    odd.append(new JobTrace().deploy().emit(0, 'a@1').settle().take())
    const at = odd.endTime
    const wild = new JobTrace()
    wild.now = at
    for (const kind of Object.keys(TraceKind) as TraceKindName[]) {
      for (const n of [-1, 0, 1, 99]) {
        if (kind === 'JobStatus' || kind === 'ExecutionState' || kind === 'SideRecord' || kind === 'UserOutput')
          wild.say(65537, kind, { a: n, b: n, c: n, d: n, x: 5, text: 'why' })
        else if (kind === 'Problem') wild.say(65537, kind, { text: '{"code":"x","severity":"error"}' })
        else if (kind === 'StateUpdated') wild.say(65537, kind, { a: n, b: n, c: n, d: n, value: ['sum', 5] })
        else if (kind === 'AlignmentAnnounced') wild.say(65537, kind, { a: n, x: n, value: ['group', 5, n] })
        else wild.say(65537, kind, { a: n, b: n, c: n, d: n, x: n === 99 ? NaN : n, value: 7 })
      }
    }
    odd.append(wild.take())
    const reader = odd.reader()
    while (reader.next()) {
      for (const language of ['en', 'zh'] as const) {
        for (const times of ['clock', 'offset', 'raw'] as const) {
          const { text } = narrate(reader, { header: job.header, log: odd, language, times })
          expect(text).not.toMatch(/\{\w+\}|undefined|null/)
        }
      }
    }
  })
})
