import { describe, expect, test } from 'vitest'
import type { Selection } from '../scenario/types'
import { ClusterTrace } from '../testing/clusterTrace'
import { flightsHeader } from '../testing/flightsHeader'
import { JobTrace } from '../testing/traceBuilder'
import { atEvent, atTime, nextMatching, previousMatching } from './cursor'
import { TraceKind } from './kinds'
import { TraceLog } from './log'
import { kindName, narrate } from './narration'
import { FilteredEvents } from './filteredEvents'
import { matcherOf, textMatcher } from './search'
import type { Matcher } from './search'

const job = new JobTrace().deploy().emit(0, 'b@1 d@3 W(9)').emit(1, 'a@1 W(9)').settle()
const log = new TraceLog()
log.append(job.take())
const context = { header: job.header, log, language: 'en', times: 'raw' } as const

const lines = (matches: Matcher | null): string[] => {
  const found = new FilteredEvents(log, matches)
  for (const _ of found.search(7));
  return Array.from({ length: found.length }, (_, position) => kindName(log.kindAt(found.at(position))))
}
const about = (selection: Selection): string[] => lines(matcherOf(selection, job.header, log))

describe('filters', () => {
  test('none: all lines, at once', () => {
    expect(new FilteredEvents(log, null).length).toBe(log.length)
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

  test('TaskManagers, slots, operators and edges', () => {
    const cluster = new ClusterTrace({ ...flightsHeader(), interventions: [{ at: 0, do: 'stop-task-manager', host: 2 }] })
    cluster.register(1).register(2).allocate(1, 0, 0).allocate(2, 0, 1).execution(0, 'SCHEDULED')
    cluster.execution(0, 'DEPLOYING', { host: 1 }).execution(1, 'DEPLOYING', { host: 2 }).say('Intervention', { a: 0 }).lose(2)
    cluster
      .say('WatermarkEmitted', { a: 1, x: 5 })
      .say('WatermarkOut', { a: 2, x: 5 })
      .rescale(0, [1, 1])
      .say('RecordIn', { a: 4, b: 0, c: 1 })
    const told = new TraceLog()
    told.append(cluster.take())
    const kinds = (selection: Selection): string[] => {
      const matches = matcherOf(selection, cluster.header, told)
      return Array.from({ length: told.length }, (_, i) => told.at(i)).flatMap((event) => (matches(event) ? [kindName(event.kind)] : []))
    }
    expect(kinds({ kind: 'taskManager', host: 2 })).toEqual([
      'TaskManagerRegistered',
      'SlotAllocated',
      'ExecutionState',
      'Intervention',
      'TaskManagerLost',
    ])
    expect(kinds({ kind: 'slot', host: 2, slot: 0 })).toEqual(['SlotAllocated', 'TaskManagerLost'])
    expect(kinds({ kind: 'operator', node: 1 })).toEqual(['WatermarkEmitted'])
    // Channel 4 is one of the graph that was made anew.
    expect(kinds({ kind: 'edge', edge: 1 })).toEqual(['WatermarkOut', 'RecordIn'])
    expect(kinds({ kind: 'edge', edge: 0 })).toEqual([])
  })

  test('by words of the sentence', () => {
    const tell = textMatcher('WINDOW fires', (event) => narrate(event, context).text)
    expect(lines(tell)).toEqual(['TimerFired', 'WindowFired', 'TimerFired', 'WindowFired', 'TimerFired', 'WindowFired'])
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

test('the playhead at a time stands behind all that has happened by then', () => {
  const last = log.length - 1
  expect(atTime(log, log.endTime)).toEqual({ time: log.endTime, event: last })
  expect(atTime(log, log.endTime + 5)).toEqual({ time: log.endTime + 5, event: last })
  expect(atTime(log, -1)).toEqual({ time: 0, event: -1 })
  expect(atEvent(log, last + 9).event).toBe(last)
})
