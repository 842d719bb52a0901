import type { ExecutionGraph, JobVertex } from '../../graph/types'
import { murmurHash } from '../../core/keygroups'
import { javaHashCode, keyTypeOf, mapKeyOf, type KeyType } from '../../core/values'
import { IntColumn } from '../../trace/columns'
import { grown } from '../../trace/graphs'
import { TraceKind } from '../../trace/kinds'
import type { Fold, TraceEvent, TraceHeader } from '../../trace/types'
import { isAlive } from '../../graph/executionGraph'
import type { KeyTable } from './table'

/** All keys that were ever announced, numbered in that order: every state of a run shares one of these. */
class KeyBook {
  readonly values: unknown[] = []
  readonly types: KeyType[] = []
  readonly hashes: number[] = []
  readonly murmurs: number[] = []
  private readonly numbers = new Map<unknown, number>()
  /** By process and the number there: the number here, plus 1. */
  private readonly ofProcess = new Map<number, IntColumn>()
  /** Last event taken in. */
  private event = -1

  learn(event: TraceEvent): void {
    if (event.index <= this.event || event.b < 0 || event.b > 2 * event.index + 1024) return
    this.event = event.index
    const value = event.value()
    const identity = mapKeyOf(value)
    let number = this.numbers.get(identity)
    if (number === undefined) {
      number = this.values.length
      this.numbers.set(identity, number)
      this.values.push(value)
      this.types.push(typeOf(value, event.d))
      this.hashes.push(event.d)
      this.murmurs.push(murmurHash(event.d))
    }
    let column = this.ofProcess.get(event.process)
    if (column === undefined) this.ofProcess.set(event.process, (column = new IntColumn()))
    column.put(event.b, number + 1)
  }

  /** −1 for a key that nobody announced. */
  numberOf(process: number, key: number): number {
    return (this.ofProcess.get(process)?.get(key) ?? 0) - 1
  }
}

/** Java's type of a key: what `keyBy` would take it for, or, where the program said another number type, the first that has this hash. */
export function typeOf(value: unknown, hash: number): KeyType {
  const guessed = keyTypeOf(value)
  if (typeof value !== 'number' || javaHashCode(value, guessed) === hash) return guessed
  return (['Long', 'Double', 'Float'] as const).find((type) => javaHashCode(value, type) === hash) ?? guessed
}

/** How many records of each key each keyed task was sent, up to a moment. */
export interface KeysState {
  graph: ExecutionGraph
  readonly book: KeyBook
  /** By job vertex, then by the book's number of a key. */
  readonly counts: Map<number, Int32Array>
}

export const keysFold: Fold<KeysState> = {
  init: (header) => ({ graph: header.executionGraph, book: new KeyBook(), counts: new Map() }),
  apply(state, event) {
    switch (event.kind) {
      case TraceKind.KeySeen:
        state.book.learn(event)
        break
      case TraceKind.RecordOut:
        if (event.d >= 0) count(state, event)
        break
      case TraceKind.ExecutionGraphCreated:
        state.graph = grown(state.graph, event)
        break
    }
  },
  clone: ({ graph, book, counts }) => ({ graph, book, counts: new Map([...counts].map(([vertex, column]) => [vertex, column.slice()])) }),
  size: ({ counts }) => [...counts.values()].reduce((sum, column) => sum + column.byteLength + 64, 128),
}

function count({ graph, book, counts }: KeysState, event: TraceEvent): void {
  const number = book.numberOf(event.process, event.d)
  const channel = graph.channels[event.a]
  if (number < 0 || channel === undefined) return
  const vertex = graph.job.edges[channel.edge]!.toVertex
  let column = counts.get(vertex)
  if (column === undefined || number >= column.length) {
    const wider = new Int32Array(Math.max(16, 2 * number))
    if (column !== undefined) wider.set(column)
    counts.set(vertex, (column = wider))
  }
  column[number]!++
}

/** The keys that a task was sent, with their records. */
export function keysOfTask({ book, counts }: KeysState, vertex: number): KeyTable {
  const column = counts.get(vertex) ?? new Int32Array(0)
  let size = 0
  for (const records of column) if (records > 0) size++
  const values: unknown[] = []
  const types: KeyType[] = []
  const hashes = new Int32Array(size)
  const murmurs = new Int32Array(size)
  const amounts = new Float64Array(size)
  let total = 0
  for (let number = 0; number < column.length; number++) {
    const records = column[number]!
    if (records === 0) continue
    const key = values.length
    values.push(book.values[number])
    types.push(book.types[number]!)
    hashes[key] = book.hashes[number]!
    murmurs[key] = book.murmurs[number]!
    amounts[key] = records
    total += records
  }
  return { size, values, types, hashes, murmurs, records: amounts, total }
}

/** Tasks to which records go by their keys, in order. */
export function keyedTasks({ executionGraph: { job } }: TraceHeader): readonly JobVertex[] {
  const keyed = new Set(job.edges.filter(({ partitioner }) => partitioner.name === 'HASH').map(({ toVertex }) => toVertex))
  return job.vertices.filter(({ index }) => keyed.has(index))
}

/** How many subtasks a task has at the moment: an adaptive scheduler may give it others than the program asked for. */
export const parallelismNow = ({ graph }: KeysState, vertex: number): number =>
  graph.vertices.find((one) => one.vertex === vertex && isAlive(graph, one))?.parallelism ?? graph.job.vertices[vertex]!.parallelism
