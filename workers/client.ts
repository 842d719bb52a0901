import { clientApi } from '../src/minicluster/workers/client'
import { openDoor } from '../src/minicluster/workers/door'
import { fencedThread } from '../src/minicluster/workers/fenced'

/** Thread of the client: evaluates the program's main part. */
openDoor(fencedThread(), clientApi)
