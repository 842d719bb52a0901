import { expect, test } from 'vitest'
import { JobTrace } from '../../testing/traceBuilder'
import { TraceLog } from '../../trace/log'
import { kindName } from '../../trace/narration'
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

test('no filter: all lines, at once', () => {
  expect(filterLog(log, NO_FILTER, context).length).toBe(log.length)
})

test('by group, by words, by what is selected, and by all of them', () => {
  const windows = new Set(['windows'] as const)
  expect(new Set(lines({ groups: new Set(['network']) }))).toEqual(new Set(['BufferSent', 'BufferArrived']))
  expect(lines({ query: 'WINDOW fires', groups: windows })).toEqual(['WindowFired', 'WindowFired', 'WindowFired'])
  expect(lines({ query: 'fires', groups: windows, selection: { kind: 'window', process: 65538, window: 0 } })).toEqual(['WindowFired'])
})
