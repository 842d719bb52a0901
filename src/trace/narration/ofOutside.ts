import { checkpointWords } from '../../i18n/narrationCheckpoints'
import type { TraceKindName } from '../kinds'
import { pairOf } from '../checkpoints/payloads'
import { bytes, checkpointOfTask, duration } from './ofCheckpoints'
import type { Tell } from './ofCluster'
import type { Part } from './sentence'
import type { Case, Teller } from './teller'

const MOVES = [
  'TransactionMoved.begun',
  'TransactionMoved.preCommitted',
  'TransactionMoved.committed',
  'TransactionMoved.aborted',
  'TransactionMoved.recovered',
  'TransactionMoved.recoveredAborted',
  'TransactionMoved.failed',
] as const satisfies readonly Case[]
const ABORTS = ['ExternalAborted.owner', 'ExternalAborted.timeout', 'ExternalAborted.fenced'] as const satisfies readonly Case[]
const SYSTEMS = ['ExternalNamed.table', 'ExternalNamed.topic', 'ExternalNamed.directory'] as const satisfies readonly Case[]

/** An outside system, by the name that it said it had. */
function system(number: number, tell: Teller): Part {
  const named = tell.log.names.systemAt(number)
  return { text: named < 0 ? tell.word(checkpointWords.system, { number: String(number) }) : tell.log.at(named).text() }
}

const path = (text: string): Part => ({ text, tone: 'value' })

/** A task at one of its job edges: as receiver (its gate), or as sender. */
function atEdge(edge: number, process: number, tell: Teller): Part {
  const vertex = tell.log.names.vertexOf(process)
  if (vertex >= 0) return tell.subtask(vertex)
  return { text: tell.header.executionGraph.job.edges[edge] === undefined ? `edge ${edge}` : tell.process(process).text }
}

/** What happens to state in memory and in files, to transactions, in outside systems, and to buffers that wait. */
export const OUTSIDE_NARRATION = {
  StateRestored: (event, tell) =>
    tell.say('StateRestored', {
      operator: tell.operator(event),
      checkpoint: checkpointOfTask(event.b, event, tell),
      entries: tell.plain(event.c),
      bytes: bytes(event.d),
    }),
  OffsetRestored: (event, tell) =>
    tell.say('OffsetRestored', {
      operator: tell.operator(event),
      partition: tell.partition(event.a, event.b),
      offset: tell.plain(event.c),
    }),
  StateHeld: (event, tell) =>
    tell.say(event.d > 0 ? 'StateHeld.bytes' : 'StateHeld', {
      operator: tell.operator(event),
      entries: tell.plain(event.b),
      memory: tell.plain(event.c),
      bytes: bytes(event.d),
    }),
  SstFileWritten: (event, tell) =>
    tell.say(event.c > 0 ? 'SstFileWritten.compaction' : 'SstFileWritten.flush', {
      operator: tell.operator(event),
      file: tell.plain(event.b),
      level: tell.plain(event.c),
      bytes: bytes(event.d),
      entries: tell.plain(event.x),
    }),
  SstFileDropped: (event, tell) => tell.say('SstFileDropped', { operator: tell.operator(event), file: tell.plain(event.b) }),
  MemtableFlushed: (event, tell) =>
    tell.say('MemtableFlushed', { operator: tell.operator(event), bytes: bytes(event.b), entries: tell.plain(event.c) }),

  TransactionMoved: (event, tell) =>
    tell.say(MOVES[event.c] ?? MOVES[0], {
      operator: tell.operator(event),
      // A sink knows its transaction by name, and no more than that of others' numbers.
      transaction: event.b >= 0 ? tell.plain(event.b) : { text: event.text(), tone: 'value' },
      checkpoint: checkpointOfTask(event.d, event, tell),
    }),

  ExternalWrote: (event, tell) => {
    const [key, value] = pairOf(event)
    const within = event.b >= 0
    const keyed = key === null || key === undefined
    const which = keyed
      ? within
        ? 'ExternalWrote.transaction'
        : 'ExternalWrote'
      : within
        ? 'ExternalWrote.key.transaction'
        : 'ExternalWrote.key'
    const record = event.d >= 0 ? { selection: { kind: 'record', origin: event.x, number: event.d } as const } : {}
    return tell.say(which, {
      system: system(event.a, tell),
      value: { ...tell.value(value), ...record },
      key: tell.value(key),
      transaction: tell.plain(event.b),
    })
  },
  ExternalTransaction: (event, tell) =>
    tell.say(event.c === 1 ? 'ExternalTransaction.preCommitted' : event.x > 0 ? 'ExternalTransaction.timeout' : 'ExternalTransaction', {
      system: system(event.a, tell),
      transaction: tell.plain(event.b),
      name: { text: event.text(), tone: 'value' },
      span: tell.span(event.x),
    }),
  ExternalCommitted: (event, tell) =>
    tell.say(event.c === 1 ? 'ExternalCommitted.again' : 'ExternalCommitted', {
      system: system(event.a, tell),
      transaction: tell.plain(event.b),
    }),
  ExternalAborted: (event, tell) =>
    tell.say(ABORTS[event.c] ?? ABORTS[0], { system: system(event.a, tell), transaction: tell.plain(event.b) }),
  ExternalNamed: (event, tell) => tell.say(SYSTEMS[event.b] ?? SYSTEMS[0], { name: { text: event.text(), tone: 'value' } }),
  FileWritten: (event, tell) =>
    tell.say(event.b === 1 ? 'FileWritten.shared' : event.b === 2 ? 'FileWritten.metadata' : 'FileWritten', {
      path: path(event.text()),
      bytes: bytes(event.a),
    }),
  FileDeleted: (event, tell) => tell.say('FileDeleted', { path: path(event.text()), bytes: bytes(event.a) }),
  FileFailed: (event, tell) => {
    const write = event.a === 0
    const which =
      event.b === 2
        ? 'FileFailed.missing'
        : !write
          ? 'FileFailed.read'
          : event.b === 0
            ? 'FileFailed.write.full'
            : 'FileFailed.write.failing'
    return tell.say(which, { path: path(event.text()) })
  },

  PoolUsage: (event, tell) =>
    tell.say(event.a === 0 ? 'PoolUsage.out' : 'PoolUsage.in', {
      task: atEdge(event.b, event.process, tell),
      used: tell.plain(event.c),
      size: tell.plain(event.d),
    }),
  QueueLength: (event, tell) =>
    tell.say(event.b === 0 ? 'QueueLength.sender' : 'QueueLength.receiver', {
      from: { ...tell.sender(event.a), selection: { kind: 'channel', channel: event.a } },
      task: tell.receiver(event.a),
      buffers: tell.plain(event.c),
      bytes: bytes(event.d),
    }),
  BufferSize: (event, tell) =>
    tell.say('BufferSize', { task: atEdge(event.a, event.process, tell), bytes: bytes(event.b), span: duration(event.x * 1000) }),
  FaultStruck: (event, tell) =>
    tell.say(event.b >= 0 ? 'FaultStruck.task' : 'FaultStruck', { task: tell.subtask(event.b), what: tell.reason(event.text()) }),
} as const satisfies Partial<Readonly<Record<TraceKindName, Tell>>>
