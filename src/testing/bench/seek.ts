import { clusterFold } from '../../trace/cluster/fold'
import { FoldRunner, KEYFRAME_BYTES, KeyframeBudget } from '../../trace/fold'
import { TraceLog } from '../../trace/log'
import { timeFold } from '../../trace/time/fold'
import { inspectorFold } from '../../views/inspector/fold'
import { resultsFold } from '../../views/results/fold'
import { timelineFold } from '../../views/timeline/fold'
import { flightsHeader, longTrace } from '../traceBuilder'

export interface SeekBench {
  readonly events: number
  /** All in all: columns, payloads, names, hashes. */
  readonly bytesPerEvent: number
  readonly appendNsPerEvent: number
  /** The graph alone, ms. */
  readonly graphP50: number
  readonly graphP95: number
  readonly graphMax: number
  /** Graph, results, inspector and time one after the other: what a page with all of them open does. */
  readonly allP50: number
  readonly allP95: number
  readonly allMax: number
  readonly keyframes: number
  readonly keyframeBytes: number
  readonly keyframeLimit: number
  /** Of the graph's fold, going forward. */
  readonly foldNsPerEvent: number
}

const quantile = (sorted: readonly number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))]!

/** Seeks to random events of a long trace, through the real log and the real folds. */
export function benchSeek(events = 1_000_000, seeks = 400, seed = 11): SeekBench {
  const log = new TraceLog()
  const header = flightsHeader()
  let append = 0
  for (const page of longTrace(events, seed)) {
    const before = performance.now()
    log.append(page)
    append += performance.now() - before
  }
  const budget = new KeyframeBudget()
  const graph = new FoldRunner(clusterFold, header, log, budget)
  const others = [
    new FoldRunner(resultsFold, header, log, budget),
    new FoldRunner(inspectorFold, header, log, budget),
    new FoldRunner(timelineFold, header, log, budget),
    new FoldRunner(timeFold, header, log, budget),
  ]
  const start = performance.now()
  graph.advance()
  const folded = performance.now() - start
  for (const runner of others) runner.advance()

  let state = seed
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) % log.length
  const measure = (seek: (event: number) => void): number[] => {
    const times: number[] = []
    for (let i = 0; i < seeks; i++) {
      const event = random()
      const before = performance.now()
      seek(event)
      times.push(performance.now() - before)
    }
    return times.sort((one, other) => one - other)
  }
  const alone = measure((event) => graph.seek(event))
  const all = measure((event) => {
    graph.seek(event)
    for (const runner of others) runner.seek(event)
  })
  return {
    events: log.length,
    bytesPerEvent: log.bytes / log.length,
    appendNsPerEvent: (append * 1e6) / log.length,
    graphP50: quantile(alone, 0.5),
    graphP95: quantile(alone, 0.95),
    graphMax: alone[alone.length - 1]!,
    allP50: quantile(all, 0.5),
    allP95: quantile(all, 0.95),
    allMax: all[all.length - 1]!,
    keyframes: graph.keyframeCount,
    keyframeBytes: budget.bytes,
    keyframeLimit: KEYFRAME_BYTES,
    foldNsPerEvent: (folded * 1e6) / log.length,
  }
}
