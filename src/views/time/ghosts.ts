import { arrivalsAfter } from '../../scenario/arrivals'
import type { Intervention, ResolvedTopic } from '../../scenario/types'
import type { KeyLook } from '../../trace/looks'
import type { TraceLog } from '../../trace/log'
import type { TimeState } from '../../trace/time/state'
import type { TraceHeader } from '../../trace/types'
import type { SourceRow } from './hands'
import { NO_KEY, recordKeys } from './looks'
import { topicOf, type Place } from './places'

/** A record that is still to come: what the topic holds behind what was read. */
export interface Ghost extends SourceRow {
  /** Virtual µs at which it can be read. */
  readonly x: number
  readonly y: number
  readonly look: KeyLook
}

const MOST_GHOSTS = 4000

/** Sources whose records come to a place. */
export function sourcesOf(header: TraceHeader, place: Place): readonly number[] {
  const { nodes, edges } = header.streamGraph
  if (place.kind === 'source' || place.kind === 'partition') return [place.node]
  const seen = new Set(header.executionGraph.job.vertices[place.vertex]?.chain.map(({ node }) => node))
  const open = [...seen]
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const { from, to } of edges)
      if (to === node && !seen.has(from)) {
        seen.add(from)
        open.push(from)
      }
  return nodes.filter(({ id, role }) => role === 'source' && seen.has(id)).map(({ id }) => id)
}

/** What is still to come at the moment `now` to a place, between virtual µs `from` and `to`. */
export function ghostsAt(
  header: TraceHeader,
  log: TraceLog,
  state: TimeState,
  topics: readonly ResolvedTopic[],
  interventions: readonly Intervention[],
  place: Place,
  { now, from, to }: { now: number; from: number; to: number },
): readonly Ghost[] {
  const ghosts: Ghost[] = []
  const keys = recordKeys(header, log)
  for (const node of sourcesOf(header, place)) {
    const source = header.streamGraph.nodes.find(({ id }) => id === node)
    const topic = source === undefined ? undefined : topics.find(({ name }) => name === topicOf(source))
    if (topic === undefined) continue
    for (const [partition, records] of topic.partitions.entries()) {
      if (place.kind === 'partition' && place.partition !== partition) continue
      const arrivalOf = arrivalsAfter(interventions, topic.name, partition)
      const read = readOf(log, state, node, partition)
      for (let offset = firstAfter(records, Math.max(from, 0), read.next); offset < records.length; offset++) {
        const record = records[offset]!
        if (record.timestamp === null) continue
        const x = arrivalOf(record.arrival)
        if (x === null) break
        if (record.arrival > to || ghosts.length >= MOST_GHOSTS) break
        if (x < now) continue
        const known = read.eventOf(offset)
        let look = NO_KEY
        if (known >= 0) {
          const event = log.at(known)
          look = keys.look(event.process, event.b, -1)
        }
        ghosts.push({ node, topic, partition, offset, record, x, y: record.timestamp, look })
      }
    }
  }
  return ghosts
}

const firstAfter = (records: readonly { readonly arrival: number }[], from: number, least: number): number => {
  let low = least
  let high = records.length
  // Delays put a record further to the right than its arrival, never to the left; what is left of the picture is left out by whoever draws.
  while (low < high) {
    const middle = (low + high) >>> 1
    if (records[middle]!.arrival < from - 60e6) low = middle + 1
    else high = middle
  }
  return low
}

/** How far a partition was read at the moment, and where what comes then is simulated already. */
function readOf(log: TraceLog, state: TimeState, node: number, partition: number): { next: number; eventOf(offset: number): number } {
  let next = 0
  let ahead: { at(index: number): number; count(upTo: number): number } | null = null
  for (const { attempt } of state.index.nodes.get(node) ?? []) {
    for (const split of attempt.splits) {
      if (split.node !== node || split.partition !== partition) continue
      const last = split.records.last(state.event)
      if (last >= 0) next = Math.max(next, log.at(last).d + 1)
      ahead = split.records
    }
  }
  return {
    next,
    eventOf(offset) {
      // Without a restart, entry and offset are the same.
      if (ahead === null || ahead.count(log.length - 1) <= offset) return -1
      const event = ahead.at(offset)
      return log.at(event).d === offset ? event : -1
    },
  }
}
