import { LONG_MAX, LONG_MIN } from '../../core/time'
import { duration } from '../../components/times'
import { watermarkSettingsOf } from '../../graph/timeSettings'
import type { Arguments, Text } from '../../i18n'
import { watermarksView as words } from '../../i18n/watermarksView'
import { operatorName, taskName } from '../../trace/narration'
import type { Upstream } from '../../trace/time/queries'
import type { TimeState } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'
import { leastOf, type Remark } from './facts'
import type { Row } from './rows'

export interface Wording {
  readonly t: (text: Text, args?: Arguments) => string
  readonly eventTime: (ms: number) => string
  /** `grownHeader`'s. */
  readonly header: TraceHeader
}

export function nameOf({ t, header }: Wording, state: TimeState, row: Row): string {
  switch (row.kind) {
    case 'task':
      return taskName(header, row.vertex)
    case 'subtask':
      return t(words.subtask, { subtask: header.executionGraph.vertices[row.index]!.subtask + 1 })
    case 'partition':
      return t(words.partition, { partition: row.split.partition })
    case 'generator':
      return t(words.generator, { operator: operatorName(header, row.node) })
    case 'input':
      return t(words.input, { input: row.input + 1 })
    case 'channel':
      return t(words.from, senderOf(header, state.index.plan.channelFrom[row.channel]!))
    case 'least': {
      const channel = leastOf(state, row.index)
      return channel < 0 ? t(words.noneTakesPart) : t(words.from, senderOf(header, state.index.plan.channelFrom[channel]!))
    }
    case 'others':
      return t(words.others, { count: row.count })
  }
}

/** The number first: where there is little room, it is what tells them apart. */
function senderOf(header: TraceHeader, index: number): { readonly subtask: number; readonly task: string } {
  const { vertex, subtask } = header.executionGraph.vertices[index]!
  return { subtask: subtask + 1, task: taskName(header, vertex) }
}

export function remarkText({ t, eventTime, header }: Wording, state: TimeState, remark: Remark): string {
  const { channel = -1, input = 0, partition = -1, count = 0, time = NaN } = remark
  const sender = channel < 0 ? '' : t(words.sender, senderOf(header, state.index.plan.channelFrom[channel]!))
  switch (remark.code) {
    case 'none':
      return ''
    case 'subtasks':
      return t(count === 1 ? words.subtasks1 : words.subtasks, { count })
    case 'ended':
      return t(words.endedSays)
    case 'heldByChannel':
      return remark.input === undefined
        ? t(words.heldByChannel, { channel: sender })
        : t(words.heldByInput, { input: input + 1, channel: sender })
    case 'heldByInput':
      return t(words.heldByInput, { input: input + 1, channel: sender })
    case 'read':
      return time > LONG_MIN && time === time ? t(words.readUpTo, { count, time: eventTime(time) }) : t(words.read, { count })
    default:
      return t(words[remark.code], { partition, time: eventTime(time) })
  }
}

/** Why the way ends where it ends: the sentence about who is to blame. `now` is the playhead, virtual µs; `lastRecord` when the partition last gave something. */
export function blameText({ t, eventTime, header }: Wording, state: TimeState, way: Upstream, now: number, lastRecord: number): string {
  if (way.hops[0]!.watermark.value >= LONG_MAX) return t(words.byEnd)
  const { split } = way
  switch (way.heldBy) {
    case 'partition': {
      const node = state.index.plan.nodes.get(way.node)
      if (node !== undefined && watermarkSettingsOf(node)?.generator.type === 'none') return t(words.byNoStrategy)
      const silent = (now - lastRecord) / 1000
      const why =
        split!.paused.value === 1
          ? t(words.whyPaused)
          : split!.records === 0
            ? t(words.whyNothing)
            : silent >= SILENT
              ? t(words.whySilent, { span: duration(silent) })
              : t(words.whyLeast, { time: eventTime(split!.greatest.value) })
      return t(words.byPartition, { partition: split!.split.partition, why })
    }
    case 'source': {
      const node = state.index.plan.nodes.get(way.node)
      return t(node !== undefined && watermarkSettingsOf(node)?.generator.type === 'none' ? words.byNoStrategy : words.bySource)
    }
    case 'no-splits':
      return t(words.byNoSplits)
    case 'generator':
      return t(words.byGenerator, { operator: operatorName(header, way.node) })
    case 'all-idle':
      return t(words.byAllIdle)
    case 'on-the-way':
      return t(words.byOnTheWay)
    case 'not-running':
      return t(words.byNotRunning)
  }
}

/** ms without a record after which a partition is called silent. */
const SILENT = 250
