import { CHECKPOINT_FAILURES } from '../../core/checkpoints'
import type { Arguments, Text } from '../../i18n'
import { checkpointsView as words } from '../../i18n/checkpointsView'
import { slowestPath, type SlowPath } from '../../trace/checkpoints/slow'
import { isKept, statusOf } from '../../trace/checkpoints/queries'
import type { CheckpointsState, CheckpointTrack } from '../../trace/checkpoints/state'
import type { TraceLog } from '../../trace/log'
import { durationText } from '../../trace/units'

type Say = (text: Text, args?: Arguments) => string

export function statusText(state: CheckpointsState, track: CheckpointTrack, t: Say): string {
  switch (statusOf(state, track)) {
    case 'pending':
      return t(words.pendingStatus)
    case 'failed':
      return t(words.failedStatus)
    case 'completed':
      return t(isKept(state, track) ? words.completedStatus : words.discarded)
  }
}

/** Why a checkpoint took what it took, waits, or failed: some sentences, and the events that show it. */
export interface Why {
  readonly title: string
  readonly sentences: readonly string[]
  readonly evidence: readonly number[]
}

export function whyOf(
  state: CheckpointsState,
  log: TraceLog,
  track: CheckpointTrack,
  linkLatency: number,
  t: Say,
  subtask: (vertex: number) => string,
): Why {
  const status = statusOf(state, track)
  const path = slowestPath(state, track, linkLatency)
  const told = path === null ? [] : pathSentences(state, path, status === 'completed', t, subtask)
  const evidence = path === null ? [] : [path.event, ...path.stations.map(({ arrived }) => arrived)].filter((event) => event >= 0)
  if (status !== 'failed') return { title: t(status === 'pending' ? words.whyWaits : words.whySlow), sentences: told, evidence }
  const sentences = track.reason < 0 ? [t(words.lost)] : [failureText(log, track)]
  if (track.failures > 0) sentences.push(t(words.counts, { failures: track.failures }))
  // An end that comes from elsewhere needs no culprit among the subtasks.
  const timedOut = CHECKPOINT_FAILURES[track.reason]?.[0] === 'CHECKPOINT_EXPIRED'
  return { title: t(words.whyFailed), sentences: timedOut ? [...sentences, ...told] : sentences, evidence: [track.ended, ...evidence] }
}

/** In the words that came with it, else those that its code has in Flink. */
export function failureText(log: TraceLog, { ended, reason }: CheckpointTrack): string {
  const text = log.at(ended).text().trim()
  return text !== '' ? text.replace(/\s*\n\s*/g, ' · ') : (CHECKPOINT_FAILURES[reason]?.[2] ?? '')
}

function pathSentences(state: CheckpointsState, path: SlowPath, isOver: boolean, t: Say, subtask: (vertex: number) => string): string[] {
  const { channels } = state.index.graph
  const took = durationText(path.took)
  const task = subtask(path.vertex)
  const own = subtask(path.part.share.vertex)
  switch (path.cause) {
    case 'async':
      return [t(path.part.async?.open === true ? words.asyncOpen : words.asyncCause, { task: own, took })]
    case 'sync':
      return [t(words.syncCause, { task: own, took })]
    case 'silent':
      return [t(words.silentCause, { task: own, took })]
    case 'busy': {
      const waits = path.stations.find(({ channel }) => channel >= 0)
      if (waits !== undefined && waits.sent < 0 && !isOver)
        return [t(words.unsentOpen, { task: subtask(waits.vertex), from: subtask(channels[waits.channel]!.from) })]
      return [t(words.busyCause, { task: own, took })]
    }
    case 'way':
    case 'queue': {
      const from = subtask(channels[path.channel]!.from)
      const arrived = path.stations.find(({ channel }) => channel === path.channel)?.arrived ?? -1
      if (path.cause === 'way') return [t(words.way, { from, task, took })]
      return [
        t(arrived < 0 ? words.queueOpen : words.queue, { task, from, took }),
        ...(path.blame < 0 ? [] : [t(words.blame, { blame: subtask(path.blame), percent: Math.round(path.blameBusy * 100) })]),
        ...(arrived < 0 ? [] : [t(path.during === 'start' ? words.duringStart : words.duringAlignment)]),
      ]
    }
  }
}
