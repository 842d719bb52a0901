import { startOnThreads } from '../../minicluster/node'
import type { RunFiles } from '../../minicluster/types'
import { MemoryFileStore } from '../../runtime/external/fileStore'
import type { FileAtStart } from '../../runtime/external/fileSystem'
import { TraceKind } from '../../trace/kinds'
import { observe } from './observe'
import type { Observed } from './observe'
import type { ChaosPlan } from './plan'
import { scenarioOf } from './program'

type Files = ReadonlyMap<string, Uint8Array>
const METADATA = '/_metadata'

/** The disk of a run; keeps what was on it whenever a checkpoint's metadata had been written. */
export class KeptFiles implements RunFiles {
  /** By the path of `_metadata`. */
  readonly at = new Map<string, Files>()
  private readonly files: Map<string, Uint8Array>
  readonly store: MemoryFileStore

  constructor(before: Files = new Map()) {
    const files = new Map(before)
    const { at } = this
    this.files = files
    this.store = new (class extends MemoryFileStore {
      override write(path: string, bytes: Uint8Array): void {
        super.write(path, bytes)
        files.set(path, bytes)
        if (path.endsWith(METADATA)) at.set(path, new Map(files))
      }
      override rename(from: string, to: string): void {
        super.rename(from, to)
        files.delete(from)
        files.set(to, this.read(to))
        if (to.endsWith(METADATA)) at.set(to, new Map(files))
      }
      override delete(path: string): void {
        super.delete(path)
        files.delete(path)
      }
    })(before)
  }

  found(): Promise<readonly FileAtStart[]> {
    return Promise.resolve([...this.files].map(([path, { length }]) => ({ path, size: length })))
  }
}

/** Paths of completed checkpoints and savepoints with their numbers, in order; not of savepoints that the job itself went back behind. */
function snapshots({ log }: Observed): { readonly id: number; readonly path: string }[] {
  let found: { id: number; path: string }[] = []
  const event = log.reader()
  for (let index = 0; index < log.length; index++) {
    event.to(index)
    // What came after it and was thrown away is in transactions that nobody can tell apart from those that were done again.
    if (event.kind === TraceKind.JobRestored) {
      const { b: from } = event
      found = found.filter(({ id }) => id <= from)
    }
    if (event.kind !== TraceKind.CheckpointCompleted) continue
    const { path } = event.value() as { readonly path: string | null }
    if (path !== null) found.push({ id: event.b, path })
  }
  return found
}

/** What the run's transactions up to a checkpoint had committed: they were pre-committed with it or with one before. */
function committedBefore({ log }: Observed, checkpoint: number): string[] {
  const transactions = new Map<number, { readonly name: string; readonly records: string[] }>()
  const before: string[] = []
  const preCommitted = new Map<string, number>()
  let exactly = -1
  const event = log.reader()
  for (let index = 0; index < log.length; index++) {
    event.to(index)
    const { kind, a, b } = event
    if (kind === TraceKind.ExternalNamed && event.text() === 'exactly') exactly = a
    if (kind === TraceKind.TransactionMoved && event.c === 1) preCommitted.set(event.text(), event.d)
    if (a !== exactly) continue
    if (kind === TraceKind.ExternalTransaction && event.c === 0) transactions.set(b, { name: event.text(), records: [] })
    else if (kind === TraceKind.ExternalWrote && b >= 0) transactions.get(b)!.records.push(JSON.stringify(event.value()))
    else if (kind === TraceKind.ExternalCommitted) {
      const { name, records } = transactions.get(b)!
      if ((preCommitted.get(name) ?? Infinity) <= checkpoint) before.push(...records.splice(0))
    }
  }
  return before
}

/** Parallelisms 1 to 4 into each other, so that those that are equal stay equal and operators keep their chains. */
const rescaled = (plan: ChaosPlan): ChaosPlan => {
  const [source, steps, shape, sinks] = plan.parallelism.map((n) => (n % 4) + 1) as [number, number, number, number]
  return { ...plan, parallelism: [source, steps, shape, sinks], taskManagers: 4 }
}

/**
 * Whether a job begun from one of the run's completed checkpoints, with the files that were there then, gives what the run without failures gave and was not
 * committed before; with another parallelism in every second plan.
 */
export async function restorable(run: Observed, files: KeptFiles, calm: Observed, plan: ChaosPlan): Promise<string[]> {
  const completed = snapshots(run)
  const chosen = completed[plan.seed % completed.length]
  if (chosen === undefined || plan.configuration['execution.checkpointing.mode'] === 'AT_LEAST_ONCE') return []
  const { id, path } = chosen
  const there = files.at.get(path + METADATA)
  if (there === undefined) return [`completed checkpoints are restorable: ${path} has no metadata`]
  // The program's own source deals its rows out by its parallelism: its places mean nothing to another one.
  const next = plan.seed % 2 === 0 || plan.ownSource ? plan : rescaled(plan)
  const from = { 'execution.state-recovery.path': path, 'execution.state-recovery.claim-mode': plan.seed % 3 === 0 ? 'CLAIM' : 'NO_CLAIM' }
  const resumed = await observe(scenarioOf({ ...next, configuration: { ...next.configuration, ...from } }, []), {
    files: new KeptFiles(there),
  })
  const what = `completed checkpoints are restorable: from ${path} with parallelism ${next.parallelism.join(' ')}`
  const { status, reason } = resumed.outcome
  if (status !== 'FINISHED') return [`${what} the job is ${status} (${reason})`]
  const got = [...committedBefore(run, id), ...(resumed.systems.get('exactly')?.visible ?? [])].sort()
  const wanted = [...(calm.systems.get('exactly')?.visible ?? [])].sort()
  const at = wanted.findIndex((one, i) => got[i] !== one)
  if (at < 0 && got.length === wanted.length) return []
  return [`${what} it makes ${got.length} results of ${wanted.length}; the first that differs is ${got[at]} and should be ${wanted[at]}`]
}

/** The same trace, event by event, when each host has a thread of its own. */
export async function sameOnThreads(run: Observed): Promise<string[]> {
  const threads = await observe(run.scenario, { start: startOnThreads })
  if (threads.log.length === run.log.length && threads.log.prefixHash() === run.log.prefixHash()) return []
  let same = 0
  while (same < run.log.length && threads.log.prefixHash(same + 1) === run.log.prefixHash(same + 1)) same++
  return [`local and worker traces are the same: they part at event ${same} of ${run.log.length} and ${threads.log.length}`]
}
