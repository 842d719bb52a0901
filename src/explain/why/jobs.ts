import type { Problem } from '../../core/problem'
import type { Held } from './hold'
import * as fixes from './fixes'
import { decided } from './restart'
import type { Situation } from './situation'
import { splitsUpstream } from './splits'
import type { Cause, Fix } from './types'

/** LIT of W-2 and W-28: what Flink throws at a record without a timestamp. */
const NO_TIMESTAMP = /Long\.MIN_VALUE timestamp/

/** The last failure of a program's own code, at this operator or at any. */
export function thrownIn(s: Situation, node?: number): Held | null {
  const name = node === undefined ? null : s.name(node)
  for (const event of s.evidence.problems.list(s.event).reverse()) {
    const problem = JSON.parse(s.at(event).text()) as Problem
    if (problem.severity !== 'error') continue
    if (name !== null && problem.args?.operator !== name) continue
    return ofProblem(s, problem, event)
  }
  return null
}

function ofProblem(s: Situation, problem: Problem, event: number): Held {
  const { args = {}, place } = problem
  const message = `${args.class ?? problem.code}${args.message === undefined || args.message === '' ? '' : `: ${args.message}`}`
  const operator = String(args.operator ?? '')
  const line = place?.in === 'program' ? place.line : 0
  const found = s.header.streamGraph.nodes.find(({ name }) => name === operator)
  const cause = (code: string): Cause =>
    s.cause(code, { operator, message, line }, event, found === undefined ? undefined : { kind: 'operator', node: found.id })
  if (NO_TIMESTAMP.test(message)) {
    return { causes: [cause('thrown-no-timestamp')], root: 'no-timestamps', fixes: waysToTimestamps(s, found?.id ?? -1) }
  }
  return {
    causes: [cause(line > 0 ? 'thrown-on-line' : 'thrown')],
    root: 'user-code-throws',
    fixes: found === undefined ? [] : fixes.code(found),
  }
}

/** Of what comes to an operator without a timestamp: those that read or assign it get one; else who made it on the way (T-29). */
function waysToTimestamps(s: Situation, id: number): Fix[] {
  const [exec] = s.subtasksOf(id)
  if (exec === undefined) return []
  const splits = s.subtasksOf(id).flatMap((one) => splitsUpstream(s, one, id, false))
  const untimed = [...new Set(splits.filter(({ count, untimed }) => untimed > 0 && untimed === count).map(({ node }) => node))]
  if (untimed.length > 0) return fixes.timestampsOfAll(s, untimed)
  const before = s.header.streamGraph.edges.find(({ to }) => to === id)?.from
  return fixes.say('assign-timestamps-behind', { operator: before === undefined ? s.name(id) : s.name(before) })
}

/** Why a job does nothing any more, or does it all over again; null: it runs, or has come to its proper end. */
export function jobTrouble(s: Situation, job: number): Held | null {
  const { status, event } = s.jobStatus(job)
  const name = s.graph.job.jobs[job]?.name ?? ''
  switch (status) {
    case 'FAILED':
    case 'FAILING':
    case 'RESTARTING': {
      const first = s.cause('job-status', { job: name, status }, event)
      const thrown = thrownIn(s)
      if (thrown !== null) return { ...thrown, causes: [first, ...thrown.causes] }
      const decision = s.evidence.decisions[job]?.last(s.event) ?? -1
      if (decision >= 0) {
        const held = decided(s, job, decision)
        return { ...held, causes: [first, ...held.causes] }
      }
      const reason = s.at(event).text().split('\n')[0] ?? ''
      return { causes: [first, s.cause('job-reason', { job: name, reason }, event)], root: 'job-over', fixes: [] }
    }
    case 'CANCELED':
    case 'CANCELLING':
    case 'SUSPENDED':
      return {
        causes: [s.cause('job-status', { job: name, status }, event), s.cause('canceled-emits-nothing', { job: name }, event)],
        root: 'job-over',
        fixes: [],
      }
    case 'INITIALIZING':
    case 'CREATED':
      return { causes: [s.cause('job-status', { job: name, status }, event)], root: 'still-on-the-way', fixes: [] }
    default:
      return null
  }
}

/** A process that is no more: its windows and timers went with its attempt. */
export function attemptOver(s: Situation, process: number): Held | null {
  const vertex = s.log.names.vertexOf(process)
  if (vertex < 0 || s.processOf(vertex) === process) return null
  const thrown = thrownIn(s)
  const first = s.cause('attempt-over', { task: s.subtaskName(vertex) }, s.execution(vertex).event, s.subtaskSelection(vertex))
  return thrown === null ? { causes: [first], root: 'job-over', fixes: [] } : { ...thrown, causes: [first, ...thrown.causes] }
}
