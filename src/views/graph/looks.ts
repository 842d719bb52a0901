import { LONG_MIN } from '../../core/time'
import type { Arguments, Text } from '../../i18n'
import type { EdgeWords } from '../../explain/chaining'
import { graphView, partitioners } from '../../i18n/graphView'
import { views } from '../../i18n/views'
import { busyShare, executionStateOf, watermarkOf } from '../../trace/cluster/queries'
import type { ClusterState } from '../../trace/cluster/state'
import type { EdgeInput, TaskInput } from './input'

/** A task's box as it looks at a moment. */
export interface FrameLook {
  readonly label: string
  /** How many. */
  readonly times: string
  readonly group: string
  readonly watermark: string
  readonly state: string
  /** Shares of all its subtasks together, 0 … 1; null without a run. */
  readonly busy: { readonly busy: number; readonly blocked: number } | null
  readonly selected: boolean
  readonly failed: boolean
  /** Of a job that is not submitted, or of a graph that has not run. */
  readonly dim: boolean
}

type Say = (text: Text, args?: Arguments) => string

/** How many subtasks there are, in a short and in a long way; parallelism may be decided when its input is known (G-22). */
export const parallelismShort = (parallelism: number, t: Say): string =>
  parallelism < 1 ? t(graphView.timesUndecided) : `× ${parallelism}`
export const parallelismLong = (parallelism: number, t: Say): string =>
  parallelism < 1 ? t(graphView.undecided) : t(parallelism === 1 ? views.subtask1 : views.subtasks, { count: parallelism })

export const arrows = (name: string): string => name.replaceAll(' -> ', ' → ')

/** All subtasks of a task in one: the least watermark, the mean of what they do, how many run. */
export function frameLook(
  cluster: ClusterState,
  task: TaskInput,
  time: number,
  t: Say,
  tell: (watermark: number) => string,
  selected: boolean,
  dim: boolean,
): FrameLook {
  let watermark = Infinity
  let busy = 0
  let blocked = 0
  let running = 0
  let failed = false
  for (const vertex of task.cells) {
    watermark = Math.min(watermark, watermarkOf(cluster, vertex))
    const share = busyShare(cluster, vertex, time)
    busy += share.busy
    blocked += share.backPressured
    const state = executionStateOf(cluster, vertex)
    if (state === 'RUNNING') running++
    if (state === 'FAILED') failed = true
  }
  const count = Math.max(1, task.cells.length)
  const only = task.cells.length === 0 ? '' : executionStateOf(cluster, task.cells[0]!)
  const alike = task.cells.every((vertex) => executionStateOf(cluster, vertex) === only)
  const state = dim ? t(graphView.notSubmitted) : alike ? only : t(graphView.state, { running, count: task.cells.length })
  const told = !Number.isFinite(watermark) || watermark <= LONG_MIN ? '' : `≈ ${tell(watermark)}`
  return {
    label: labelOf(task, t, state),
    times: parallelismShort(task.parallelism, t),
    group: task.group,
    watermark: told,
    state,
    busy: { busy: busy / count, blocked: blocked / count },
    selected,
    failed,
    dim,
  }
}

const labelOf = (task: TaskInput, t: Say, state: string): string =>
  [
    arrows(task.name),
    parallelismLong(task.parallelism, t),
    ...(task.group === '' ? [] : [t(views.group, { group: task.group })]),
    ...(state === '' ? [] : [state]),
  ].join(', ')

/** A task of a graph that has not run. */
export const plannedLook = (task: TaskInput, t: Say, selected: boolean): FrameLook => ({
  label: labelOf(task, t, ''),
  times: parallelismShort(task.parallelism, t),
  group: task.group,
  watermark: '',
  state: '',
  busy: null,
  selected,
  failed: false,
  dim: true,
})

/** An edge as it looks, and what it says. */
export interface EdgeLook {
  readonly partitioner: string
  /** What cuts the chain, if the partitioner's name does not say it. */
  readonly short: string | null
  /** All of it, in words. */
  readonly words: string
  readonly selected: boolean
  readonly touched: boolean
}

export function edgeLook({ partitioner }: EdgeInput, words: EdgeWords | null, t: Say, selected: boolean, touched: boolean): EdgeLook {
  const how = partitioners[partitioner]
  const told = how === undefined ? partitioner : t(how)
  const reason = words?.reasons[0]
  const short = reason === undefined ? null : t(reason.short.text, reason.short.args)
  const why =
    words === null || words.chained
      ? t(graphView.chained)
      : `${t(graphView.notChained)} ${reason === undefined ? '' : t(reason.sentence.text, reason.sentence.args)}`
  return {
    partitioner,
    short: short === partitioner ? null : short,
    words: words === null ? told : `${words.from} → ${words.to}. ${told} ${why}`,
    selected,
    touched,
  }
}
