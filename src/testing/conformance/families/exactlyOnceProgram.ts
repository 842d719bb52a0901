/** The job of the family `exactly-once`, as a user would write it; what outlives a restart is the runner's. */
export const EXACTLY_ONCE_PROGRAM = `import { KeyedProcessFunction, ListStateDescriptor, LogSource, OutputTag, RichFlatMapFunction, RichMapFunction, StreamExecutionEnvironment, TwoPhaseCommitSinkFunction, ValueStateDescriptor, WatermarkStrategy } from 'flink'

const world = OutputTag.world

/** In one task with the source: fails where it is to, and knows where the source stands. */
class Gate extends RichFlatMapFunction {
  initializeState(context) {
    this.state = context.getOperatorStateStore().getListState(new ListStateDescriptor('next'))
    const [next] = this.state.get()
    this.next = next ?? 0
    world.position = this.next
    world.restoredFrom.push(context.isRestored() ? this.next : null)
  }
  snapshotState() { this.state.update([this.next]) }
  flatMap(element, out) {
    if (!element.end) world.fails('source', element.offset)
    this.next = world.position = element.offset + 1
    if (!element.end) out.collect(element)
  }
}

class RunningSum extends KeyedProcessFunction {
  open() { this.sum = this.getRuntimeContext().getState(new ValueStateDescriptor('sum')) }
  processElement({ key, value, offset }, ctx, out) {
    const sum = (this.sum.value() ?? 0) + value
    this.sum.update(sum)
    world.counted(this.getRuntimeContext().getTaskInfo().getAttemptNumber(), value)
    out.collect([key, sum, offset])
  }
}

class Fragile extends RichMapFunction {
  initializeState() {}
  snapshotState() { world.fails('snapshot', world.checkpointAt) }
  map(row) {
    world.fails('map', row[2])
    return row
  }
}

class TwoPhase extends TwoPhaseCommitSinkFunction {
  beginTransaction() { return { id: world.begin(), rows: [] } }
  invoke(transaction, row) { transaction.rows.push(row) }
  preCommit({ id }) { world.preCommit(id) }
  commit({ id, rows }) { world.commit('commit', id, rows) }
  abort({ id }) { world.told('abort', id) }
  recoverAndCommit({ id, rows }) { world.commit('recoverAndCommit', id, rows) }
  recoverAndAbort({ id }) { world.told('recoverAndAbort', id) }
}

const sinkV2 = {
  createWriter() {
    let rows = []
    return {
      write(row) { rows.push(row) },
      flush() {},
      prepareCommit() {
        if (rows.length === 0) return []
        const committable = { id: world.nextCommittable(), rows }
        rows = []
        return [committable]
      },
    }
  },
  createCommitter() {
    return {
      commit(requests) {
        for (const request of requests) {
          const { id, rows } = request.getCommittable()
          world.commitV2(id, rows)
        }
      },
    }
  },
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(PARALLELISM)
const rows = env
  .fromSource(LogSource.topic('elements').setBounded(), WatermarkStrategy.noWatermarks(), 'source').setParallelism(1)
  .flatMap(new Gate()).setParallelism(1)
  .keyBy(element => element.key)
  .process(new RunningSum())
  .map(new Fragile())
rows.addSink(row => { world.plain.push(row) })
rows.addSink(row => { world.idempotent.set(row[0], row) })
rows.addSink(new TwoPhase())
rows.sinkTo(sinkV2)
env.execute('exactly once')
`
