import { expect, test } from 'vitest'
import { JobTrace } from '../../testing/traceBuilder'
import { FoldRunner } from '../../trace/fold'
import { TraceLog } from '../../trace/log'
import { lateCount, lateRow, resultCount, resultRow, resultsFold, sinksOf } from './fold'

const job = new JobTrace().deploy().emit(0, 'b@1 d@3 b@2 W(9)').emit(1, 'W(9)').settle().emit(0, 'b@4').settle()
const log = new TraceLog()
log.append(job.take())
const runner = new FoldRunner(resultsFold, job.header, log)

test('rows come with where and when they came from', () => {
  const state = runner.seek(log.length - 1)
  expect(resultCount(state)).toBe(2)
  expect(sinksOf(state)).toEqual([5])
  const { text, eventTime, vertex, key, processingTime } = resultRow(state, log, { clockStart: 1000 }, 0)
  expect({ text, eventTime, vertex, key }).toEqual({ text: 'b 2', eventTime: 9, vertex: 2, key: 'b' })
  expect(processingTime).toBeGreaterThanOrEqual(1010)
  expect(resultRow(state, log, { clockStart: 0 }, 1, 5).text).toBe('d 1')
})

test('late records say how late', () => {
  const state = runner.seek(log.length - 1)
  expect(lateCount(state)).toBe(1)
  expect(lateRow(state, log, 0)).toMatchObject({
    key: 'b',
    eventTime: 4,
    watermark: 9,
    behind: 5,
    value: '{"origin":"b","date":4,"delay":3}',
  })
})

test('before an event there are only the rows before it', () => {
  const last = resultRow(runner.seek(log.length - 1), log, { clockStart: 0 }, 1).event
  expect(resultCount(runner.seek(last))).toBe(2)
  expect(resultCount(runner.seek(last - 1))).toBe(1)
  expect(sinksOf(runner.seek(10))).toEqual([])
})
