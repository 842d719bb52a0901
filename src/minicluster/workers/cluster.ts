import type { BehindTheFence } from '../../client/fence'
import { spotlessThread } from '../../client/spotless'
import { clientApi, type ClientApi } from './client'
import type { LeaderApi } from './protocol'
import { leaderApi, type CreateRoot } from './thread'

/** Control plane of a thread that carries whole runs, one after the other. */
export interface ClusterApi extends ClientApi, LeaderApi {
  /** No run is under way, and none has left anything behind that another could see. */
  reusable(): boolean
}

export function clusterApi(createRoot: CreateRoot, behind: BehindTheFence): ClusterApi {
  const leader = leaderApi(createRoot, behind)
  const clean = spotlessThread()
  let running = 0
  return {
    ...clientApi,
    ...leader,
    async run(until) {
      running++
      try {
        return await leader.run(until)
      } finally {
        running--
      }
    },
    reusable: () => running === 0 && clean(),
  }
}
