import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Problem } from '../../core/problem'
import { problem, ProblemError } from '../../core/problem'
import type { Shared } from '../../scenario/codec'
import { newScenario } from '../../scenario/defaults'
import { autosave } from './autosave'
import { openDatabase } from './database'
import { exportScenario, importScenario, importTable } from './files'
import { Library, openLibrary } from './library'
import { memoryStore } from './store'

const named = (name: string): Shared => ({ scenario: newScenario({ name, program: { language: 'typescript', text: name } }) })
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'fine',
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  )

let databases = 0
const freshName = (): string => `test-${databases++}`

describe('the library', () => {
  const open = async () => {
    let clock = 0
    let id = 0
    const name = freshName()
    const again = async () => new Library(await openDatabase(name), () => ++clock, () => `id-${++id}`) // prettier-ignore
    return { library: await again(), again }
  }

  test('the working scenario is there after a reload; it is no entry of the library', async () => {
    const { library, again } = await open()
    expect(await library.loadWorking()).toBeNull()
    await library.saveWorking(named('mine'))
    library.close()
    const reopened = await again()
    expect(await reopened.loadWorking()).toEqual(named('mine'))
    expect(await reopened.list()).toEqual([])
  })

  test('add, rename, duplicate, save, delete and take it back', async () => {
    const { library } = await open()
    const { id } = await library.add(named('a'))
    await library.rename(id, 'b')
    const copy = await library.duplicate(id, 'b, again')
    expect((await library.list()).map(({ name }) => name)).toEqual(['b, again', 'b'])
    expect((await library.load(copy.id)).scenario.program.text).toBe('a')
    await library.save(id, named('c'))
    const removed = await library.remove(id)
    expect((await library.list()).map(({ name }) => name)).toEqual(['b, again'])
    expect(await codeOf(library.load(id))).toBe('library-missing')
    expect(await codeOf(library.save(id, named('d')))).toBe('library-missing')
    await library.restore(removed)
    expect(await library.load(id)).toEqual(named('c'))
  })

  test('what is stored is read like a link: an unreadable one is told, the others work', async () => {
    const name = freshName()
    const { library } = { library: new Library(await openDatabase(name)) }
    const good = await library.add(named('good'))
    const raw = await openDB(name)
    await raw.put('scenarios', { id: 'x', name: 'x', saved: 1, data: { scenario: { version: 99 } } })
    await raw.put('scenarios', { id: 'y', name: 'y', saved: 2, data: 'rubbish' })
    expect(await codeOf(library.load('x'))).toBe('scenario-newer')
    expect(await codeOf(library.load('y'))).toBe('scenario-shape')
    expect(await codeOf(library.load(good.id))).toBe('fine')
    expect(await library.list()).toHaveLength(3)
  })

  test('a newer page has written it', async () => {
    const name = freshName()
    ;(await openDB(name, 7)).close()
    expect((await openLibrary(name)).problem?.code).toBe('storage-newer')
  })

  test('a private window: everything works until the tab is closed, and says so', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const { library, problem: told } = await openLibrary(freshName())
    vi.unstubAllGlobals()
    expect(told?.code).toBe('storage-unavailable')
    expect(library.persistent).toBe(false)
    const { id } = await library.add(named('a'))
    expect(await library.load(id)).toEqual(named('a'))
  })

  test('a full store: a problem, and what was there is still there', async () => {
    const store = memoryStore()
    const library = new Library({
      ...store,
      put: (s) => (s.name === 'big' ? Promise.reject(new ProblemError(problem('storage-full'))) : store.put(s)),
    })
    await library.saveWorking(named('small'))
    expect(await codeOf(library.saveWorking(named('big')))).toBe('storage-full')
    expect(await library.loadWorking()).toEqual(named('small'))
  })
})

describe('autosave', () => {
  afterEach(() => void vi.useRealTimers())

  test('the newest after a pause, once', async () => {
    vi.useFakeTimers()
    const saved: string[] = []
    const saver = autosave((shared) => (saved.push(shared.scenario.name), Promise.resolve()), () => undefined, 400) // prettier-ignore
    for (const name of ['a', 'ab', 'abc']) {
      saver.changed(named(name))
      await vi.advanceTimersByTimeAsync(300)
    }
    expect(saved).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(saved).toEqual(['abc'])
    saver.changed(named('abcd'))
    await saver.flush()
    expect(saved).toEqual(['abc', 'abcd'])
  })

  test('a change during a save is saved after it; trouble is told once, and its end too', async () => {
    const told: (Problem | null)[] = []
    let full = true
    const saved: string[] = []
    const saver = autosave(
      ({ scenario }) => {
        if (scenario.name === 'a') saver.changed(named('b'))
        if (full) return Promise.reject(new ProblemError(problem('storage-full')))
        saved.push(scenario.name)
        return Promise.resolve()
      },
      (one) => told.push(one),
      1e6,
    )
    saver.changed(named('a'))
    await saver.flush()
    expect([saved, told.map((one) => one?.code)]).toEqual([[], ['storage-full']])
    full = false
    saver.changed(named('c'))
    await saver.flush()
    expect([saved, told.at(-1)]).toEqual([['c'], null])
    saver.dispose()
  })
})

describe('files', () => {
  const file = (name: string, text: string, size = text.length) => ({ name, size, text: () => Promise.resolve(text) })

  test('out and in again', async () => {
    const { name, text } = exportScenario(named('Late: flights / 航班!'))
    expect(name).toBe('Late-flights-航班.tidemark.json')
    expect(await importScenario(file(name, text))).toEqual(named('Late: flights / 航班!'))
    expect(exportScenario(named('…')).name).toBe('scenario.tidemark.json')
  })
  test('too big is not even read', async () => {
    const huge = { name: 'x.tidemark.json', size: 70 * 1024 * 1024, text: () => Promise.reject(new Error('read')) }
    expect(await codeOf(importScenario(huge))).toBe('file-too-big')
    expect((await importTable({ ...huge, name: 'x.csv' }, 't')).problems).toMatchObject([{ code: 'table-too-big' }])
  })
  test('tables by ending or by look', async () => {
    const table = { columns: ['a'], rows: [[1]] }
    for (const dropped of [file('x.csv', 'a\n1\n'), file('x.json', '[{"a":1}]'), file('x', ' [{"a":1}]'), file('x', 'a\n1')])
      expect((await importTable(dropped, 't')).table).toEqual(table)
  })
})
