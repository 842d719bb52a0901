import { describe, expect, test } from 'vitest'
import { LONG_MIN } from '../../core/time'
import { JobTrace } from '../../testing/traceBuilder'
import { TraceLog } from '../log'
import { clusterFold } from './fold'
import { channelItems } from './items'
import type { ChannelItem } from './items'
import { busyShare, executionStateOf, jobStatusOf, offsetsOf, slotOf, slowestInput, taskWatermark, watermarkOf } from './queries'

/** Folds what the job has told so far, and shows it. */
const watch = (job: JobTrace) => {
  const log = new TraceLog()
  const state = clusterFold.init(job.header)
  const reader = log.reader()
  const now = () => {
    log.append(job.take())
    while (reader.next()) clusterFold.apply(state, reader)
    return state
  }
  const tell = ({ what, label, timestamp, watermark, station, late }: ChannelItem): string =>
    `${what === 'record' ? `${label}@${timestamp}` : what === 'watermark' ? `W(${watermark})` : what}${late ? '!' : ''} ${station}`
  const channel = (id: number, time = job.now): string[] => channelItems(now(), job.header, log, id, time).map(tell)
  return { log, now, channel }
}

describe('the cluster as a fold', () => {
  test('deployment', () => {
    const job = new JobTrace().deploy()
    const state = watch(job).now()
    expect(jobStatusOf(state)).toBe('RUNNING')
    expect([0, 1, 2, 3].map((vertex) => executionStateOf(state, vertex))).toEqual(['RUNNING', 'RUNNING', 'RUNNING', 'RUNNING'])
    expect([0, 1, 2, 3].map((vertex) => slotOf(state, job.header, vertex)?.name)).toEqual([
      'taskmanager-1',
      'taskmanager-2',
      'taskmanager-1',
      'taskmanager-2',
    ])
    expect(watermarkOf(state, 2)).toBe(LONG_MIN)
  })

  test('what lies on a channel, from the output buffer to the reader', () => {
    const job = new JobTrace().deploy()
    const { channel, now } = watch(job)
    job.emit(0, 'b@1 d@3 W(2) b@1')
    expect(channel(0)).toEqual(['b@1 buffered', 'd@3 buffered', 'W(2) buffered', 'b@1 buffered'])
    expect(channel(1)).toEqual(['W(2) buffered'])
    job.flush(0)
    job.emit(0, 'd@4')
    expect(channel(0)).toEqual(['b@1 flying', 'd@3 flying', 'W(2) flying', 'b@1 flying', 'd@4 buffered'])
    job.arrive(0)
    job.read(0, 1)
    expect(channel(0)).toEqual(['d@3 queued', 'W(2) queued', 'b@1 queued', 'd@4 buffered'])
    const state = now()
    expect([state.recordsBuffered[0], state.recordsInFlight[0], state.recordsQueued[0], state.recordsRead[0]]).toEqual([1, 0, 2, 1])
    expect([state.recordsOut[0], state.recordsIn[2]]).toEqual([4, 1])
    job.settle()
    expect(channel(0)).toEqual([])
  })

  test('a buffer flies for as long as its link takes', () => {
    const job = new JobTrace().deploy().emit(0, 'b@1')
    const { now, log } = watch(job)
    job.flush(0)
    const at = job.now
    const progress = (time: number) => channelItems(now(), job.header, log, 0, time)[0]!.progress
    expect([at, at + 2500, at + 10_000, at + 99_999].map(progress)).toEqual([0, 0.25, 1, 1])
  })

  test('records behind the receiver’s watermark are late', () => {
    const job = new JobTrace().deploy().emit(0, 'W(5)').emit(1, 'W(7)').settle()
    const { channel, now } = watch(job)
    job.emit(0, 'b@5 b@6')
    expect(channel(0)).toEqual(['b@5! buffered', 'b@6 buffered'])
    expect(watermarkOf(now(), 2)).toBe(5)
    expect(slowestInput(now(), 2)).toBe(0)
    expect(taskWatermark(now(), 1)).toBe(5)
  })

  test('windows, timers, keys, results, late records', () => {
    const job = new JobTrace().deploy().emit(0, 'b@1 d@3 b@11').settle()
    const { now } = watch(job)
    const counts = (vertex: number) => [
      now().keys[vertex],
      now().windows[vertex],
      now().timers[vertex],
      now().written[vertex],
      now().late[vertex],
    ]
    expect(counts(2)).toEqual([2, 3, 3, 0, 0])
    job.emit(0, 'W(9)').emit(1, 'W(9)').settle().emit(0, 'b@2').settle()
    expect(counts(2)).toEqual([2, 1, 1, 2, 1])
    expect(offsetsOf(now(), 0)).toEqual([{ partition: 0, offset: 3 }])
  })

  test('how a task spent the last second', () => {
    const job = new JobTrace()
    job.deploy()
    job.io(0, 0)
    job.now = 1_000_000
    job.io(0, 1)
    job.now = 1_600_000
    job.io(0, 2)
    job.now = 1_700_000
    const state = watch(job).now()
    expect(busyShare(state, 0, 2_000_000)).toEqual({ idle: 0, busy: 0.6, backPressured: 0.4 })
    expect(busyShare(state, 0, 1_500_000)).toEqual({ idle: 0.5, busy: 0.5, backPressured: 0 })
    expect(busyShare(state, 1, 1_500_000)).toEqual({ idle: 0, busy: 0, backPressured: 0 })
  })

  test('a new attempt starts with empty channels', () => {
    const job = new JobTrace().deploy().emit(0, 'b@1').settle().emit(0, 'b@2').flush(0).emit(0, 'b@3')
    const { channel, now } = watch(job)
    expect(channel(0)).toEqual(['b@2 flying', 'b@3 buffered'])
    job.executionState(2, 'DEPLOYING', '', 1)
    expect(channel(0)).toEqual([])
    expect([now().keys[2], now().windows[2], now().recordsInFlight[0]]).toEqual([0, 0, 0])
    // What never left the old attempt is not counted when the new one sends.
    job.emit(0, 'b@4 b@5').flush(0)
    expect([now().recordsBuffered[0], now().recordsInFlight[0], now().recordsQueued[0]]).toEqual([0, 2, 0])
    job.arrive(0)
    expect([now().recordsBuffered[0], now().recordsInFlight[0], now().recordsQueued[0]]).toEqual([0, 0, 2])
  })
})
