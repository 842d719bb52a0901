import { createRoot, type HostInput } from '../src/minicluster/assemble'
import { clusterApi } from '../src/minicluster/workers/cluster'
import { openDoor } from '../src/minicluster/workers/door'
import { fencedThread } from '../src/minicluster/workers/fenced'

/** Thread of whole runs: the client, and after it every host. User functions run here. */
const behind = fencedThread()
openDoor(
  behind,
  clusterApi((spec, input, store) => createRoot(spec, input as HostInput, store), behind),
)
