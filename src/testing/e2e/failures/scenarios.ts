import { DEFAULT_CLUSTER, newScenario } from '../../../scenario/defaults'
import type { Intervention, Scenario } from '../../../scenario/types'

const PROGRAM = `import { Collector, KeyedProcessFunction, LogSource, StreamExecutionEnvironment, TransactionalSink, ValueState, ValueStateDescriptor, WatermarkStrategy } from 'flink'

interface Order { user: string; amount: number; number: number }

class Sum extends KeyedProcessFunction<string, Order, string> {
  private sum!: ValueState<number>
  open() {
    this.sum = this.getRuntimeContext().getState(new ValueStateDescriptor<number>('sum'))
  }
  processElement(order: Order, ctx: KeyedProcessFunction.Context<string>, out: Collector<string>) {
    this.sum.update((this.sum.value() ?? 0) + order.amount)
    out.collect(order.user + ' ' + order.number + ': ' + this.sum.value())
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSource(LogSource.topic<Order>('orders').setBounded(), WatermarkStrategy.noWatermarks<Order>(), 'orders').uid('orders')
  .keyBy(order => order.user)
  .process(new Sum()).name('sum').uid('sum')
  .sinkTo(TransactionalSink.topic('sums')).uid('sums')
env.execute('sums by user')
`

const USERS = ['ann', 'bob', 'cho', 'dee', 'eve', 'fay']

/** Orders of six users in two partitions, summed, written in transactions; a slow source subtask keeps barriers apart, so that the others have to wait. */
export const sums = (interventions: readonly Intervention[], overrides: Partial<Scenario> = {}): Scenario =>
  newScenario({
    name: 'sums',
    program: { language: 'typescript', text: PROGRAM },
    topics: [
      {
        name: 'orders',
        partitions: 2,
        table: {
          from: 'inline',
          columns: ['user', 'amount', 'number'],
          rows: Array.from({ length: 240 }, (_, i) => [USERS[i % USERS.length]!, 1 + (i % 7), i]),
        },
        partitionBy: 'user',
        arrival: { by: 'rate', every: 20 },
      },
    ],
    cluster: { ...DEFAULT_CLUSTER, taskManagers: 2, recordCost: 1000 },
    configuration: {
      'parallelism.default': '2',
      'taskmanager.numberOfTaskSlots': '1',
      'execution.checkpointing.interval': '700 ms',
      'execution.checkpointing.dir': 'file:///checkpoints',
      'execution.checkpointing.savepoint-dir': 'file:///savepoints',
      'restart-strategy.type': 'fixed-delay',
      'restart-strategy.fixed-delay.attempts': '5',
      'restart-strategy.fixed-delay.delay': '200 ms',
      'heartbeat.interval': '500 ms',
      'heartbeat.timeout': '2 s',
    },
    interventions,
    ...overrides,
  })
