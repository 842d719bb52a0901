import { expect, test } from 'vitest'
import { addressOf } from '../../kernel/types'
import type { Message } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import { LoneContext } from '../testing'
import { MemoryFileStore } from './fileStore'
import { FileSystemProcess, type FileSystemSpec } from './fileSystem'
import { FileKind, type FileAnswer, type FileRequest } from './messages'

const DISK = { at: 0, latency: 5, bandwidth: 100, capacity: null, failing: false }
const NAMES = Object.fromEntries(Object.entries(TraceKind).map(([name, kind]) => [kind, name]))

type Asked<R> = R extends unknown ? Omit<R, 'id'> : never

/** A disk with 5 ms of latency and 100 bytes a ms; what it does, with the ms at which it does it. */
function disk(spec: Partial<FileSystemSpec> = {}) {
  const context = new LoneContext(addressOf(9, 1))
  const system = new FileSystemProcess({ disk: [DISK], files: [], tracing: true, ...spec }, new MemoryFileStore())
  let id = 0
  const handle = (message: Message): void => system.handle(message, addressOf(1, 0), context)
  const ms = (micros: number): string => `${micros / 1000}`
  const word = ({ error, bytes, paths }: FileAnswer): string =>
    error?.code ?? (bytes !== undefined ? `${bytes.length} bytes` : paths !== undefined ? `[${paths.join(' ')}]` : 'done')
  return {
    ask: (request: Asked<FileRequest>) => handle({ id: id++, ...request } as unknown as Message),
    write: (path: string, size: number) => {
      const request: FileRequest = { type: 'write-file', id: id++, path, bytes: new Uint8Array(size), kind: FileKind.Checkpoint }
      handle(request)
    },
    at: (time: number) => (context.now = (time * 1000) as never),
    /** Lets all that is under way come to its end, and says what was answered and told. */
    run: (): string => {
      const said: string[] = []
      for (;;) {
        context.own.sort((a, b) => a.at - b.at)
        const next = context.own.shift()
        if (next === undefined) break
        context.now = next.at as never
        handle(next.message)
        for (const { message } of context.takeSent()) said.push(`${word(message as FileAnswer)}@${ms(context.now)}`)
      }
      const told = context.emitted.splice(0).map(({ kind, a, b, c, text }) => `${NAMES[kind]}(${text} ${[a, b, c].join(',')})`)
      return [...said, ...told].join(' ')
    },
  }
}

test('a write takes latency and bandwidth, is there whole at its end, and comes back', () => {
  const { write, ask, run } = disk()
  write('file:///c/chk-1/a', 1000)
  ask({ type: 'list-files', prefix: '/c/' })
  expect(run()).toBe('[]@5 done@15 FileWritten(file:///c/chk-1/a 1000,0,1000)')
  ask({ type: 'read-file', path: '/c/chk-1/a' })
  ask({ type: 'list-files', prefix: '/c/' })
  expect(run()).toBe('[file:///c/chk-1/a]@20 1000 bytes@30')
  ask({ type: 'read-file', path: '/c/chk-1/b' })
  expect(run()).toBe('not-found@35 FileFailed(/c/chk-1/b 1,2,0)')
})

test('a full disk is full for who begins to write; what is deleted makes room', () => {
  const { write, ask, run } = disk({ disk: [{ ...DISK, capacity: 1000 }] })
  write('/a', 600)
  write('/b', 600)
  expect(run()).toBe('full@5 done@11 FileFailed(/b 0,0,0) FileWritten(/a 600,0,600)')
  ask({ type: 'delete-file', path: '/a' })
  write('/b', 600)
  expect(run()).toBe('done@22 FileDeleted(/a 600,0,0) FileWritten(/b 600,0,600)')
})

test('settings of the moment: slower from 100 ms on, failing from 200 ms on', () => {
  const { write, at, run } = disk({ disk: [DISK, { ...DISK, at: 100_000, bandwidth: 10 }, { ...DISK, at: 200_000, failing: true }] })
  at(100)
  write('/a', 1000)
  expect(run()).toContain('done@205')
  write('/b', 1)
  expect(run()).toBe('failing@210 FileFailed(/b 0,1,0)')
})

test('rename moves at once and overwrites nothing; directories go as a whole; paths have one spelling', () => {
  const { write, ask, run } = disk({ files: [{ path: 's3://bucket/old/_metadata', size: 7, bytes: new Uint8Array(7) }] })
  write('/out/.part-0.inprogress', 10)
  write('/out/part-1', 10)
  run()
  ask({ type: 'rename-file', from: '/out/.part-0.inprogress', to: '/out/part-0' })
  ask({ type: 'rename-file', from: '/out/part-0', to: '/out/part-1' })
  write('file:/out//part-0', 1)
  expect(run()).toBe(
    [
      'done@10.1 exists@10.1 exists@10.1',
      'FileDeleted(/out/.part-0.inprogress 10,0,0) FileWritten(/out/part-0 10,0,-1) FileFailed(/out/part-0 0,3,0) FileFailed(file:/out//part-0 0,3,0)',
    ].join(' '),
  )
  ask({ type: 'read-file', path: 's3://bucket/old/_metadata' })
  ask({ type: 'delete-file', path: '/out/' })
  ask({ type: 'list-files', prefix: '/' })
  expect(run()).toContain('[]@')
})
