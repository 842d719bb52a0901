import { describe, expect, test } from 'vitest'
import { CheckpointTrace } from '../../testing/checkpointTrace'
import { FoldRunner } from '../fold'
import { TraceKind } from '../kinds'
import { TraceLog } from '../log'
import { contentOf } from './content'
import { checkpointsFold } from './fold'
import { barrierWays, checkpointsAt, countsOf, partsOf, statusOf } from './queries'
import { slowestPath } from './slow'

/** Checkpoint 1 of the flights job: the barrier of channel 2 stands 90 ms behind records, because window #1 is busy with them. */
function slow() {
  const job = new CheckpointTrace(10)
  job.deploy().emit(0, 'a@1 b@3').settle()
  job.trigger(1).wait(1000).source(0, 1).source(1, 1).wait(1000)
  job.acknowledge(0, 1, 100).acknowledge(1, 1, 100)
  job.barrier(0, 1, 'first').barrier(1, 1, 'first').io(2, 1).wait(1000)
  job.barrier(3, 1, 'last').wait(2000).written(3, 1, 1500).acknowledge(3, 1).wait(90_000)
  job.barrier(2, 1, 'last').wait(2000).written(2, 1, 1500).acknowledge(2, 1).wait(1000)
  job.complete(1)
  const log = new TraceLog()
  log.append(job.take())
  const runner = new FoldRunner(checkpointsFold, job.header, log)
  /** Behind the last event of a kind before number `n` of that kind. */
  const at = (kind: keyof typeof TraceKind, n = 1) => {
    const reader = log.reader()
    for (let left = n; reader.next();) if (reader.kind === TraceKind[kind] && --left === 0) break
    return runner.seek(reader.index)
  }
  return { job, log, runner, at }
}

describe('checkpoints at a moment', () => {
  test('nothing is known before it happens, whichever way one goes', () => {
    const { runner, log, at } = slow()
    const end = runner.seek(log.length - 1)
    expect(countsOf(end, 0)).toMatchObject({ triggered: 1, inProgress: 0, completed: 1 })
    const before = at('CheckpointTriggered')
    const [track] = checkpointsAt(before, 0)
    expect(statusOf(before, track!)).toBe('pending')
    expect(partsOf(before, track!).map(({ phase }) => phase)).toEqual(['waiting', 'waiting', 'waiting', 'waiting'])
    expect(barrierWays(before, track!)).toEqual([])
  })

  test('a subtask aligns: which barriers are there, which channel is blocked', () => {
    const { at } = slow()
    const state = at('ChannelBlocked', 2)
    const parts = partsOf(state, checkpointsAt(state, 0)[0]!)
    expect(parts.map(({ phase }) => phase)).toEqual(['acknowledged', 'acknowledged', 'aligning', 'aligning'])
    expect(parts[2]).toMatchObject({ arrived: [0], blocked: [0] })
    expect(barrierWays(state, checkpointsAt(state, 0)[0]!).map(({ channel, arrived }) => [channel, arrived])).toEqual([
      [0, true],
      [1, true],
      [2, false],
      [3, false],
    ])
  })

  test('the slowest path ends where the barrier queued, and names who was busy', () => {
    const { log, runner } = slow()
    const state = runner.seek(log.length - 1)
    const path = slowestPath(state, checkpointsAt(state, 0)[0]!, 1000)!
    expect(path).toMatchObject({ cause: 'queue', channel: 2, vertex: 2, during: 'alignment', blame: 2 })
    expect(path.took).toBe(94_000)
    expect(path.stations.map(({ vertex }) => vertex)).toEqual([2, 1])
  })

  test('what it holds: offsets and state up to each snapshot', () => {
    const { log, runner } = slow()
    const state = runner.seek(log.length - 1)
    const content = contentOf(state, log, checkpointsAt(state, 0)[0]!)
    expect(content.offsets).toMatchObject([{ partition: 0, offset: 2, vertex: 0 }])
    expect(content.state.map(({ key, state: name, window }) => [key, name, window?.start])).toEqual([
      ['b', 'window-contents', 0],
      ['a', 'window-contents', 0],
    ])
  })

  test('one that fails says why; what the JobManager had pending dies with it', () => {
    const job = new CheckpointTrace().deploy()
    job.trigger(1).wait(1000).abort(1, 'CHECKPOINT_EXPIRED').trigger(2).say(0, 'JobManagerDied')
    const log = new TraceLog()
    log.append(job.take())
    const state = new FoldRunner(checkpointsFold, job.header, log).seek(log.length - 1)
    expect(checkpointsAt(state, 0).map((track) => [statusOf(state, track), track.reason])).toEqual([
      ['failed', 8],
      ['failed', -1],
    ])
  })
})
