import { transfer, wrap, type Remote } from 'comlink'
import { Configuration } from '../../core/configuration'
import { CheckpointingOptions } from '../../core/options'
import { ProblemError, type Problem } from '../../core/problem'
import type { RunFiles } from '../types'
import type { KeptSnapshot, SnapshotBundle, StorageAnswer, StorageApi, StorageUse } from './storageApi'

/** The storage worker as the page sees it. All reject with ProblemError (`files-…`). */
export interface StorageClient {
  /** A place for the files of a new run of a scenario with that name; `keep` false: a preview, of which nothing stays. */
  filesOf(name: string, keep: boolean): RunFiles
  list(): Promise<readonly KeptSnapshot[]>
  remove(path: string): Promise<void>
  bundle(path: string): Promise<SnapshotBundle>
  add(bundle: SnapshotBundle): Promise<void>
  use(): Promise<StorageUse>
}

async function valueOf<T>(answer: Promise<StorageAnswer<T>>): Promise<T> {
  const given = await answer
  if ('problem' in given) throw new ProblemError(given.problem)
  return given.value
}

/**
 * @param start the worker; it is started when something first asks for it
 * @param onRefused called at most once: nothing outlives the tab
 */
export function storageClient(start: () => Worker, onRefused: (problem: Problem) => void): StorageClient {
  let remote: Remote<StorageApi> | null = null
  const storage = (): Remote<StorageApi> => {
    if (remote !== null) return remote
    remote = wrap<StorageApi>(start())
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }: MessageEvent<Problem>) => onRefused(data)
    void remote.watch(transfer(port2, [port2]))
    return remote
  }
  const one = <T>(answer: Promise<StorageAnswer<T>>): Promise<T> => valueOf(answer)
  return {
    filesOf(name, keep) {
      const id = crypto.randomUUID()
      const started = Date.now()
      let closed = false
      return {
        found: (path) => one(storage().found(id, path)),
        port: (configuration) => {
          const { port1, port2 } = new MessageChannel()
          const retention = Configuration.fromMap(configuration).get(CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION)
          const retains = retention !== 'NO_EXTERNALIZED_CHECKPOINTS'
          void storage().open({ id, name, started, keep, retains }, transfer(port2, [port2]))
          return port1
        },
        close: () => {
          if (!closed && remote !== null) void remote.close(id)
          closed = true
        },
      }
    },
    list: () => one(storage().list()),
    remove: async (path) => void (await one(storage().remove(path))),
    bundle: (path) => one(storage().bundle(path)),
    add: async (bundle) => void (await one(storage().add(bundle))),
    use: () => one(storage().use()),
  }
}
