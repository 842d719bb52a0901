import type { TraceHeader } from '../types'

// Numbers of subtasks and channels are looked up in the header's execution graph: give the one that `grownHeader` makes.

/** Of the job that is number `job` of the program. */
export const jobName = (header: TraceHeader, job: number): string => header.executionGraph.job.jobs[job]?.name ?? `job ${job}`

/** Whether a job must be named to be known. */
export const severalJobs = (header: TraceHeader): boolean => header.executionGraph.job.jobs.length > 1

/** Whose an operator is: the job's number, −1 for an operator of none. */
export const jobOfNode = (header: TraceHeader, node: number): number =>
  header.executionGraph.job.vertices.find(({ chain, chainedSources }) =>
    [...chain, ...(chainedSources ?? [])].some((known) => known.node === node),
  )?.job ?? -1

/** A task by its first operator, `Source: flights`: what fits into a sentence. */
export function taskName(header: TraceHeader, vertex: number): string {
  const task = header.executionGraph.job.vertices[vertex]
  const head = task?.chain[0]?.node
  return header.streamGraph.nodes.find(({ id }) => id === head)?.name ?? task?.name ?? `task ${vertex}`
}

/** `Source: flights #1`; `index` is that of the execution vertex. Subtasks count from 1 for people. */
export function subtaskName(header: TraceHeader, index: number): string {
  const subtask = header.executionGraph.vertices[index]
  return subtask === undefined ? `subtask ${index}` : `${taskName(header, subtask.vertex)} #${subtask.subtask + 1}`
}

export const operatorName = (header: TraceHeader, node: number): string =>
  header.streamGraph.nodes.find(({ id }) => id === node)?.name ?? `operator ${node}`

export const hostName = (header: TraceHeader, host: number): string =>
  header.hosts.find((known) => known.host === host)?.name ?? `host ${host}`

/** The kernel's host of TaskManager number `number`, which count from 1; −1 if there is none. */
export const hostOfTaskManager = (header: TraceHeader, number: number): number =>
  header.hosts.filter(({ kind }) => kind === 'taskmanager')[number - 1]?.host ?? -1

/** `Source: flights #1 → Window #2`. */
export function channelName(header: TraceHeader, channel: number): string {
  const known = header.executionGraph.channels[channel]
  return known === undefined ? `channel ${channel}` : `${subtaskName(header, known.from)} → ${subtaskName(header, known.to)}`
}

/** The kernel's addresses: host × 65536 + index, index 0 the host's own process. */
export const hostOfProcess = (process: number): number => Math.floor(process / 65536)
