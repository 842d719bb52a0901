import { Sandbox, type DoorTexts } from './sandbox/sandbox'
import { inTurn } from './inTurn'
import { placeOn } from './workers/place'
import { startOn, type Ground } from './workers/run'
import type { Door } from './workers/threads'
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
 * Where runs go that nobody watches: checks over seeds, sweeps over a parameter. Each run has all its hosts on one worker, which
 * is used again if the program left nothing on it; at most `places` go on at once, the others wait in the order they came. Walls and watch are
 * those of `startInSandbox`. To be used with `runToEnd`, or by whoever disposes of each run.
 */
export function startInPool(texts: DoorTexts<'cluster'>, places: number, url = SANDBOX): StartRun {
  return inTurn(Array.from({ length: places }, () => startOn(placeIn(texts, url), 'one')))
}

function placeIn(texts: DoorTexts<'cluster'>, url: string): () => Promise<Ground> {
  let standing: Sandbox | null = null
  const stand = async (): Promise<Sandbox> => {
    if (standing !== null && (await standing.answers(ANSWER_WITHIN))) return standing
    standing?.dispose()
    return (standing = await Sandbox.build(texts, url))
  }
  return placeOn(stand, (sandbox) => {
    const watch = new Watch()
    watch.standingOn(() => sandbox.ping())
    return watch
  })
}
