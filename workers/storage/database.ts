import { openDB, type DBSchema, type IDBPDatabase } from 'idb'
import { problem, ProblemError } from '../../src/core/problem'
import type { Change, FileRow, RunRow, Shelf } from './shelf'

const VERSION = 1

interface Schema extends DBSchema {
  files: { key: [run: string, path: string]; value: FileRow }
  bytes: { key: [run: string, path: string]; value: Uint8Array }
  runs: { key: string; value: RunRow }
}

/** What a browser's refusal means to a person. */
export function filesProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  const { name, message } = error instanceof Error || error instanceof DOMException ? error : { name: '', message: String(error) }
  return new ProblemError(
    name === 'QuotaExceededError'
      ? problem('files-full', {}, { in: 'run' })
      : problem('files-failed', { message: message || name }, { in: 'run' }),
  )
}

const told = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw filesProblem(error)
  }
}

/** Rejects with whatever the browser says where it keeps nothing: a private window, storage switched off, a newer page's database. */
export async function openShelf(name: string): Promise<Shelf> {
  const database = await openDB<Schema>(name, VERSION, {
    upgrade(db, from) {
      // One step a version, never changed once published.
      if (from < 1) {
        db.createObjectStore('files', { keyPath: ['run', 'path'] })
        db.createObjectStore('bytes')
        db.createObjectStore('runs', { keyPath: 'id' })
      }
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
  return shelfOver(database)
}

const shelfOver = (database: IDBPDatabase<Schema>): Shelf => ({
  apply: (changes) =>
    told(async () => {
      const transaction = database.transaction(['files', 'bytes'], 'readwrite')
      const files = transaction.objectStore('files')
      const bytes = transaction.objectStore('bytes')
      const one = async (change: Change): Promise<unknown> => {
        if (change.do === 'put') return Promise.all([files.put(change.row), bytes.put(change.bytes, [change.row.run, change.row.path])])
        const key: [string, string] = [change.run, change.do === 'delete' ? change.path : change.from]
        if (change.do === 'delete') return Promise.all([files.delete(key), bytes.delete(key)])
        const [row, held] = await Promise.all([files.get(key), bytes.get(key)])
        if (row === undefined || held === undefined) return
        const moved = { ...row, path: change.to }
        return Promise.all([files.delete(key), bytes.delete(key), files.put(moved), bytes.put(held, [change.run, change.to])])
      }
      const apply = async (): Promise<void> => {
        // A rename reads what was written before it: one after the other.
        if (changes.some((change) => change.do === 'rename')) for (const change of changes) await one(change)
        else await Promise.all(changes.map(one))
      }
      await Promise.all([apply(), transaction.done])
    }),
  get: (run, path) =>
    told(async () => {
      const transaction = database.transaction(['files', 'bytes'])
      const [row, bytes] = await Promise.all([
        transaction.objectStore('files').get([run, path]),
        transaction.objectStore('bytes').get([run, path]),
      ])
      return row === undefined && bytes === undefined
        ? undefined
        : { row: row ?? { run, path, length: -1, digest: '', at: 0, kind: 0 }, bytes: bytes ?? new Uint8Array() }
    }),
  rows: () => told(() => database.getAll('files')),
  runs: () => told(() => database.getAll('runs')),
  putRun: (run) =>
    told(async () => {
      await database.put('runs', run)
    }),
  deleteRuns: (ids) =>
    told(async () => {
      const transaction = database.transaction('runs', 'readwrite')
      await Promise.all([...ids.map((id) => transaction.store.delete(id)), transaction.done])
    }),
})
