import { createRoot, type HostInput } from '../src/minicluster/assemble'
import { clientApi } from '../src/minicluster/workers/client'
import { openDoor } from '../src/minicluster/workers/door'
import { fencedThread } from '../src/minicluster/workers/fenced'
import { leaderApi } from '../src/minicluster/workers/thread'

/** Thread of a whole run: the client, and after it every host. User functions run here. */
const behind = fencedThread()
openDoor(behind, { ...clientApi, ...leaderApi((spec, input) => createRoot(spec, input as HostInput), behind) })
