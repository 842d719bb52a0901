import { wrap } from 'comlink'
import type { ClusterApi } from './cluster'
import type { Ground } from './run'
import type { Thread, Threads } from './threads'
import type { Watch } from './watch'

/** Runs that a thread carries at most: what each leaves behind of its ports is little, but not nothing. */
const MOST_RUNS = 25
/** ms in which a thread without work answers easily. */
const ANSWER_WITHIN = 250

interface Used {
  readonly thread: Thread
  readonly on: Threads
  runs: number
}

/**
 * A place for one run of layout `one` after the other. A thread is used again as long as programs leave nothing on it, for a new
 * one has first to warm up: that takes several times as long as a short run.
 * @param stand what threads stand on: the same each time, or another when that was spoilt
 */
export function placeOn<T extends Threads>(stand: () => Promise<T>, watchOver: (on: T) => Watch | undefined): () => Promise<Ground> {
  let resting: Used | null = null
  let releasing: Promise<void> = Promise.resolve()
  const release = async (used: Used): Promise<void> => {
    if (++used.runs < MOST_RUNS && (await reusable(used.thread))) resting = used
    else used.thread.terminate()
  }
  return async () => {
    await releasing
    const on = await stand()
    const watch = watchOver(on)
    const own: Used[] = []
    const leave = (): void => {
      const leaving = own.splice(0)
      if (leaving.length > 0) releasing = Promise.all(leaving.map(release)).then(() => {})
    }
    return {
      ...(watch === undefined ? {} : { watch }),
      threads: {
        spawn(door) {
          const used = resting?.on === on ? resting : { thread: on.spawn(door), on, runs: 0 }
          resting = null
          own.push(used)
          return { port: used.thread.port, terminate: leave }
        },
        set onLost(report: ((why: string) => void) | null) {
          on.onLost = report
        },
        dispose: leave,
      },
    }
  }
}

function reusable(thread: Thread): Promise<boolean> {
  const late = new Promise<boolean>((done) => setTimeout(() => done(false), ANSWER_WITHIN))
  return Promise.race([wrap<ClusterApi>(thread.port).reusable(), late])
}
