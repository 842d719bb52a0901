import { lettersOf } from '../../components/glyphs/key'
import { EventList, IntColumn } from '../../trace/columns'
import { graphAt } from '../../trace/graphs'
import { TraceKind } from '../../trace/kinds'
import type { TraceLog } from '../../trace/log'
import { keyLook, type KeyLook } from '../../trace/looks'
import type { TraceEvent, TraceHeader } from '../../trace/types'

/** A record whose key nobody asked for yet. */
export const NO_KEY: KeyLook = { hue: -1, text: '', keyGroup: -1 }

/**
 * Under which key records travel: told by the RecordOut that a keyed edge makes, and looked up by record for all the rest. It reads as much of
 * a log as anyone asked for, once; what is known of a record from later than the moment on screen is its look alone.
 */
class RecordKeys {
  private read = 0
  /** By origin and number: 1 + the first RecordOut with a key. */
  private readonly first = new Map<number, IntColumn>()
  /** By job vertex that it was sent to: where a record was keyed anew. */
  private readonly towards = new Map<number, Map<number, IntColumn>>()
  /** By execution vertex: RecordOut events, of each record the first. */
  private readonly given: EventList[] = []
  private readonly lastGiven = new Map<number, { origin: number; number: number }>()

  constructor(
    private readonly header: TraceHeader,
    private readonly log: TraceLog,
  ) {}

  upTo(event: number): this {
    if (event < this.read) return this
    const reader = this.log.reader().before(this.read)
    const { channels, vertices } = graphAt(this.header, this.log)
    while (reader.index < event && reader.next()) {
      if (reader.kind !== TraceKind.RecordOut) continue
      const { b: number, c: origin } = reader
      this.leaves(reader, channels[reader.a]?.from ?? -1)
      if (reader.d < 0) continue
      const first = columnOf(this.first, origin)
      if (first.get(number) === 0) {
        first.put(number, reader.index + 1)
        continue
      }
      const to = vertices[channels[reader.a]?.to ?? -1]?.vertex ?? -1
      let again = this.towards.get(to)
      if (again === undefined) this.towards.set(to, (again = new Map()))
      const column = columnOf(again, origin)
      if (column.get(number) === 0) column.put(number, reader.index + 1)
    }
    this.read = reader.index + 1
    return this
  }

  /** Records that left an execution vertex, by the RecordOut of each. */
  givenBy(vertex: number): EventList {
    return (this.given[vertex] ??= new EventList())
  }

  /** A record that goes to several channels leaves once. */
  private leaves({ index, process, b: number, c: origin }: TraceEvent, vertex: number): void {
    if (vertex < 0) return
    const last = this.lastGiven.get(process)
    if (last?.origin === origin && last.number === number) return
    if (last === undefined) this.lastGiven.set(process, { origin, number })
    else {
      last.origin = origin
      last.number = number
    }
    this.givenBy(vertex).add(index)
  }

  /** How the record looks on its way to a job vertex. */
  look(origin: number, number: number, vertex: number): KeyLook {
    const again = this.towards.get(vertex)?.get(origin)?.get(number) ?? 0
    const told = again > 0 ? again : (this.first.get(origin)?.get(number) ?? 0)
    if (told === 0) return NO_KEY
    const event = this.log.at(told - 1)
    return keyLook(this.log, event.process, event.d)
  }
}

function columnOf(map: Map<number, IntColumn>, origin: number): IntColumn {
  let column = map.get(origin)
  if (column === undefined) map.set(origin, (column = new IntColumn()))
  return column
}

/** By the log's names: a truncated log has new ones. */
const known = new WeakMap<object, RecordKeys>()

/** Looks of records, told by all that is simulated. */
export function recordKeys(header: TraceHeader, log: TraceLog): RecordKeys {
  let keys = known.get(log.names)
  if (keys === undefined) known.set(log.names, (keys = new RecordKeys(header, log)))
  return keys.upTo(log.length - 1)
}

const letters = new Map<string, string>()
export function lettersFor(text: string): string {
  let found = letters.get(text)
  if (found === undefined) letters.set(text, (found = lettersOf(text)))
  return found
}
