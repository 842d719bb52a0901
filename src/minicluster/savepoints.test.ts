import { expect, test } from 'vitest'
import { SNAPSHOT_TYPES } from '../core/checkpoints'
import type { Intervention } from '../scenario/types'
import { JOB_STATUSES } from '../trace/kinds'
import { Disk } from './testDisk'
import { ofKind, problemsOf, sinkLines, testRun } from './testRun'
import type { TestRun } from './testRun'

/** Tells each key's count once it is complete: what was lost shows as nothing, what was read twice as a count too many. */
const counts = (
  uid = 'counts',
  parallelism = 2,
): string => `import { KeyedProcessFunction, StreamExecutionEnvironment, ValueStateDescriptor } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(${parallelism})
env.fromSequence(1, 6000)
  .setParallelism(1)
  .uid('numbers')
  .keyBy((n) => n % 7)
  .process(new (class extends KeyedProcessFunction<number, number, string> {
    open() { this.count = this.getRuntimeContext().getState(new ValueStateDescriptor('count')) }
    processElement(n, ctx, out) {
      const count = (this.count.value() ?? 0) + 1
      this.count.update(count)
      if (n > 5993) out.collect(ctx.getCurrentKey() + ':' + count)
    }
  })())
  .uid('${uid}')
  .print()
  .uid('printed')
env.execute()
`
/** Keys 1 and 6000 % 7 … have one more. */
const EXPECTED = Array.from(
  { length: 7 },
  (_, key) => `${key}:${Array.from({ length: 6000 }, (_, i) => i + 1).filter((n) => n % 7 === key).length}`,
)

const decoder = new TextDecoder()
const textOf = ({ payload }: { readonly payload: Uint8Array }): string => decoder.decode(payload)
const printed = (run: TestRun): string[] =>
  sinkLines(run)
    .map((line) => line.replace(/^\d+> /, ''))
    .sort()
const ends = (run: TestRun): (string | undefined)[] =>
  ofKind(run, 'JobStatus')
    .map(({ a }) => JOB_STATUSES[a])
    .slice(-1)
const asked = (run: TestRun): string[] =>
  ofKind(run, 'SavepointAsked').map((event) => `${SNAPSHOT_TYPES[event.b]} ${event.d} ${textOf(event)}`)
const pathOf = (run: TestRun): string => asked(run).at(-1)!.split(' ')[2]!
const reason = (run: TestRun): string => textOf(ofKind(run, 'JobStatus').at(-1)!)

const at = (ms: number, action: object): Intervention => ({ at: ms * 1000, ...action }) as Intervention
const PERIODIC = { 'execution.checkpointing.interval': '20 ms', 'execution.checkpointing.dir': '/checkpoints', 'parallelism.default': '2' }
const SAVEPOINTS = { 'execution.checkpointing.savepoint-dir': '/savepoints' }

const stopped = (disk: Disk, more: object = {}): Promise<TestRun> =>
  testRun(counts(), {
    files: disk,
    configuration: SAVEPOINTS,
    scenario: { interventions: [at(150, { do: 'stop-with-savepoint', drain: false, ...more })] },
  })
const resumed = (disk: Disk, path: string, program = counts(), more: Record<string, string> = {}): Promise<TestRun> =>
  testRun(program, { files: disk, configuration: { 'execution.state-recovery.path': path, ...more } })

test('stopped with a savepoint and begun from it: nothing lost, nothing twice, with 2, 1, 3 subtasks and from where it was moved to', async () => {
  const disk = new Disk()
  const first = await stopped(disk)
  expect(ends(first)).toEqual(['FINISHED'])
  expect(asked(first)).toEqual([
    'stop-with-savepoint 0 ',
    expect.stringMatching(/^stop-with-savepoint 1 \/savepoints\/savepoint-[0-9a-f]{6}-[0-9a-f]{12}$/),
  ])
  expect(printed(first)).toEqual([])
  const path = pathOf(first)
  disk.copy(path, '/elsewhere/moved')
  for (const [from, parallelism] of [
    [path, 2],
    [path, 1],
    ['/elsewhere/moved', 3],
  ] as const) {
    const second = await resumed(disk, from, counts('counts', parallelism))
    expect([ends(second), printed(second)]).toEqual([['FINISHED'], EXPECTED])
    expect(ofKind(second, 'JobRestored').map((event) => [event.b, event.d, textOf(event)])).toEqual([[1, 1, from]])
  }
})

test('state of an operator without its uid is refused, or left out if that is allowed', async () => {
  const disk = new Disk()
  const path = pathOf(await stopped(disk))
  const refused = await resumed(disk, path, counts('renamed'))
  expect(ends(refused)).toEqual(['FAILED'])
  expect(reason(refused)).toMatch(
    /^org\.apache\.flink\.runtime\.client\.JobInitializationException: Could not start the JobMaster\.\nCaused by: java\.lang\.IllegalStateException: Failed to rollback to checkpoint\/savepoint/,
  )
  expect(problemsOf(refused).map(({ code, place }) => [code, place])).toEqual([
    ['restore-other-program', { in: 'cluster', key: 'execution.state-recovery.path' }],
  ])
  const allowed = await resumed(disk, path, counts('renamed'), { 'execution.state-recovery.ignore-unclaimed-state': 'true' })
  expect(ends(allowed)).toEqual(['FINISHED'])
  expect(printed(allowed)).not.toEqual(EXPECTED)
})

test('no savepoint there, or a torn one: the job fails before anything of it runs', async () => {
  const disk = new Disk()
  const path = pathOf(await stopped(disk))
  const nowhere = await resumed(disk, '/nothing/here')
  expect(reason(nowhere)).toContain("Cannot find checkpoint or savepoint file/directory '/nothing/here'")
  expect(problemsOf(nowhere).map(({ code }) => code)).toEqual(['restore-not-there'])
  expect(problemsOf(await resumed(disk, '/savepoints')).map(({ code }) => code)).toEqual(['restore-no-metadata'])
  const metadata = `${path}/_metadata`
  disk.store.write(metadata, disk.store.read(metadata).slice(0, -3))
  const torn = await resumed(disk, path)
  expect([ends(torn), ofKind(torn, 'ExecutionState').length]).toEqual([['FAILED'], 0])
  expect(reason(torn)).toContain('cannot be restored from')
  expect(problemsOf(torn).map(({ code, args }) => [code, args?.path])).toEqual([['restore-torn', path]])
})

test('a savepoint without a directory is refused and the job goes on', async () => {
  const run = await testRun(counts(), {
    scenario: { interventions: [at(150, { do: 'trigger-savepoint' }), at(160, { do: 'trigger-savepoint', directory: '/s' })] },
  })
  expect(asked(run).map((line) => line.slice(0, 40))).toEqual([
    'savepoint 0 ',
    'savepoint 2 No savepoint directory confi',
    'savepoint 0 ',
    expect.stringMatching(/^savepoint 1 \/s\/savepoint/),
  ])
  expect(printed(run)).toEqual(EXPECTED)
})

test('a task fails: the job goes on from its latest checkpoint, by both schedulers; checkpoints go with the job', async () => {
  for (const scheduler of ['Default', 'Adaptive']) {
    const disk = new Disk()
    const run = await testRun(counts(), {
      files: disk,
      configuration: {
        ...PERIODIC,
        'jobmanager.scheduler': scheduler,
        'restart-strategy.type': 'fixed-delay',
        'restart-strategy.fixed-delay.delay': '10 ms',
      },
      scenario: { interventions: [at(200, { do: 'fail-task', vertex: 1, subtask: 0 })] },
    })
    expect([ends(run), printed(run)]).toEqual([['FINISHED'], EXPECTED])
    const [restored] = ofKind(run, 'JobRestored')
    expect([restored!.b > 0, restored!.d]).toEqual([true, 0])
    expect(disk.under('/checkpoints')).toEqual([])
  }
})

test('a checkpoint that is kept when its job is cancelled can be begun from; the ids go on', async () => {
  const disk = new Disk()
  const run = await testRun(counts(), {
    files: disk,
    configuration: { ...PERIODIC, 'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION' },
    scenario: { interventions: [at(200, { do: 'cancel' })] },
  })
  expect(ends(run)).toEqual(['CANCELED'])
  const [kept, ...others] = disk.under('/checkpoints').filter((path) => path.endsWith('/_metadata'))
  expect(others).toEqual([])
  const second = await resumed(disk, kept!, counts(), PERIODIC)
  expect([ends(second), printed(second)]).toEqual([['FINISHED'], EXPECTED])
  const id = Number(/chk-(\d+)/.exec(kept!)![1])
  expect(ofKind(second, 'CheckpointTriggered')[0]!.b).toBe(id + 1)
  expect(disk.sizes.has(kept!)).toBe(true)
})

test('the same scenario gives the same bytes', async () => {
  const once = await stopped(new Disk())
  const again = await stopped(new Disk())
  expect(again.pages).toEqual(once.pages)
})

const FIXED = { 'restart-strategy.type': 'fixed-delay', 'restart-strategy.fixed-delay.delay': '10 ms' }

test('metadata that cannot be written: the checkpoint counts as failed, the job restarts, and goes on when the disk is mended', async () => {
  const disk = { do: 'set-disk', latency: 5, bandwidth: 100_000, capacity: null }
  const run = await testRun(counts(), {
    configuration: { ...PERIODIC, ...FIXED },
    scenario: { interventions: [at(130, { ...disk, failing: true }), at(300, { ...disk, failing: false })] },
  })
  const [aborted] = ofKind(run, 'CheckpointAborted')
  expect([aborted!.d, textOf(aborted!)]).toEqual([1, 'Failure to finalize checkpoint. java.io.IOException: Input/output error'])
  expect(textOf(ofKind(run, 'JobStatus').find(({ a }) => JOB_STATUSES[a] === 'RESTARTING')!)).toContain(
    'Exceeded checkpoint tolerable failure threshold. The latest checkpoint failed due to Failure to finalize checkpoint., view the',
  )
  expect([ends(run), printed(run)]).toEqual([['FINISHED'], EXPECTED])
})

test('files that incremental checkpoints share go with the last that uses them', async () => {
  const disk = new Disk()
  const run = await testRun(counts(), {
    files: disk,
    configuration: {
      ...PERIODIC,
      ...FIXED,
      'state.backend.type': 'rocksdb',
      'execution.checkpointing.incremental': 'true',
      'execution.checkpointing.data-inline-threshold': '0',
    },
    scenario: { interventions: [at(230, { do: 'fail-task', vertex: 1, subtask: 0 })] },
  })
  expect([ends(run), printed(run)]).toEqual([['FINISHED'], EXPECTED])
  expect(ofKind(run, 'FileWritten').some(({ payload }) => textOf({ payload }).includes('/shared/'))).toBe(true)
  expect(disk.under('/')).toEqual([])
})

test('what an unaligned checkpoint found in channels comes back with 1, 2 and 3 subtasks', async () => {
  const disk = new Disk()
  const unaligned = {
    'execution.checkpointing.unaligned.enabled': 'true',
    'execution.checkpointing.externalized-checkpoint-retention': 'RETAIN_ON_CANCELLATION',
  }
  await testRun(counts(), {
    files: disk,
    configuration: { ...PERIODIC, ...unaligned },
    scenario: { interventions: [at(200, { do: 'cancel' })] },
  })
  const kept = disk.under('/checkpoints').find((path) => path.endsWith('/_metadata'))!
  for (const parallelism of [1, 2, 3]) {
    const second = await resumed(disk, kept, counts('counts', parallelism))
    expect([ends(second), printed(second)]).toEqual([['FINISHED'], EXPECTED])
    expect(ofKind(second, 'StateRestored').length).toBeGreaterThan(0)
  }
})

test('a claimed savepoint is deleted once it is no longer needed, one that is not claimed stays', async () => {
  for (const [mode, left] of [
    ['CLAIM', 0],
    ['NO_CLAIM', 1],
  ] as const) {
    const disk = new Disk()
    const path = pathOf(await stopped(disk))
    const run = await resumed(disk, path, counts(), { ...PERIODIC, 'execution.state-recovery.claim-mode': mode })
    expect(printed(run)).toEqual(EXPECTED)
    expect(disk.under(path).length).toBe(left)
    expect(SNAPSHOT_TYPES[ofKind(run, 'CheckpointTriggered')[0]!.c]).toBe(mode === 'CLAIM' ? 'checkpoint' : 'full-checkpoint')
  }
})
