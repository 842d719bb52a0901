import { join } from 'node:path'
import { compile } from '../../client/compile'
import { startOnOneThread } from '../../minicluster/node'
import type { StartRun } from '../../minicluster/types'
import { moveEvent } from '../../scenario/eventEdits'
import { appDataFrom } from '../../scenario/node'
import { resolveTopics } from '../../scenario/topics'
import type { Scenario } from '../../scenario/types'
import { runBeside } from '../../session/beside'
import { readLesson } from '../../session/lessons/node'
import { Materials } from '../../session/materials'
import { clusterFold } from '../../trace/cluster/fold'
import { FoldRunner } from '../../trace/fold'
import { timeFold } from '../../trace/time/fold'
import { inspectorFold } from '../../views/inspector/fold'
import { timelineFold } from '../../views/timeline/fold'

export interface DragBench {
  readonly records: number
  readonly events: number
  /** ms from a move of the hand to the state that a picture of the end of the run is drawn from. */
  readonly p50: number
  readonly p95: number
  /** Median of the processor's time in all threads, ms: what it takes whoever else is busy on the machine. */
  readonly cpu: number
  /** Medians of its parts, ms: the topic is read, the cluster planned and set up, simulated and its trace brought over, folded. */
  readonly parts: { readonly topic: number; readonly start: number; readonly simulate: number; readonly fold: number }
}

const quantile = (numbers: readonly number[], q: number): number =>
  [...numbers].sort((a, b) => a - b)[Math.min(numbers.length - 1, Math.floor(q * numbers.length))]!
const rounded = (ms: number): number => Number(ms.toFixed(1))

/** A lesson's 2,000 flights at parallelism 2: an event is dragged, and all of the run is made again beside the one on screen, as on the page. */
export async function benchDrag(moves = 60): Promise<DragBench> {
  const root = process.env.TIDEMARK_ROOT ?? '.'
  const { scenario } = readLesson(join(root, 'lessons'), '02-time/06-watermarks', {
    facts: {},
    predictions: {},
    checks: [],
    startFails: [],
  })

  const onThread = startOnOneThread()
  const times = {
    topic: [] as number[],
    start: [] as number[],
    simulate: [] as number[],
    fold: [] as number[],
    whole: [] as number[],
    cpu: [] as number[],
  }
  let began = 0
  let started = 0
  const startBeside: StartRun = async (request) => {
    times.topic.push(performance.now() - began)
    const before = performance.now()
    const run = await onThread(request)
    started = performance.now()
    times.start.push(started - before)
    return run
  }
  const services = {
    compile: async (text: string) => compile(text),
    resolveTopics: (of: Scenario) => resolveTopics(of, appDataFrom(join(root, 'public'))),
    readPlan: () => Promise.reject(new Error('no plan here')),
    startRun: startBeside,
  }
  const materials = new Materials(services)
  const [flights] = await materials.resolved(scenario)
  const row = flights!.partitions[0]![400]!
  let events = 0
  for (let move = 0; move < moves; move++) {
    began = performance.now()
    const cpu = process.cpuUsage()
    const changed = moveEvent(scenario, flights!, row.row, {
      eventTime: row.timestamp! - move * 60_000,
      arrival: row.arrival + move * 1000,
    })
    await runBeside(changed, services, materials, {
      need: Number.MAX_SAFE_INTEGER / 4,
      wanted: () => true,
      signal: new AbortController().signal,
      onGrown: () => {},
      onReady: ({ header, log }) => {
        const before = performance.now()
        times.simulate.push(before - started)
        for (const fold of [clusterFold, timelineFold, inspectorFold, timeFold])
          new FoldRunner(fold as typeof clusterFold, header, log).seek(log.length - 1)
        times.fold.push(performance.now() - before)
        times.whole.push(performance.now() - began)
        const { user, system } = process.cpuUsage(cpu)
        times.cpu.push((user + system) / 1000)
        events = log.length
      },
    })
  }
  // The first ones warm up.
  const warm = (all: readonly number[]): readonly number[] => all.slice(Math.floor(moves / 6))
  const median = (all: readonly number[]): number => rounded(quantile(warm(all), 0.5))
  return {
    records: flights!.partitions.reduce((sum, { length }) => sum + length, 0),
    events,
    p50: rounded(quantile(warm(times.whole), 0.5)),
    p95: rounded(quantile(warm(times.whole), 0.95)),
    cpu: rounded(quantile(warm(times.cpu), 0.5)),
    parts: { topic: median(times.topic), start: median(times.start), simulate: median(times.simulate), fold: median(times.fold) },
  }
}
