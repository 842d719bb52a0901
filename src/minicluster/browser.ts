import { Sandbox, type DoorTexts } from './sandbox/sandbox'
import { startOn } from './workers/run'
import { Watch } from './workers/watch'
import type { StartRun } from './types'

/**
 * The page's deployment: Web Workers in a sandbox, a new one for each run, watched. A run ends as `broken` with `user-code-endless`,
 * `sandbox-memory` or `sandbox-flood`; before it has begun, it rejects with them.
 * @param texts the doors, each bundled to text: `async () => (await import('../workers/client?worker-text')).default` …
 * @param url of sandbox.html, which stands beside the page
 */
export const startInSandbox = (texts: DoorTexts, url = `${import.meta.env.BASE_URL}sandbox.html`): StartRun =>
  startOn(async () => {
    const sandbox = await Sandbox.build(texts, url)
    const watch = new Watch()
    watch.standingOn(
      () =>
        new Promise<void>((done) => {
          sandbox.onPong = done
          sandbox.ping()
        }),
    )
    return { threads: sandbox, watch }
  })
