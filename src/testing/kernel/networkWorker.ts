import { captureThread } from '../../client/fence'
import { openDoor } from '../../minicluster/workers/door'
import { followerApi, leaderApi } from '../../minicluster/workers/thread'
import { createRootOf, type Network } from './network'

/** A thread for random networks, leader or follower: whichever it is told to be. A fresh kernel with each `setUp`. */
const behind = captureThread(globalThis)
openDoor(
  behind,
  ((): object => {
    const createRoot: Parameters<typeof leaderApi>[0] = (spec, input) => createRootOf(input as Network)(spec)
    const leader = leaderApi(createRoot, behind)
    const follower = followerApi(createRoot, behind)
    return { ...leader, setUp: (setUp: Parameters<typeof leader.setUp>[0]) => (setUp.thread === 0 ? leader : follower).setUp(setUp) }
  })(),
)
