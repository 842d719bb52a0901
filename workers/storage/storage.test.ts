import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { describe, expect, test } from 'vitest'
import { PortFileStore } from '../../src/minicluster/files/portStore'
import type { StorageAnswer } from '../../src/minicluster/files/storageApi'
import { openShelf } from './database'
import type { Living } from './living'
import type { Shelf } from './shelf'
import { Storage } from './storage'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const NOTE = { at: 7, kind: 0 }
let databases = 0

/** A tab of a browser: `again` is the same browser, after this tab was closed without a word. */
function tab(name = `files-${databases++}`, opening: () => Promise<Shelf> = () => openShelf(name)) {
  const alive = new Set<string>()
  const living: Living = { begins: (run) => void alive.add(run), ends: (run) => void alive.delete(run), all: () => Promise.resolve(alive) }
  const storage = new Storage(opening, living)
  return {
    storage,
    name,
    again: () => tab(name),
    run: (id: string, about: { retains?: boolean; keep?: boolean; started?: number } = {}) => {
      const { port1, port2 } = new MessageChannel()
      storage.open({ id, name: `scenario of ${id}`, started: 1, keep: true, retains: true, ...about }, port1)
      return new PortFileStore(port2, {
        post: (port, message) => port.postMessage(message),
        listen: (port, listener) => void (port.onmessage = listener),
      })
    },
    list: async (): Promise<string> =>
      valueOf(await storage.list())
        .map(({ path, size, files }) => `${path} ${files}:${size}`)
        .join(', '),
  }
}

function valueOf<T>(answer: StorageAnswer<T>): T {
  if ('problem' in answer) throw new Error(answer.problem.code)
  return answer.value
}

describe('files of runs', () => {
  test('what was written comes back, out of the database; what was deleted does not', async () => {
    const { run } = tab()
    const store = run('a')
    store.write('/c/chk-1/x', bytes('old'), NOTE)
    store.write('/c/chk-1/x', bytes('new'), NOTE)
    store.rename('/c/chk-1/x', '/c/chk-1/y')
    expect(await store.read('/c/chk-1/y')).toEqual(bytes('new'))
    await expect(store.read('/c/chk-1/x')).rejects.toThrow('files-lost')
  })

  test('savepoints and retained checkpoints outlive their run, with what they share; a directory without metadata does not', async () => {
    const first = tab()
    const store = first.run('a')
    for (const path of ['/c/j/chk-1/x', '/c/j/chk-1/_metadata', '/c/j/chk-2/x', '/c/j/shared/s', '/s/savepoint-1-2/_metadata']) {
      store.write(path, bytes('12345'), NOTE)
    }
    await store.flush()
    const second = first.again()
    expect(await second.list()).toBe('/c/j/chk-1 3:15, /s/savepoint-1-2 1:5')
    expect(valueOf(await second.storage.use()).bytes).toBe(20)
    await second.storage.remove('/c/j/chk-1')
    expect(await second.list()).toBe('/s/savepoint-1-2 1:5')
    expect(valueOf(await second.storage.use()).bytes).toBe(5)
  })

  test('without retention only savepoints stay; the same path is that of the last run', async () => {
    const { run, storage, list } = tab()
    for (const [id, text] of [
      ['a', 'one'],
      ['b', 'three'],
    ] as const) {
      // prettier-ignore
      const store = run(id, { retains: false, started: id === 'a' ? 1 : 2 })
      for (const path of ['/c/j/chk-1/_metadata', '/s/savepoint-1-2/_metadata']) store.write(path, bytes(text), NOTE)
      await store.flush()
      storage.close(id)
    }
    await expect.poll(async () => valueOf(await storage.use()).bytes).toBe(5)
    expect(await list()).toBe('/s/savepoint-1-2 1:5')
  })

  test('a run that is restored reads the files of another, and deletes none of them', async () => {
    const { run, storage, list } = tab()
    const store = run('a')
    store.write('/s/savepoint-1-2/_metadata', bytes('m'), NOTE)
    await store.flush()
    const next = run('b', { keep: false })
    expect(valueOf(await storage.found('b', 'file:///s/savepoint-1-2/_metadata'))).toEqual([
      { path: '/s/savepoint-1-2/_metadata', size: 1 },
    ])
    expect(await next.read('/s/savepoint-1-2/_metadata')).toEqual(bytes('m'))
    next.delete('/s/savepoint-1-2/_metadata')
    await next.flush()
    expect(await list()).toBe('/s/savepoint-1-2 1:1')
    expect(valueOf(await storage.found('b', '/s/savepoint-9-9'))).toEqual([])
  })

  test('a snapshot goes out as a bundle, and comes in on another machine', async () => {
    const here = tab()
    const store = here.run('a')
    store.write('/s/savepoint-1-2/_metadata', bytes('m'), NOTE)
    await store.flush()
    const there = tab()
    valueOf(await there.storage.add(valueOf(await here.storage.bundle('/s/savepoint-1-2'))))
    expect(await there.list()).toBe('/s/savepoint-1-2 1:1')
  })
})

describe('trouble', () => {
  test('a torn file is never given out as whole', async () => {
    const { run, name } = tab()
    const store = run('a')
    store.write('/x', bytes('12345'), NOTE)
    await store.flush()
    const raw = await openDB(name)
    await raw.put('bytes', bytes('123'), ['a', '/x'])
    await expect(store.read('/x')).rejects.toThrow('files-torn')
    await expect(store.settle()).rejects.toThrow('files-torn')
  })

  test('refused: all goes on in memory, and says so', async () => {
    const { run, storage, list } = tab('none', () => Promise.reject(new DOMException('no', 'SecurityError')))
    const store = run('a')
    store.write('/s/savepoint-1-2/_metadata', bytes('m'), NOTE)
    expect(await store.read('/s/savepoint-1-2/_metadata')).toEqual(bytes('m'))
    expect(await list()).toBe('/s/savepoint-1-2 1:1')
    expect(valueOf(await storage.use()).refused?.code).toBe('files-refused')
  })

  test('full in the middle: the run hears of it, and nothing that came later is written', async () => {
    const name = `files-${databases++}`
    let writes = 0
    const { run, storage } = tab(name, async () => {
      const shelf = await openShelf(name)
      return {
        ...shelf,
        apply: (changes) => {
          if (++writes === 2) return Promise.reject(new DOMException('full', 'QuotaExceededError'))
          return shelf.apply(changes)
        },
      }
    })
    const store = run('a')
    store.write('/c/chk-1/x', bytes('1'), NOTE)
    await store.flush()
    store.write('/c/chk-1/y', bytes('2'), NOTE)
    await expect(store.flush()).rejects.toThrow('files-full')
    store.write('/c/chk-1/_metadata', bytes('3'), NOTE)
    await expect(store.settle()).rejects.toThrow('files-full')
    expect(valueOf(await storage.use()).bytes).toBe(1)
  })
})
