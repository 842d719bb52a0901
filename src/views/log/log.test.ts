import { describe, expect, test } from 'vitest'
import type { Selection } from '../../scenario/types'
import { JobTrace } from '../../testing/traceBuilder'
import { atEvent, nextMatching, previousMatching } from '../../trace/cursor'
import { TraceKind } from '../../trace/kinds'
import { TraceLog } from '../../trace/log'
import { kindName } from '../../trace/narration'
import { FilteredEvents, matcherOf } from '../../trace/search'
import { NO_FILTER, filterLog } from './filters'
import type { LogFilter } from './filters'

const job = new JobTrace().deploy().emit(0, 'b@1 d@3 W(9)').emit(1, 'a@1 W(9)').settle()
const log = new TraceLog()
log.append(job.take())
const context = { header: job.header, log, language: 'en', times: 'raw' } as const

const lines = (filter: Partial<LogFilter>): string[] => {
  const found = filterLog(log, { ...NO_FILTER, ...filter }, context)
  for (const _ of found.search(7));
  return Array.from({ length: found.length }, (_, position) => kindName(log.kindAt(found.at(position))))
}
const about = (selection: Selection): string[] => lines({ selection })

describe('the log’s filters', () => {
  test('none: all lines, at once', () => {
    expect(filterLog(log, NO_FILTER, context).length).toBe(log.length)
  })

  test('by what is selected', () => {
    expect(about({ kind: 'record', origin: 65537, number: 0 })).toEqual(['SourceRecord', 'RecordOut', 'RecordIn', 'WindowElement'])
    expect(about({ kind: 'window', process: 65538, window: 0 })).toEqual([
      'WindowOpened',
      'TimerRegistered',
      'WindowElement',
      'StateUpdated',
      'TimerFired',
      'WindowTrigger',
      'WindowFired',
      'RecordMade',
      'WindowCleared',
    ])
    expect(about({ kind: 'channel', channel: 3 })).toEqual([
      'RecordOut',
      'WatermarkOut',
      'BufferSent',
      'BufferArrived',
      'RecordIn',
      'WatermarkIn',
    ])
    expect(about({ kind: 'key', key: 'd' })).toContain('WindowFired')
    expect(about({ kind: 'key', key: 'nobody' })).toEqual([])
    expect(about({ kind: 'event', index: 3 })).toHaveLength(1)
    const both = about({ kind: 'task', vertex: 1 }).length
    expect(both).toBe(about({ kind: 'subtask', vertex: 1, subtask: 0 }).length + about({ kind: 'subtask', vertex: 1, subtask: 1 }).length)
  })

  test('by group and by words', () => {
    expect(new Set(lines({ groups: new Set(['network']) }))).toEqual(new Set(['BufferSent', 'BufferArrived']))
    expect(lines({ query: 'WINDOW fires', groups: new Set(['windows']) })).toEqual(['WindowFired', 'WindowFired', 'WindowFired'])
  })

  test('goes on where it stopped when the log grows, and knows the playhead’s place', () => {
    const growing = new TraceLog()
    const more = new JobTrace().deploy().emit(0, 'b@1')
    growing.append(more.take())
    const found = new FilteredEvents(growing, (event) => event.kind === TraceKind.SourceRecord)
    expect(found.work(1000)).toBe(true)
    growing.append(more.emit(0, 'b@2 b@3').take())
    expect([found.length, found.work(1000), found.length]).toEqual([1, true, 3])
    expect(found.countUpTo(found.at(1) - 1)).toBe(1)
    expect(found.countUpTo(found.at(1))).toBe(2)
  })

  test('the playhead goes to the next and the previous of a selection', () => {
    const matches = matcherOf({ kind: 'record', origin: 65537, number: 0 }, job.header, log)
    const first = nextMatching(log, atEvent(log, -1), matches)!
    const second = nextMatching(log, first, matches)!
    expect(kindName(log.kindAt(second.event))).toBe('RecordOut')
    expect(previousMatching(log, second, matches)).toEqual(first)
    expect(previousMatching(log, first, matches)).toBeNull()
  })
})
