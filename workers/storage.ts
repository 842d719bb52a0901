import { expose } from 'comlink'
import { openShelf } from './storage/database'
import { livingByLocks } from './storage/living'
import { Storage } from './storage/storage'

/** The storage worker, on the page's own origin: the only thread that has the files of runs in IndexedDB. No user code comes here. */
expose(new Storage(() => openShelf('tidemark-files'), livingByLocks(navigator.locks)))
