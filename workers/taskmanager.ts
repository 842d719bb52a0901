import { createRoot, type HostInput } from '../src/minicluster/assemble'
import { openDoor } from '../src/minicluster/workers/door'
import { fencedThread } from '../src/minicluster/workers/fenced'
import { followerApi } from '../src/minicluster/workers/thread'

/** Thread of a TaskManager: user functions run here. */
const behind = fencedThread()
openDoor(
  behind,
  followerApi((spec, input, store) => createRoot(spec, input as HostInput, store), behind),
)
