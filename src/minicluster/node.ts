import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleForNode, NodeThreads } from './workers/node'
import { inTurn } from './inTurn'
import { placeOn } from './workers/place'
import { startOn, type Ground } from './workers/run'
import type { Door } from './workers/threads'
import { Watch } from './workers/watch'
import type { StartRun } from './types'

/** The repository, wherever this file has been bundled to. */
function repository(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'workers', 'taskmanager.ts'))) {
    if (folder === dirname(folder)) throw new Error(`no workers/ above ${fileURLToPath(import.meta.url)}`)
    folder = dirname(folder)
  }
  return folder
}

const DOORS: readonly Door[] = ['client', 'jobmanager', 'taskmanager', 'cluster']
let texts: Promise<ReadonlyMap<string, string>> | undefined

/** Bundled once a process. */
const textsOf = (): Promise<ReadonlyMap<string, string>> => {
  texts ??= Promise.all(
    DOORS.map(async (door): Promise<[string, string]> => [door, await bundleForNode(join('workers', `${door}.ts`), repository())]),
  ).then((entries) => new Map(entries))
  return texts
}

const ground = async (): Promise<Ground> => {
  const doors = await textsOf()
  return { threads: new NodeThreads((door) => doors.get(door)!), watch: new Watch() }
}

/** The worker deployment under Node: worker_threads, started from TypeScript that is bundled on the spot. */
export const startOnThreads: StartRun = startOn(ground)
/** The same with everything on one worker thread, which the next run uses again. */
export const startOnOneThread = (): StartRun => {
  let threads: Promise<NodeThreads> | null = null
  const stand = (): Promise<NodeThreads> => (threads ??= textsOf().then((doors) => new NodeThreads((door) => doors.get(door)!)))
  return inTurn([
    startOn(
      placeOn(stand, () => undefined),
      'one',
    ),
  ])
}
