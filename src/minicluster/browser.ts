import { Sandbox, type DoorTexts } from './sandbox/sandbox'
import { startOn } from './workers/run'
import { Watch } from './workers/watch'
import type { StartRun } from './types'

const texts: DoorTexts = {
  client: async () => (await import('../../workers/client?worker-text')).default,
  jobmanager: async () => (await import('../../workers/jobmanager?worker-text')).default,
  taskmanager: async () => (await import('../../workers/taskmanager?worker-text')).default,
}

/** The page's deployment: Web Workers in a sandbox, a new one for each run, watched. Problems: `user-code-endless`, `sandbox-memory`, `sandbox-flood`. */
export const startInSandbox: StartRun = startOn(async () => {
  const sandbox = await Sandbox.build(texts, `${import.meta.env.BASE_URL}sandbox.html`)
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
