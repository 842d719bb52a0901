import { captureThread } from '../src/client/fence'
import { createRoot, type HostInput } from '../src/minicluster/assemble'
import { openDoor } from '../src/minicluster/workers/door'
import { leaderApi } from '../src/minicluster/workers/thread'

/** Thread of the JobManager and of the external systems; it also leads the rounds. No user code comes here. */
const behind = captureThread(globalThis)
openDoor(
  behind,
  leaderApi((spec, input, store) => createRoot(spec, input as HostInput, store), behind),
)
