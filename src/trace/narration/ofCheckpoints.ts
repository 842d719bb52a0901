import { CHECKPOINT_FAILURES, SNAPSHOT_TYPES } from '../../core/checkpoints'
import { checkpointWords } from '../../i18n/narrationCheckpoints'
import type { TraceKindName } from '../kinds'
import type { TraceReader } from '../log'
import { bytesText, durationText } from '../units'
import { sharesOf } from '../checkpoints/payloads'
import type { Tell } from './ofCluster'
import type { Part, Place } from './sentence'
import type { Teller } from './teller'

const ALIGNED_UNALIGNED = 2

/** The job that an event of a task is about. */
const jobOfTask = (event: TraceReader, tell: Teller): number => {
  const vertex = tell.header.executionGraph.vertices[tell.log.names.vertexOf(event.process)]
  return tell.header.executionGraph.job.vertices[vertex?.vertex ?? 0]?.job ?? 0
}

/** `checkpoint 7`, a way to the event that triggered it. */
export function checkpointOf(id: number, job: number, event: TraceReader, tell: Teller): Part {
  if (id <= 0) return { text: tell.word(checkpointWords.noCheckpoint) }
  const triggered = tell.log.names.checkpointAt(job, id, event.index)
  const savepoint = triggered >= 0 && SNAPSHOT_TYPES[tell.log.at(triggered).c]?.includes('savepoint') === true
  const text = tell.word(savepoint ? checkpointWords.numberedSavepoint : checkpointWords.numbered, { id: String(id) })
  return triggered < 0 ? { text } : { text, selection: { kind: 'event', index: triggered } }
}
/** The same, of the job of the task that says so. */
export const checkpointOfTask = (id: number, event: TraceReader, tell: Teller): Part =>
  checkpointOf(id, jobOfTask(event, tell), event, tell)

export const bytes = (count: number): Part => ({ text: bytesText(count), tone: 'value' })
export const duration = (micros: number): Part => ({ text: durationText(micros), tone: 'time' })

/** What went wrong: the words that come with it, else those that its code has in Flink. */
const reason = (code: number, text: string, tell: Teller): Part =>
  tell.reason(text !== '' ? text : (CHECKPOINT_FAILURES[code]?.[2] ?? `${code}`))

const typeOf = (code: number, tell: Teller, article = false): Part => {
  const word = checkpointWords.types[code] ?? checkpointWords.types[0]
  const name = tell.word(word)
  return { text: article ? tell.word(checkpointWords.a, { name }) : name }
}

const barrier = (event: TraceReader, tell: Teller): Record<string, Place> => {
  const { text, ...rest } = checkpointOfTask(event.b, event, tell)
  return {
    checkpoint: { ...rest, text: event.b > 0 ? `${event.b}` : text },
    from: { ...tell.sender(event.a), selection: { kind: 'channel', channel: event.a } },
    to: tell.receiver(event.a),
    task: tell.receiver(event.a),
  }
}
const inTask = (event: TraceReader, tell: Teller): Record<string, Place> => ({
  task: tell.process(event.process),
  checkpoint: checkpointOfTask(event.a, event, tell),
})

/** What happens to checkpoints, and to jobs that go back to one. */
export const CHECKPOINT_NARRATION = {
  CheckpointTriggered: (event, tell) =>
    tell.say('CheckpointTriggered', {
      checkpoint: checkpointOf(event.b, event.a, event, tell),
      job: tell.job(event.a),
      tasks: tell.plain(sharesOf.triggered(event).length),
    }),
  CheckpointRefused: (event, tell) =>
    tell.say('CheckpointRefused', { type: typeOf(event.b, tell), job: tell.job(event.a), reason: reason(event.c, event.text(), tell) }),
  CheckpointAcknowledged: (event, tell) =>
    tell.say('CheckpointAcknowledged', {
      task: tell.subtask(event.c),
      checkpoint: checkpointOf(event.b, event.a, event, tell),
      bytes: bytes(event.x),
      full: bytes(sharesOf.acknowledged(event)?.fullSize ?? event.x),
    }),
  CheckpointDeclined: (event, tell) =>
    tell.say('CheckpointDeclined', {
      task: event.d < 0 ? tell.plain(tell.word(checkpointWords.nobody)) : tell.subtask(event.d),
      checkpoint: checkpointOf(event.b, event.a, event, tell),
      reason: reason(event.c, event.text(), tell),
    }),
  CheckpointCompleted: (event, tell) => {
    const { path, fullSize } = sharesOf.completed(event)
    return tell.say(path === null ? 'CheckpointCompleted.memory' : 'CheckpointCompleted', {
      checkpoint: checkpointOf(event.b, event.a, event, tell),
      bytes: bytes(event.x),
      full: bytes(fullSize),
      path: { text: path ?? '', tone: 'value' },
    })
  },
  CheckpointAborted: (event, tell) =>
    tell.say(event.d > 0 ? 'CheckpointAborted.counted' : 'CheckpointAborted', {
      checkpoint: checkpointOf(event.b, event.a, event, tell),
      job: tell.job(event.a),
      failures: tell.plain(event.d),
      reason: reason(event.c, event.text(), tell),
    }),
  CheckpointDiscarded: (event, tell) => tell.say('CheckpointDiscarded', { checkpoint: checkpointOf(event.b, event.a, event, tell) }),
  JobRestored: (event, tell) => {
    const places = {
      job: tell.job(event.a, 'first'),
      checkpoint: checkpointOf(event.b, event.a, event, tell),
      path: { text: event.text(), tone: 'value' },
    } as const
    if (event.b <= 0) return tell.say('JobRestored.nothing', places)
    return tell.say(event.d === 1 ? 'JobRestored.path' : 'JobRestored', places)
  },
  RestartScheduled: (event, tell) => {
    const { strategy, failure, region } = sharesOf.restart(event)
    const { vertices } = tell.header.executionGraph
    const tasks = region.filter((index) => index >= 0 && index < vertices.length)
    const places = {
      strategy: tell.plain(strategy),
      failure: tell.reason(failure),
      job: tell.job(event.a),
      tasks:
        tasks.length === 0 || tasks.length > MOST_NAMED
          ? tell.plain(tell.word(checkpointWords.allTasks))
          : tell.list(tasks.map((index) => tell.subtask(index))),
      delay: tell.span(event.x),
      restart: tell.plain(event.b),
    }
    return tell.say(event.b < 0 ? 'RestartScheduled.never' : 'RestartScheduled', places)
  },
  SavepointAsked: (event, tell) => {
    const text = tell.reason(event.text())
    if (event.d === 0) return tell.say('SavepointAsked', { type: typeOf(event.b, tell, true), job: tell.job(event.a) })
    if (event.d === 1 && text.text === '') return tell.say('SavepointAsked.memory', { type: typeOf(event.b, tell) })
    if (event.d === 1) return tell.say('SavepointAsked.done', { type: typeOf(event.b, tell), path: { ...text, tone: 'value' } })
    return tell.say('SavepointAsked.failed', { type: typeOf(event.b, tell), reason: text })
  },
  JobManagerDied: (_event, tell) => tell.say('JobManagerDied', {}),
  JobManagerStarted: (event, tell) =>
    tell.say(event.a <= 0 ? 'JobManagerStarted.first' : event.b === 1 ? 'JobManagerStarted.again' : 'JobManagerStarted', {}),
  HeartbeatMissed: (event, tell) => tell.say('HeartbeatMissed', { host: tell.host(event.a), span: tell.span(event.b) }),

  BarrierOut: (event, tell) =>
    tell.say(event.d > 1 ? 'BarrierOut.overtook' : event.d === 1 ? 'BarrierOut.overtook.one' : 'BarrierOut', {
      ...barrier(event, tell),
      records: tell.plain(event.d),
    }),
  BarrierIn: (event, tell) => tell.say(event.c === ALIGNED_UNALIGNED ? 'BarrierIn.unaligned' : 'BarrierIn', barrier(event, tell)),
  BarrierAnnounced: (event, tell) => tell.say('BarrierAnnounced', barrier(event, tell)),
  ChannelBlocked: (event, tell) => tell.say('ChannelBlocked', barrier(event, tell)),
  ChannelResumed: (event, tell) => tell.say('ChannelResumed', { task: tell.receiver(event.a), from: tell.sender(event.a) }),
  AlignmentBegun: (event, tell) =>
    tell.say(event.b === 1 ? 'AlignmentBegun.one' : 'AlignmentBegun', { ...inTask(event, tell), channels: tell.plain(event.b) }),
  AlignmentEnded: (event, tell) =>
    tell.say(event.b === 1 ? 'AlignmentEnded.givenUp' : event.b === 2 ? 'AlignmentEnded.timeout' : 'AlignmentEnded.all', {
      ...inTask(event, tell),
      span: duration(event.x),
      reason: reason(event.c, '', tell),
    }),
  CheckpointBegun: (event, tell) => tell.say('CheckpointBegun', { ...inTask(event, tell), span: duration(event.x) }),
  SnapshotSync: (event, tell) => tell.say('SnapshotSync', { ...inTask(event, tell), bytes: bytes(event.x), span: duration(event.b) }),
  SnapshotDone: (event, tell) => tell.say('SnapshotDone', { ...inTask(event, tell), bytes: bytes(event.x), span: duration(event.b) }),
  ChannelStatePersisted: (event, tell) =>
    tell.say(event.x === 1 ? 'ChannelStatePersisted.output' : 'ChannelStatePersisted.input', {
      from: { ...tell.sender(event.a), selection: { kind: 'channel', channel: event.a } },
      task: tell.receiver(event.a),
      checkpoint: checkpointOfTask(event.b, event, tell),
      records: tell.plain(event.c),
      bytes: bytes(event.d),
    }),
  CheckpointNotified: (event, tell) =>
    tell.say(event.b === 1 ? 'CheckpointNotified.aborted' : 'CheckpointNotified.complete', inTask(event, tell)),
} as const satisfies Partial<Readonly<Record<TraceKindName, Tell>>>

/** Of tasks that restart, more than so many are not named one by one. */
const MOST_NAMED = 4
