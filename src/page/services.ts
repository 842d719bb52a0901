import type { Problem } from '../core/problem'
import { problem } from '../core/problem'
import type { StorageClient } from '../minicluster/files/storageClient'
import type { RunRequest, StartRun } from '../minicluster/types'
import type { ReadTable } from '../scenario/cells'
import { TableProblems } from '../scenario/cells'
import type { EditedTable } from '../scenario/topics'
import type { ResolvedTopic, Topic } from '../scenario/types'
import type { CheckServices } from '../session/lessons/overSeeds'
import type { Services } from '../session/services'
import type { DroppedFile } from '../session/storage'

// Reading tables brings a CSV parser, compiling a TypeScript parser, running a sandbox: none is there before it is needed.
const topicsRoom = () => import('../scenario/topics')
const load = async () => (await topicsRoom()).fetchAppData(document.baseURI)

const anyDoor = async (): Promise<string> => (await import('../../workers/any?worker-text')).default

let cluster: Promise<StartRun> | null = null
const sandbox = (): Promise<StartRun> =>
  (cluster ??= import('../minicluster/browser').then(({ startInSandbox }) =>
    startInSandbox({ client: anyDoor, jobmanager: anyDoor, taskmanager: anyDoor }),
  ))

let files: Promise<StorageClient> | null = null
/** What is told of files that nobody has asked for: the page listens. */
export const filesTrouble: { on: (problem: Problem) => void } = { on: () => {} }
/** The storage worker. */
export const storage = (): Promise<StorageClient> =>
  (files ??= import('../minicluster/files/storageClient').then(({ storageClient }) =>
    storageClient(
      () => new Worker(new URL('../../workers/storage.ts', import.meta.url), { type: 'module', name: 'storage' }),
      (problem) => filesTrouble.on(problem),
    ),
  ))

/** The request with a place for its files; where what it starts from is not there, that is told, and the run fails as in Flink. */
async function withFiles(request: RunRequest, keep: boolean): Promise<RunRequest> {
  const client = await storage()
  const own = client.filesOf(request.scenario.name, keep)
  const found: typeof own.found = async (path) => {
    const rows = await own.found(path)
    if (rows.length === 0 && keep) {
      const { missingStart } = await import('./snapshots.svelte')
      const missing = missingStart(request.scenario, path, await client.list())
      if (missing !== null) filesTrouble.on(missing)
    }
    return rows
  }
  return { ...request, files: { ...own, found } }
}

export const services: Services = {
  compile: async (text) => (await import('../client/compile')).compile(text),
  resolveTopics: async (scenario) => (await topicsRoom()).resolveTopics(scenario, await load()),
  readPlan: async (scenario) => (await import('./plans')).readScenarioPlan(scenario),
  startRun: async (request) => (await sandbox())(await withFiles(request, true)),
  startBeside: async (request) => (await beside())(await withFiles(request, false)),
}

/** What goes on beside the run on screen, one at a time: a preview is wanted now, and waits for no other sort of run. */
let besides: Promise<StartRun> | null = null
const beside = (): Promise<StartRun> =>
  (besides ??= import('../minicluster/browser').then(({ startInPool }) => startInPool({ cluster: anyDoor }, 1)))

/** Runs that nobody watches go on beside the page: one on a machine that has two cores, for the page needs one itself. */
const PLACES = navigator.hardwareConcurrency > 2 ? 2 : 1
let pool: Promise<StartRun> | null = null
const unwatched = (): Promise<StartRun> =>
  (pool ??= import('../minicluster/browser').then(({ startInPool }) => startInPool({ cluster: anyDoor }, PLACES)))

/** What runs without the page: the checks of a lesson over its seeds. */
export const headless: CheckServices = {
  ...services,
  startRun: async (request) => (await unwatched())(request),
  // One more, so that the next has its topics when its turn comes.
  atOnce: PLACES + 1,
}

/** Fetches what a first run needs while the page is drawn. */
export function warmUp(): void {
  void import('../client/compile')
  void sandbox()
  void topicsRoom()
}

/** A topic for the Events pane: its table after edits, the log it makes, and what is wrong with either. */
export async function readTopic(
  topic: Topic,
  seed: number,
): Promise<{ readonly table: EditedTable | null; readonly log: ResolvedTopic | null; readonly problems: readonly Problem[] }> {
  const { tableOf, logOf } = await topicsRoom()
  const read = await tableOf(topic, seed, await load()).catch((): { table?: EditedTable; problems: Problem[] } => ({
    problems: [
      problem(
        'app-data-missing',
        { file: topic.table.from === 'app' ? topic.table.file : topic.name },
        { in: 'events', topic: topic.name },
      ),
    ],
  }))
  if (read.table === undefined) return { table: null, log: null, problems: read.problems }
  const found = new TableProblems(topic.name)
  const log = logOf(topic, read.table, found)
  return { table: read.table, log: found.failed ? null : log, problems: [...read.problems, ...found.list()] }
}

export const readDroppedTable = async (file: DroppedFile, topic: string): Promise<ReadTable> =>
  (await import('../session/storage')).importTable(file, topic)

/** The declarations of module `flink`, for the editor. */
export const flinkTypes = async (): Promise<Readonly<Record<string, string>>> => (await import('virtual:flink-types')).default
