import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { JobTrace, PageBuilder, longTrace } from '../testing/traceBuilder'
import { TraceKind } from './kinds'
import { TraceLog } from './log'
import { Replay } from './replay'

const simple = (): TraceLog => {
  const log = new TraceLog()
  log.append(new JobTrace().deploy().emit(0, 'a@1 b@3 W(3)').settle().take())
  return log
}

describe('TraceLog', () => {
  test('reads back what was appended', () => {
    const log = new TraceLog()
    const page = new PageBuilder()
      .event(5, 65537, 'SourceRecord', { a: 1, b: 0, c: 2, d: 7, x: 100, value: { key: 'ORD' } })
      .event(9, 65537, 'RecordOut', { a: 3, b: 0, c: 65537, d: -1, x: 100, value: { key: 'ORD' } })
      .event(9, 0, 'JobStatus', { a: 3, text: 'because' })
    log.append(page.take())
    const reader = log.reader()
    const seen = []
    while (reader.next())
      seen.push([reader.index, reader.time, reader.process, reader.kind, reader.a, reader.b, reader.c, reader.d, reader.x])
    expect(seen).toEqual([
      [0, 5, 65537, TraceKind.SourceRecord, 1, 0, 2, 7, 100],
      [1, 9, 65537, TraceKind.RecordOut, 3, 0, 65537, -1, 100],
      [2, 9, 0, TraceKind.JobStatus, 3, 0, 0, 0, NaN],
    ])
    expect(log.at(1).value()).toEqual({ key: 'ORD' })
    expect(log.at(2).text()).toBe('because')
  })

  test('refuses time that runs backwards', () => {
    const log = new TraceLog()
    expect(() => log.append(new PageBuilder().event(5, 1, 'TaskIo').event(4, 1, 'TaskIo').take())).toThrow('later time')
  })

  test('holds runs longer than 32 bits of µs', () => {
    const log = new TraceLog()
    const hours = [0, 1, 3, 24].map((hour) => hour * 3_600_000_000)
    const page = new PageBuilder()
    for (const time of hours) page.event(time, 1, 'TaskIo')
    log.append(page.take())
    expect(hours.map((_, index) => log.timeAt(index))).toEqual(hours)
  })

  test('finds the last event at a time', () => {
    const log = new TraceLog()
    log.append(new PageBuilder().event(5, 1, 'TaskIo').event(5, 2, 'TaskIo').event(8, 1, 'TaskIo').take())
    expect([4, 5, 7, 8, 100].map((time) => log.lastAt(time))).toEqual([-1, 1, 1, 2, 2])
  })

  test('the prefix hash does not know of pages, and knows of every column', () => {
    const whole = simple()
    const cut = new TraceLog()
    const job = new JobTrace()
    job.deploy()
    cut.append(job.take())
    cut.append(job.emit(0, 'a@1').take())
    cut.append(job.emit(0, 'b@3 W(3)').settle().take())
    expect(cut.prefixHash()).toBe(whole.prefixHash())
    const column = (columns: object): string => {
      const log = new TraceLog()
      log.append(new PageBuilder().event(1, 1, 'RecordOut', columns).take())
      return log.prefixHash()
    }
    const variants = [{}, { a: 1 }, { b: 1 }, { c: 1 }, { d: 1 }, { x: 1 }, { x: 0 }, { text: 'a' }, { text: 'abcde' }, { text: 'abcdf' }]
    expect(new Set(variants.map(column)).size).toBe(variants.length)
  })

  test('hash of any prefix, and truncation, equal a log that never went further', () => {
    const pages = [...longTrace(40_000, 3)]
    const log = new TraceLog()
    const ends: [number, string][] = []
    for (const page of pages) {
      log.append(page)
      ends.push([log.length, log.prefixHash()])
    }
    for (const [length, hash] of ends) expect(log.prefixHash(length)).toBe(hash)
    const [length, hash] = ends[ends.length >> 1]!
    log.truncate(length)
    expect([log.length, log.prefixHash()]).toEqual([length, hash])
    for (const page of pages.slice((ends.length >> 1) + 1)) log.append(page)
    expect(log.prefixHash()).toBe(ends[ends.length - 1]![1])
    expect(log.names.vertexOf(65537)).toBe(0)
  })

  test('at most 64 bytes an event', () => {
    const log = new TraceLog()
    for (const page of longTrace(200_000)) log.append(page)
    expect(log.bytes / log.length).toBeLessThan(64)
  })

  test('names tell who is who', () => {
    const log = simple()
    expect(log.names.vertexOf(65538)).toBe(2)
    expect(log.names.vertexOf(65536)).toBe(-1)
    expect([log.names.processAt(2, 0), log.names.processAt(2, log.length)]).toEqual([-1, 65538])
    expect(log.at(log.names.keyAt(65537, 1)).value()).toBe('b')
    expect(log.at(log.names.recordAt(65537, 1)).x).toBe(3)
  })
})

describe('Replay', () => {
  const run = (...turns: string[]) => {
    const job = new JobTrace()
    const pages = [job.deploy().take()]
    for (const turn of turns) pages.push(job.emit(0, turn).settle().take())
    return pages
  }
  const log = new TraceLog()
  for (const page of run('a@1', 'b@2', 'c@3')) log.append(page)
  const cut = log.lastAt(20_000) + 1

  test('a run that does the same up to the fork, and then something else', () => {
    const replay = new Replay(log, cut)
    const states = run('a@1', 'b@2', 'x@3').map((page) => replay.append(page).state)
    expect(states[0]).toBe('reproducing')
    expect(states[3]).toBe('reproduced')
  })

  test('a run that does something else before', () => {
    const replay = new Replay(log, log.length)
    for (const page of run('a@1', 'z@2', 'c@3')) replay.append(page)
    const state = replay.state
    expect(state.state).toBe('diverged')
    if (state.state === 'diverged') expect(log.prefixHash(state.event)).toBe(replay.log.prefixHash(state.event))
  })
})

test('the log keeps any event', () => {
  const int = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })
  fc.assert(
    fc.property(
      fc.array(fc.record({ gap: fc.nat(1e10), a: int, b: int, x: fc.double(), bytes: fc.uint8Array({ maxLength: 300 }) }), {
        maxLength: 50,
      }),
      (events) => {
        const log = new TraceLog()
        const builder = new PageBuilder()
        let time = 0
        for (const { gap, a, b, x, bytes } of events) builder.event((time += gap), a, 'RecordOut', { a, b, c: b, d: a, x, value: bytes })
        log.append(builder.take())
        time = 0
        events.forEach(({ gap, a, b, x, bytes }, index) => {
          const event = log.at(index)
          expect([event.time, event.process, event.a, event.b, event.c, event.d, event.x]).toEqual([(time += gap), a, a, b, b, a, x])
          expect(event.value()).toEqual(bytes)
        })
      },
    ),
  )
})
