import { Sandbox, type DoorTexts } from './sandbox/sandbox'
import { inTurn } from './inTurn'
import { startOn, type Ground } from './workers/run'
import type { Door, Thread } from './workers/threads'
import { Watch } from './workers/watch'
import type { StartRun } from './types'

/** The threads of an ordinary run, which wait in a sandbox that stands ready. */
const USUAL: readonly Door[] = ['client', 'jobmanager', 'taskmanager', 'taskmanager']
const SANDBOX = `${import.meta.env.BASE_URL}sandbox.html`
/** ms in which a living frame answers easily. */
const ANSWER_WITHIN = 250

/**
 * The page's deployment: Web Workers in a sandbox, a new one for each run, watched. A run ends as `broken` with `user-code-endless`,
 * `sandbox-memory` or `sandbox-flood`; before it has begun, it rejects with them. A sandbox with its workers stands ready from the
 * start, so that a run need not wait for them; no code of any program runs in it before there is a run.
 * @param texts the doors, each bundled to text: `async () => (await import('../workers/client?worker-text')).default` …
 * @param url of sandbox.html, which stands beside the page
 */
export function startInSandbox(texts: DoorTexts<'client' | 'jobmanager' | 'taskmanager'>, url = SANDBOX): StartRun {
  let ready: Promise<Sandbox> | null = null
  const build = (): Promise<Sandbox> => Sandbox.build(texts, url)
  const take = async (): Promise<Sandbox> => {
    const prepared = await ready?.catch(() => null)
    ready = null
    if (prepared !== null && prepared !== undefined && (await prepared.answers(ANSWER_WITHIN))) return prepared
    // Sandboxes may share a process: what ended the last one may have ended this one too.
    prepared?.dispose()
    return build()
  }
  const prepare = (): void => {
    ready ??= build().then((sandbox) => {
      sandbox.warm(USUAL)
      return sandbox
    })
    // Whoever takes it hears of a failure; until then nobody need.
    ready.catch(() => (ready = null))
  }
  if (document.readyState === 'complete') prepare()
  else addEventListener('load', prepare, { once: true })
  return startOn(async () => {
    const sandbox = await take()
    setTimeout(prepare, 300)
    const watch = new Watch()
    watch.standingOn(() => sandbox.ping())
    return { threads: sandbox, watch }
  })
}

/**
 * Where runs go that nobody watches: checks over seeds, sweeps over a parameter. Each run has a worker of its own that nobody used
 * before, with all its hosts on it; at most `places` go on at once, the others wait in the order they came. Walls and watch are
 * those of `startInSandbox`. To be used with `runToEnd`, or by whoever disposes of each run.
 */
export function startInPool(texts: DoorTexts<'cluster'>, places: number, url = SANDBOX): StartRun {
  return inTurn(Array.from({ length: places }, () => startOn(placeIn(texts, url), 'one')))
}

/** A sandbox that one run after the other uses, with the next one's worker ready; a new one when it is spoilt. */
function placeIn(texts: DoorTexts<'cluster'>, url: string): () => Promise<Ground> {
  let standing: Sandbox | null = null
  return async () => {
    if (standing !== null && !(await standing.answers(ANSWER_WITHIN))) {
      standing.dispose()
      standing = null
    }
    const sandbox = (standing ??= await Sandbox.build(texts, url))
    const watch = new Watch()
    watch.standingOn(() => sandbox.ping())
    const own: Thread[] = []
    return {
      watch,
      threads: {
        spawn(door) {
          const thread = sandbox.spawn(door)
          own.push(thread)
          sandbox.warm([door])
          return thread
        },
        set onLost(report: ((why: string) => void) | null) {
          sandbox.onLost = report
        },
        dispose: () => own.forEach((thread) => thread.terminate()),
      },
    }
  }
}
