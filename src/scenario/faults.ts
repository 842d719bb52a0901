import type { DiskSettings, FaultSettings } from '../core/faults'
import type { Scenario } from './types'

/** A disk nobody has said anything about: 5 ms, 100 MB/s, no end. */
export const DEFAULT_DISK: DiskSettings = { latency: 5, bandwidth: 100_000, capacity: null, failing: false }

/** What the interventions break, in order of time. */
export function faultsOf({ interventions, fileSystem }: Pick<Scenario, 'interventions' | 'fileSystem'>): FaultSettings {
  const first: DiskSettings =
    fileSystem === undefined ? DEFAULT_DISK : { ...DEFAULT_DISK, ...fileSystem, capacity: fileSystem.capacity ?? null }
  return {
    deaths: interventions.flatMap((one) => (one.do === 'kill-task-manager' ? [{ at: one.at, host: one.host }] : [])),
    cuts: interventions.flatMap((one) => (one.do === 'cut-link' ? [{ at: one.at, until: one.until, hosts: one.hosts }] : [])),
    disk: [
      { at: 0, ...first },
      ...interventions.flatMap((one) => {
        if (one.do !== 'set-disk') return []
        const { at, latency, bandwidth, capacity, failing } = one
        return [{ at, latency, bandwidth, capacity, failing }]
      }),
    ],
    downs: interventions.flatMap((one) => (one.do === 'kill-job-manager' ? [{ at: one.at, until: one.at + one.downtime }] : [])),
    declines: interventions.flatMap((one, intervention) =>
      one.do === 'decline-checkpoints' ? [{ at: one.at, until: one.until, vertex: one.vertex, subtask: one.subtask, intervention }] : [],
    ),
    outages: interventions.flatMap((one, intervention) =>
      one.do === 'system-outage' ? [{ at: one.at, until: one.until, system: one.system, intervention }] : [],
    ),
  }
}
