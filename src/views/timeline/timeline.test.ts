import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LONG_MAX } from '../../core/time'
import { ClusterTrace, headerOfJobs } from '../../testing/clusterTrace'
import { JobTrace, PageBuilder, flightsHeader, longTrace } from '../../testing/traceBuilder'
import { FoldRunner } from '../../trace/fold'
import { JOB_STATUSES } from '../../trace/kinds'
import { TraceLog } from '../../trace/log'
import { Marks, timelineFold } from './fold'
import { binMarks, eventTimeHeight, stepPoints } from './layout'

const run = (job: JobTrace) => {
  const log = new TraceLog()
  log.append(job.take())
  const runner = new FoldRunner(timelineFold, job.header, log)
  runner.advance()
  return runner.frontier
}

describe('lanes', () => {
  test('records, results, late records and watermarks by task', () => {
    const state = run(new JobTrace().deploy().emit(0, 'b@1 b@2 W(9)').emit(1, 'W(12)').settle().emit(0, 'b@4').settle())
    expect(state.tasks.map(({ records, written, late }) => [records.length, written.length, late.length])).toEqual([
      [3, 0, 0],
      [3, 1, 1],
    ])
    const values = ({ watermark }: (typeof state.tasks)[number]) =>
      Array.from({ length: watermark.length }, (_, i) => watermark.values.at(i))
    expect(state.tasks.map(values)).toEqual([[9], [9]])
    expect(state.subtasks.map(values)).toEqual([[9], [12], [9], [9]])
    expect([state.eventTimeMin, state.eventTimeMax]).toEqual([1, 12])
  })

  test('failures', () => {
    const state = run(new JobTrace().deploy().executionState(0, 'FAILED', 'boom').jobStatus('FAILING').jobStatus('FAILED'))
    expect([state.failures.length, state.tasks[0]!.failures.length, state.tasks[1]!.failures.length]).toEqual([3, 1, 0])
  })

  test('jobs, TaskManagers that come and go, and a task that is given more subtasks', () => {
    const cluster = new ClusterTrace(headerOfJobs(['one', 'two'], 1))
    cluster.register(1).register(2).status(0, 'RUNNING').status(1, 'RUNNING').deploy(0).deploy(1)
    cluster.lose(2).status(1, 'RESTARTING').status(1, 'RUNNING').rescale(1, [0, 0, 1, 2]).deploy(1).register(5).status(0, 'FINISHED')
    cluster.say('RecordIn', { a: 2, b: 0, c: 1, x: 5 }).say('RecordIn', { a: 3, b: 0, c: 1, x: 5 })
    const log = new TraceLog()
    log.append(cluster.take())
    const runner = new FoldRunner(timelineFold, cluster.header, log)
    runner.advance()
    const { jobs, tasks, lanesOf, lost, joined, ends, restarts } = runner.frontier
    expect([lost, joined, ends, restarts].map(({ length }) => length)).toEqual([1, 1, 1, 1])
    expect(jobs.map(({ changes, statuses }) => Array.from({ length: changes.length }, (_, i) => JOB_STATUSES[statuses.at(i)]))).toEqual([
      ['RUNNING', 'FINISHED'],
      ['RUNNING', 'RESTARTING', 'RUNNING'],
    ])
    expect(lanesOf.map((lanes) => lanes.map(({ subtask, records }) => [subtask, records.length]))).toEqual([
      [[0, 0]],
      [[0, 0]],
      [[0, 0]],
      [
        [0, 1],
        [1, 1],
      ],
    ])
    expect(tasks[3]!.records.length).toBe(2)
  })

  test('going over a stretch again changes nothing', () => {
    const log = new TraceLog()
    for (const page of longTrace(5000)) log.append(page)
    const runner = new FoldRunner(timelineFold, flightsHeader(), log)
    runner.advance()
    const before = runner.frontier.tasks[1]!.records.length
    runner.seek(100)
    runner.seek(4000)
    expect(runner.frontier.tasks[1]!.records.length).toBe(before)
  })
})

const marksAt = (times: readonly number[]): Marks => {
  const log = new TraceLog()
  const page = new PageBuilder()
  for (const time of times) page.event(time, 1, 'TaskIo')
  log.append(page.take())
  const marks = new Marks()
  const reader = log.reader()
  while (reader.next()) marks.add(reader)
  return marks
}

test('bins hold every mark on screen once, on its pixel', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(1000), { maxLength: 200 }),
      fc.nat(900),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 1, max: 90 }),
      (times, from, length, width) => {
        times.sort((one, other) => one - other)
        const marks = marksAt(times)
        const viewport = { from, to: from + length, width }
        const expected = new Map<number, number>()
        for (const time of times) {
          if (time < from || time > from + length) continue
          const x = Math.floor(((time - from) / length) * width)
          expected.set(x, (expected.get(x) ?? 0) + 1)
        }
        expect(binMarks(marks, viewport).map(({ x, count }) => [x, count])).toEqual([...expected])
      },
    ),
  )
})

test('a step line holds from the left edge, and keeps the last of several steps on a pixel', () => {
  const log = new TraceLog()
  const page = new PageBuilder()
  for (const time of [10, 50, 51, 90]) page.event(time, 1, 'WatermarkAdvanced', { x: time * 2 })
  log.append(page.take())
  const state = timelineFold.init(flightsHeader())
  const steps = state.tasks[0]!.watermark
  const reader = log.reader()
  while (reader.next()) steps.add(reader, reader.x)
  expect(stepPoints(steps, { from: 40, to: 80, width: 4 }).map(({ x, value }) => [x, value])).toEqual([
    [0, 20],
    [1, 102],
  ])
})

test('heights', () => {
  expect([0, 50, 100, LONG_MAX, -1].map((value) => eventTimeHeight(value, 0, 100))).toEqual([0, 0.5, 1, 1, 0])
})
