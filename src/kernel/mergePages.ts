import type { EventPage } from '../core/page'
import { newPage } from './newPage'

/** One page out of the pages of several threads for the same window; no process may appear in two of them. */
export function mergePages(pages: readonly EventPage[]): EventPage | null {
  if (pages.length < 2) return pages[0] ?? null
  let count = 0
  let bytes = 0
  for (const page of pages) {
    count += page.count
    bytes += page.payload.length
  }
  const merged = newPage(count, bytes)
  const blocks = order(pages)
  gather(pages, blocks, merged, 'time')
  gather(pages, blocks, merged, 'x')
  gather(pages, blocks, merged, 'process')
  gather(pages, blocks, merged, 'a')
  gather(pages, blocks, merged, 'b')
  gather(pages, blocks, merged, 'c')
  gather(pages, blocks, merged, 'd')
  gather(pages, blocks, merged, 'kind')
  let at = 0
  let end = 0
  for (let i = 0; i < blocks.length; i += 3) {
    const page = pages[blocks[i]!]!
    const start = blocks[i + 1]!
    const stop = start + blocks[i + 2]!
    const from = start === 0 ? 0 : page.payloadEnd[start - 1]!
    const to = page.payloadEnd[stop - 1]!
    for (let event = start; event < stop; event++) merged.payloadEnd[at++] = page.payloadEnd[event]! - from + end
    for (let byte = from; byte < to; byte++) merged.payload[end++] = page.payload[byte]!
  }
  return merged
}

/** The merged order as triples (page, first event, length). */
function order(pages: readonly EventPage[]): number[] {
  const blocks: number[] = []
  const heads = new Int32Array(pages.length)
  for (;;) {
    const first = earliest(pages, heads, -1)
    if (first < 0) return blocks
    const second = earliest(pages, heads, first)
    const { count, time, process } = pages[first]!
    const start = heads[first]!
    let stop = start + 1
    if (second < 0) stop = count
    else {
      const other = pages[second]!
      const otherTime = other.time[heads[second]!]!
      const otherProcess = other.process[heads[second]!]!
      while (stop < count && (time[stop]! < otherTime || (time[stop]! === otherTime && process[stop]! < otherProcess))) stop++
    }
    blocks.push(first, start, stop - start)
    heads[first] = stop
  }
}

/** Which page has the earliest unmerged event, `except` left aside; −1: none. */
function earliest(pages: readonly EventPage[], heads: Int32Array, except: number): number {
  let best = -1
  let bestTime = Infinity
  let bestProcess = 0
  for (let i = 0; i < pages.length; i++) {
    const head = heads[i]!
    const page = pages[i]!
    if (i === except || head === page.count) continue
    const time = page.time[head]!
    const process = page.process[head]!
    if (best < 0 || time < bestTime || (time === bestTime && process < bestProcess)) {
      best = i
      bestTime = time
      bestProcess = process
    }
  }
  return best
}

type FixedColumn = 'time' | 'x' | 'process' | 'a' | 'b' | 'c' | 'd' | 'kind'

function gather(pages: readonly EventPage[], blocks: readonly number[], merged: EventPage, name: FixedColumn): void {
  const to = merged[name]
  let at = 0
  for (let i = 0; i < blocks.length; i += 3) {
    const from = pages[blocks[i]!]![name]
    const start = blocks[i + 1]!
    const stop = start + blocks[i + 2]!
    for (let event = start; event < stop; event++) to[at++] = from[event]!
  }
}
