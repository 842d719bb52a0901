import { expect, test } from 'vitest'
import type { Intervention } from '../../scenario/types'
import { runJob } from '../../testing/runJob'
import type { JobRun } from '../../testing/runJob'
import { FoldRunner } from '../fold'
import { TraceKind } from '../kinds'
import { differencesOf } from './differences'
import { rewritesOf, treesOf } from './files'
import { stateFold } from './fold'
import { originOf, writerOf } from './origin'
import { heldAt, operatorsWithState, placesOf, splitsOf, sumsOf } from './places'
import { rowsOf, show } from './rows'
import type { StateState } from './state'

/** Counts by key, and every third record of a key forgets; a value lives for 2 s. */
const PROGRAM = `
import { Duration, KeyedProcessFunction, ListStateDescriptor, LogSource, StateTtlConfig, StreamExecutionEnvironment, ValueStateDescriptor, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
class Count extends KeyedProcessFunction {
  open() {
    this.n = this.getRuntimeContext().getState(new ValueStateDescriptor('n'))
    const last = new ValueStateDescriptor('last')
    last.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofSeconds(2)).build())
    this.last = this.getRuntimeContext().getState(last)
  }
  processElement(row, ctx, out) {
    const n = (this.n.value() ?? 0) + 1
    if (n === 3) this.n.clear()
    else this.n.update(n)
    this.last.update(row.time)
  }
}
let given = 0
let list
const seen = {
  initializeState(ctx) { list = ctx.getOperatorStateStore().getListState(new ListStateDescriptor('given')); for (const n of list.get()) given += n },
  snapshotState() { list.update([given]) },
  map: (v) => (given++, v),
}
env.fromSource(LogSource.topic('input').setBounded(), WatermarkStrategy.noWatermarks(), 'in').setParallelism(1).uid('in')
  .map(seen).setParallelism(1).uid('seen').keyBy((r) => r.key).process(new Count()).uid('count').print()
env.execute('job')`

const run = (backend: string, interventions: readonly Intervention[] = [], more: Record<string, string> = {}) =>
  runJob(PROGRAM, {
    input: 'a@1 b@2 a@3 c@4 b@5 a@6 c@7 d@8 a@9',
    every: 100,
    interventions,
    configuration: {
      'state.backend.type': backend,
      'execution.checkpointing.interval': '250 ms',
      'execution.checkpointing.incremental': 'true',
      'restart-strategy.type': 'fixed-delay',
      'restart-strategy.fixed-delay.delay': '50 ms',
      'heartbeat.interval': '20 ms',
      'heartbeat.timeout': '60 ms',
      ...more,
    },
  })

function look({ header, log }: JobRun) {
  const node = header.streamGraph.nodes.find(({ name }) => name.includes('Process'))!.id
  const runner = new FoldRunner(stateFold, header, log)
  const seek = (event: number): StateState => runner.seek(event)
  const entries = (event: number): string => {
    const state = seek(event)
    const rows = rowsOf(state, log, placesOf(state, node))
    const shown = Array.from({ length: rows.length }, (_, i) => show(state, log, rows.at(i)))
    return shown
      .map(({ key, name, value, restored }) => `${key.text}.${name}=${value}${restored ? '↻' : ''}`)
      .sort()
      .join(' ')
  }
  const eventsOf = (kind: keyof typeof TraceKind): number[] =>
    Array.from({ length: log.length }, (_, event) => event).filter((event) => log.kindAt(event) === TraceKind[kind])
  return { node, seek, entries, eventsOf, log }
}

test.each(['hashmap', 'rocksdb'])(
  'on %s: what is held by key at a moment, with its bytes, its end and whose doing it was',
  async (backend) => {
    const { node, seek, entries, eventsOf, log } = look(await run(backend))
    // a's third record cleared n, its fourth began anew.
    expect(entries(log.length - 1)).toBe('a.last=9 a.n=1 b.last=5 b.n=2 c.last=7 c.n=2 d.last=8 d.n=1')
    const updates = eventsOf('StateUpdated')
    expect(entries(updates[3]!)).toBe('a.last=1 a.n=1 b.last=2 b.n=1')
    const state = seek(log.length - 1)
    expect(operatorsWithState(state).length).toBe(3)
    const places = placesOf(state, node)
    const rows = rowsOf(state, log, places, 'b')
    const shown = show(state, log, rows.at(0))
    expect([rows.length, shown.value, shown.bytes, shown.expires]).toEqual([2, '2', 1, NaN])
    const last = show(state, log, rows.at(1))
    const writer = writerOf(log, last.event)!
    expect(writer.kind).toBe('record')
    expect(last.expires).toBeGreaterThan(0)
    const groups = Array.from({ length: rowsOf(state, log, places).length }, (_, i) => show(state, log, rowsOf(state, log, places).at(i)))
    expect(groups.map(({ place, key }) => place.subtask * 1000 + key.keyGroup)).toEqual(
      [...groups].map(({ place, key }) => place.subtask * 1000 + key.keyGroup).sort((a, b) => a - b),
    )
    expect(places.reduce((sum, place) => sum + sumsOf(state, place).entries, 0)).toBe(8)
  },
)

test.each(['hashmap', 'rocksdb'])(
  'on %s: after a failure the state is that of the checkpoint, and its values keep who wrote them',
  async (backend) => {
    const { node, seek, entries, eventsOf, log } = look(await run(backend, [{ at: 640_000, do: 'kill-task-manager', host: 1 }]))
    const restores = eventsOf('StateRestored').filter((event) => log.at(event).a === node)
    expect(restores.length).toBeGreaterThan(0)
    const completed = eventsOf('CheckpointCompleted').findLast((event) => event < restores[0]!)!
    const begun = eventsOf('CheckpointBegun').filter((event) => event < completed && log.at(event).a === log.at(completed).b)
    // Between the loss and the restore there is nothing where it was lost.
    const back = eventsOf('JobRestored').find((event) => log.at(event).b > 0)!
    expect(placesOf(seek(back), node).map(({ lost }) => lost)).toEqual([true, true])
    expect(entries(back)).toBe('')
    // Both subtasks took their snapshot before the next record came: what came back is what was there.
    const told = eventsOf('StateUpdated').filter((event) => log.at(event).d === 2)
    expect(entries(told.at(-1)!).replaceAll('↻', '')).toBe(entries(begun.at(-1)!))
    const state = seek(told.at(-1)!)
    const rows = rowsOf(state, log, placesOf(state, node))
    for (let i = 0; i < rows.length; i++) {
      const shown = show(state, log, rows.at(i))
      const origin = originOf(state, log, shown)!
      expect([origin.via, log.at(origin.event).d, log.at(origin.event).payload()]).toEqual([
        [log.at(completed).b],
        0,
        log.at(shown.event).payload().slice(),
      ])
    }
    // It is what the checkpoint holds, though other processes took it; at the end it is not.
    const track = state.checkpoints.index.jobs[0]!.byId.get(log.at(completed).b)!
    const places = placesOf(state, node)
    expect(differencesOf(state, log, track, node, places, places)).toEqual([])
    const end = seek(log.length - 1)
    const there = placesOf(end, node)
    const differences = differencesOf(end, log, track, node, there, there).map(({ key, name, what }) => `${key.text}.${name} ${what}`)
    expect(differences).toContain('d.n added')
    expect(differences).not.toContain('b.n changed')
  },
)

test('a source and lists without keys are as their last snapshot says; sources stand where they have read', async () => {
  const { seek, eventsOf, log } = look(await run('hashmap'))
  const begun = eventsOf('StateHeld').filter((event) => log.at(event).c === 0)
  const state = seek(begun.at(-1)!)
  const nodes = operatorsWithState(state)
  const lists = nodes.flatMap((node) =>
    placesOf(state, node).flatMap((place) => heldAt(log, place.state, state.event)?.held.operator ?? []),
  )
  expect(lists).toContainEqual(expect.objectContaining({ name: 'given', mode: 'SPLIT_DISTRIBUTE', items: 1 }))
  const splits = nodes.flatMap((node) => placesOf(state, node).flatMap((place) => splitsOf(state, log, place)))
  expect(splits.map(({ partition }) => partition)).toEqual([0])
  expect(lists.find(({ name }) => name === 'given')!.first).toEqual([String(splits[0]!.offset)])
})

test('files of RocksDB: a flush for each snapshot, compaction after four, shared with the checkpoints that hold them, found again after a failure', async () => {
  const { node, seek, eventsOf, log } = look(
    await run('rocksdb', [{ at: 700_000, do: 'fail-task', vertex: 1, subtask: 0 }], {
      'execution.checkpointing.interval': '60 ms',
      'execution.checkpointing.max-retained-checkpoints': '2',
    }),
  )
  const told = eventsOf('StateHeld').filter((event) => log.at(event).a === node)
  for (const event of told) {
    // The fold has come to the same as what the backend itself says.
    const state = seek(event)
    const place = placesOf(state, node).find(({ attempt }) => attempt.process === log.processAt(event))
    if (place === undefined) continue
    const { tables } = heldAt(log, place.state, event)!.held
    const trees = treesOf(state, log, place)
    for (const { name, files } of tables) {
      const tree = trees.find(({ state: of }) => of === name)!
      expect(tree.levels.flatMap((level) => level.map(({ file }) => file.number)).sort((a, b) => a - b)).toEqual(
        files.map(({ number }) => number).sort((a, b) => a - b),
      )
      expect(tree.memtable.entries).toBe(0)
    }
  }
  const before = seek(eventsOf('FaultStruck')[0]!)
  const rewrites = placesOf(before, node).flatMap((place) => rewritesOf(before, place, 100))
  expect(rewrites.some(({ how, written, dropped }) => how === 'compaction' && written.length > 0 && dropped.length > 1)).toBe(true)
  const state = seek(told.at(-1)!)
  const files = placesOf(state, node).flatMap((place) => treesOf(state, log, place).flatMap(({ levels }) => levels.flat()))
  expect(files.some(({ file }) => file.adopted)).toBe(true)
  expect(files.some(({ checkpoints }) => checkpoints.length > 0)).toBe(true)
})
