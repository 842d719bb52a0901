import { compare, nameless } from '../family'

export type Backend = 'hashmap' | 'rocksdb'

/** What the heap backend shows, which is what was recorded; if RocksDB shows something else, that. `heapAlone`: they differ in what the case is about. */
export function onBothBackends(run: (backend: Backend) => unknown, heapAlone: boolean): unknown {
  const heap = run('hashmap')
  if (heapAlone) return heap
  const rocksDb = run('rocksdb')
  return compare(nameless(heap), nameless(rocksDb)) === null ? heap : rocksDb
}
