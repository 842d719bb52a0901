import { loop, rxjs } from './baselines'
import { pipeline, type Measured } from './job'
import { checkpointedJob } from './checkpoints'
import { benchDrag } from './drag'
import { benchDragPage } from './dragPage'
import { benchPage } from './page'
import { benchPlan } from './plan'
import { benchSeek } from './seek'
import { benchRecovery } from './recovery'
import { slidingJob, slidingLoop } from './windows'

/** One JSON object a line: `npm run bench -- [NAME…]`. Ratios are of runs side by side in this process. */
const say = (line: Record<string, unknown>): void => console.log(JSON.stringify(line))
const seconds = async (run: () => unknown): Promise<number> => {
  const started = performance.now()
  await run()
  return (performance.now() - started) / 1000
}
interface Took {
  /** Seconds. */
  readonly wall: number
  /** Seconds of the processor, of all threads, the compiler's and the collector's among them: whoever else is busy on the machine. */
  readonly processor: number
}
async function took(run: () => unknown): Promise<Took> {
  const before = process.cpuUsage()
  const wall = await seconds(run)
  const { user, system } = process.cpuUsage(before)
  return { wall, processor: (user + system) / 1e6 }
}
const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!
const rounded = (value: number): number => Number(value.toPrecision(3))

async function pipelines(): Promise<void> {
  const perRecord: Record<string, number[]> = { off: [], traced: [] }
  for (const records of [200_000, 1_000_000]) {
    const times: Record<string, number[]> = { loop: [], rxjs: [], off: [], traced: [] }
    let traced: Measured | null = null
    // In turn, so that a drift of the machine's speed meets all alike; the first round warms up.
    for (let round = 0; round < 4; round++) {
      const one: Record<string, number> = {
        loop: await seconds(() => loop(records)),
        rxjs: await seconds(() => rxjs(records)),
        off: (await pipeline(records, false)).seconds,
        traced: (traced = await pipeline(records, true)).seconds,
      }
      if (round > 0) for (const name of Object.keys(times)) times[name]!.push(one[name]!)
    }
    const expected = loop(records)
    if (traced!.results !== expected) throw new Error(`${traced!.results} results, not ${expected}`)
    const rate = (name: string): number => records / median(times[name]!)
    perRecord.off!.push(1 / rate('off'))
    perRecord.traced!.push(1 / rate('traced'))
    say({
      bench: 'pipeline',
      records,
      recordsPerSecond: {
        loop: Math.round(rate('loop')),
        rxjs: Math.round(rate('rxjs')),
        traceOff: Math.round(rate('off')),
        traced: Math.round(rate('traced')),
      },
      ratios: {
        traceOffToRxjs: rounded(rate('off') / rate('rxjs')),
        tracedToRxjs: rounded(rate('traced') / rate('rxjs')),
        loopToTraceOff: rounded(rate('loop') / rate('off')),
      },
      eventsPerRecord: rounded(traced!.events / records),
      bytesPerEvent: rounded(traced!.bytesPerEvent),
    })
  }
  say({
    bench: 'pipeline-scaling',
    costPerRecordLargeToSmall: {
      traceOff: rounded(perRecord.off![1]! / perRecord.off![0]!),
      traced: rounded(perRecord.traced![1]! / perRecord.traced![0]!),
    },
  })
}

/** A million records through sliding windows, ten panes each. */
async function windows(): Promise<void> {
  const records = 1_000_000
  const times = { loop: [] as Took[], job: [] as Took[] }
  let results = 0
  for (let round = 0; round < 6; round++) {
    const loopTook = await took(() => slidingLoop(records))
    const jobTook = await took(async () => (results = await slidingJob(records)))
    if (round === 0) continue
    times.loop.push(loopTook)
    times.job.push(jobTook)
  }
  const expected = slidingLoop(records)
  if (results !== expected) throw new Error(`${results} sums, not ${expected}`)
  const of = (clock: keyof Took) => {
    const [loopTime, jobTime] = [median(times.loop.map((one) => one[clock])), median(times.job.map((one) => one[clock]))]
    return { seconds: { loop: rounded(loopTime), traceOff: rounded(jobTime) }, ratio: rounded(jobTime / loopTime) }
  }
  say({ bench: 'windows', records, panes: 10, ...of('wall'), processor: of('processor') })
}

/** 100,000 keys, a checkpoint each virtual second against none: side by side, by the processor's time and the clock's. */
async function checkpoints(): Promise<void> {
  const records = 2_000_000
  /** Bytes at each access take their time. */
  const recordsInRocksDb = 150_000
  const hashmap = { 'state.backend.type': 'hashmap' }
  const rocksdb = { 'state.backend.type': 'rocksdb' }
  const setups = {
    objectsNone: () => checkpointedJob(records, null),
    objects: () => checkpointedJob(records, hashmap),
    numbersNone: () => checkpointedJob(records, null, 'numbers'),
    numbers: () => checkpointedJob(records, hashmap, 'numbers'),
    // What RocksDB itself costs is no checkpoint's fault.
    rocksdbNone: () => checkpointedJob(recordsInRocksDb, { ...rocksdb, 'execution.checkpointing.interval': '1 d' }),
    rocksdb: () => checkpointedJob(recordsInRocksDb, rocksdb),
    rocksdbIncremental: () => checkpointedJob(recordsInRocksDb, { ...rocksdb, 'execution.checkpointing.incremental': 'true' }),
  }
  const times = new Map<string, Took[]>()
  const completed: Record<string, number> = {}
  for (let round = 0; round < 8; round++) {
    for (const [name, run] of Object.entries(setups)) {
      const one = await took(async () => (completed[name] = (await run()).completed))
      if (round > 1) times.set(name, [...(times.get(name) ?? []), one])
    }
  }
  const of = (name: string, clock: keyof Took): number => median(times.get(name)!.map((one) => one[clock]))
  const more = (name: string, base: string) => ({
    completed: completed[name],
    ratio: rounded(of(name, 'wall') / of(base, 'wall')),
    processor: rounded(of(name, 'processor') / of(base, 'processor')),
  })
  say({
    bench: 'checkpoints',
    records: { hashmap: records, rocksdb: recordsInRocksDb },
    keys: 100_000,
    secondsWithout: {
      objects: rounded(of('objectsNone', 'wall')),
      numbers: rounded(of('numbersNone', 'wall')),
      rocksdb: rounded(of('rocksdbNone', 'wall')),
    },
    hashmap: { objects: more('objects', 'objectsNone'), numbers: more('numbers', 'numbersNone') },
    rocksdb: more('rocksdb', 'rocksdbNone'),
    rocksdbIncremental: more('rocksdbIncremental', 'rocksdbNone'),
  })
}

const BENCHES: Readonly<Record<string, () => Promise<void>>> = {
  pipeline: pipelines,
  windows,
  checkpoints,
  plan: async () => say({ bench: 'plan', ...benchPlan() }),
  seek: async () => say({ bench: 'seek', ...benchSeek() }),
  drag: async () => say({ bench: 'drag', ...(await benchDrag()) }),
  'drag-page': async () => say({ bench: 'drag-page', ...(await benchDragPage()) }),
  recovery: async () => say({ bench: 'recovery', ...(await benchRecovery()) }),
  page: async () => say({ bench: 'page', ...(await benchPage()) }),
}

const names = process.argv.slice(2)
for (const name of names) {
  if (name in BENCHES) continue
  console.error(`No bench "${name}". There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}
for (const name of names.length > 0 ? names : Object.keys(BENCHES)) await BENCHES[name]!()
