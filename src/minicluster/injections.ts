import { micros } from '../core/time'
import { addressOf } from '../kernel/types'
import type { HostSpec, Injection } from '../kernel/types'
import { JOB_MANAGER_HOST } from '../runtime/deployment'
import type { ControlMessage } from '../runtime/messages'
import type { Scenario } from '../scenario/types'

/** Virtual µs at which each TaskManager starts, by number: those of the cluster, then those that interventions start. */
export function startsOf({ cluster, interventions }: Scenario): readonly number[] {
  const later = interventions.filter((intervention) => intervention.do === 'start-task-manager').map(({ at }) => at)
  return [...new Array<number>(cluster.taskManagers).fill(0), ...later]
}

/**
 * What reaches the cluster from outside: the start of each host, and interventions, each told to the JobManager and to whom it concerns. A broken connection is felt
 * by the TaskManagers at its ends.
 */
export function injectionsOf({ interventions }: Scenario, hosts: readonly HostSpec[], starts: readonly number[]): Injection[] {
  const root = (time: number, host: number, message: ControlMessage): Injection => ({ time: micros(time), to: addressOf(host, 0), message })
  const injections = hosts.map(({ host }) => root(starts[host - 1] ?? 0, host, { type: 'start' }))
  /** By number: when it leaves. */
  const ends = new Map<number, number>()
  const isThere = (host: number, at: number): boolean => starts[host - 1]! <= at && (ends.get(host) ?? Infinity) > at
  const closed = (at: number, to: number, host: number): void => {
    if (isThere(to, at)) injections.push(root(at, to, { type: 'connection-closed', host }))
  }
  interventions.forEach(({ at, ...action }, index) => {
    if (action.do === 'stop-task-manager' || action.do === 'kill-task-manager') {
      // Nobody is there, or not yet, or not any more: `checkInterventions` has said so.
      if (!isThere(action.host, at)) return
      ends.set(action.host, at)
      if (action.do === 'stop-task-manager') injections.push(root(at, action.host, { type: 'stop-task-manager' }))
      else starts.forEach((_, i) => closed(at, i + 1, action.host))
    }
    if (action.do === 'kill-job-manager') starts.forEach((_, i) => closed(at, i + 1, JOB_MANAGER_HOST))
    if (action.do === 'cut-link') {
      const [a, b] = action.hosts
      closed(at, a, b)
      closed(at, b, a)
    }
    injections.push(root(at, JOB_MANAGER_HOST, { type: 'intervene', index, action }))
  })
  return injections
}
