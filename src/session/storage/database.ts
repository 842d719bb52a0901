import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import { problem, ProblemError } from '../../core/problem'
import type { Stored, Store } from './store'

const VERSION = 1

interface Schema extends DBSchema {
  scenarios: { key: string; value: Stored }
}

/** What a browser's refusal means to a person. */
function problemOf(error: unknown): ProblemError {
  const { name, message } = error instanceof Error || error instanceof DOMException ? error : { name: '', message: String(error) }
  switch (name) {
    case 'QuotaExceededError':
      return new ProblemError(problem('storage-full'))
    case 'VersionError':
      return new ProblemError(problem('storage-newer'))
    case 'SecurityError':
    case 'InvalidStateError':
      return new ProblemError(problem('storage-unavailable'))
    default:
      return new ProblemError(problem('storage-failed', { message }))
  }
}

const told = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    throw problemOf(error)
  }
}

/**
 * Opens the database, upgrading what an older version left. Rejects with ProblemError `storage-unavailable` where
 * there is none (a private window, storage switched off), `storage-newer` where a newer page has written it.
 */
export function openDatabase(name: string): Promise<Store> {
  return told(async () => {
    if (typeof indexedDB === 'undefined') throw new DOMException('no indexedDB', 'SecurityError')
    const database = await openDB<Schema>(name, VERSION, {
      upgrade(db, from) {
        // One step a version, never changed once published.
        if (from < 1) db.createObjectStore('scenarios', { keyPath: 'id' })
      },
      // Another tab wants to upgrade: give way; the next call here says `storage-newer` or `storage-unavailable`.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    })
    return storeOver(database)
  }).catch((error: unknown) => {
    throw error instanceof ProblemError && error.problem.code === 'storage-failed'
      ? new ProblemError(problem('storage-unavailable'))
      : error
  })
}

const storeOver = (database: IDBPDatabase<Schema>): Store => ({
  persistent: true,
  all: () => told(() => database.getAll('scenarios')),
  get: (id) => told(() => database.get('scenarios', id)),
  put: (stored) =>
    told(async () => {
      await database.put('scenarios', stored)
    }),
  delete: (id) => told(() => database.delete('scenarios', id)),
  close: () => database.close(),
})
