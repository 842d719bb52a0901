import { describe, expect, test } from 'vitest'
import { JobTrace } from '../../testing/traceBuilder'
import { FoldRunner } from '../../trace/fold'
import { TraceKind } from '../../trace/kinds'
import { TraceLog } from '../../trace/log'
import { channelFacts, keyFacts, openWindows, pendingTimers, recordFacts, subtaskFacts, taskFacts, windowFacts } from './facts'
import type { Sources } from './facts'
import { inspectorFold } from './fold'

const job = new JobTrace().deploy().emit(0, 'b@1 d@3 b@2').emit(1, 'W(2)').settle()
const middle = job.pages.count
job.emit(0, 'W(9)').emit(1, 'W(9)').settle().emit(0, 'b@4').settle()
const log = new TraceLog()
log.append(job.take())
const runner = new FoldRunner(inspectorFold, job.header, log)
const at = (event: number): Sources => ({ state: runner.seek(event), log, header: job.header, time: log.timeAt(event) })
const source = 65537
const receiver = 65538

describe('facts of a selection', () => {
  test('a task and its subtasks', () => {
    const facts = taskFacts(at(middle - 1), 1)!
    expect(facts.chain.map(({ name }) => name)).toEqual(['Window(Tumbling)', 'Sink: Print to Std. Out'])
    expect(facts.inputs[0]).toMatchObject({ vertex: 0, partitioner: 'HASH', reason: { rule: 'partitioner' } })
    expect(facts.subtasks[0]).toMatchObject({ keys: 2, windows: 2, timers: 2, recordsIn: 3, slowestInput: 0 })
    expect(taskFacts(at(0), 7)).toBeNull()
  })

  test('a number and since when', () => {
    const { watermark } = subtaskFacts(at(log.length - 1), 2)!
    expect(watermark.value).toBe(9)
    expect(log.kindAt(watermark.event)).toBe(TraceKind.WatermarkAdvanced)
    expect(channelFacts(at(middle - 1), 2)).toMatchObject({ watermark: { value: 2 }, read: 0, ended: false })
  })

  test('a record is followed to its window', () => {
    const facts = recordFacts(at(log.length - 1), source, 0)
    expect(facts.steps.map(({ kind }) => kind)).toEqual([
      TraceKind.SourceRecord,
      TraceKind.RecordOut,
      TraceKind.RecordIn,
      TraceKind.WindowElement,
    ])
    expect(facts).toMatchObject({
      timestamp: 1,
      at: 2,
      onChannel: -1,
      text: '{"origin":"b","date":1,"delay":0}',
      windows: [{ process: receiver, window: 0 }],
    })
    expect(facts.key.text).toBe('b')
    expect(recordFacts(at(log.length - 1), source, 3).late).toBeGreaterThan(0)
    expect(recordFacts(at(log.length - 1), receiver, 0).madeBy).toEqual({ process: receiver, window: 0 })
  })

  test('a window before and after it fires', () => {
    const before = windowFacts(at(middle - 1), receiver, 0)!
    expect(before).toMatchObject({ start: 0, end: 10, needs: 9, open: true, firings: [], vertex: 2 })
    expect(before.elements.map(({ timestamp }) => timestamp)).toEqual([1, 2])
    expect(before.timers).toMatchObject([{ time: 9, processingTime: false }])
    const after = windowFacts(at(log.length - 1), receiver, 0)!
    expect(after).toMatchObject({ open: false, timers: [], firings: [{ elements: 2, watermark: 9 }] })
    expect(windowFacts(at(0), receiver, 0)).toBeNull()
  })

  test('what a subtask holds, and what it holds for a key', () => {
    const sources = at(middle - 1)
    expect(openWindows(sources, 2).map(({ key, elements }) => `${key.text} ${elements}`)).toEqual(['b 2', 'd 1'])
    expect(pendingTimers(sources, 2).map(({ time, key }) => `${key.text}@${time}`)).toEqual(['b@9', 'd@9'])
    const [, here] = keyFacts(sources, 'b')
    expect(here).toMatchObject({
      vertex: 2,
      windows: [{ elements: 2 }],
      timers: [{ time: 9 }],
      values: [{ name: 'window-contents', text: '2' }],
    })
    expect(openWindows(at(log.length - 1), 2)).toEqual([])
  })
})
