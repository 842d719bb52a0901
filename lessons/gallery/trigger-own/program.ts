// Fires at once for an order of 5 or more, and at the end of the window
import {
  Duration,
  LogSource,
  PrintSink,
  StreamExecutionEnvironment,
  TimeWindow,
  Trigger,
  TriggerResult,
  TumblingEventTimeWindows,
  WatermarkStrategy,
} from 'flink'

class AtOnceIfLarge extends Trigger<Order, TimeWindow> {
  onElement(order: Order, _timestamp: number, window: TimeWindow, ctx: Trigger.TriggerContext): TriggerResult {
    ctx.registerEventTimeTimer(window.maxTimestamp())
    return order.amount >= 5 ? TriggerResult.FIRE : TriggerResult.CONTINUE
  }
  onEventTime(time: number, window: TimeWindow): TriggerResult {
    return time === window.maxTimestamp() ? TriggerResult.FIRE : TriggerResult.CONTINUE
  }
  onProcessingTime(): TriggerResult {
    return TriggerResult.CONTINUE
  }
  clear(window: TimeWindow, ctx: Trigger.TriggerContext): void {
    ctx.deleteEventTimeTimer(window.maxTimestamp())
  }
}

interface Order {
  shop: string
  time: number
  amount: number
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

const orders = env
  .fromSource(LogSource.topic<Order>('orders').setBounded(), WatermarkStrategy.forMonotonousTimestamps<Order>(), 'orders')
  .keyBy((order) => order.shop)

orders
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .trigger(new AtOnceIfLarge())
  .apply((shop, window, all, out) =>
    out.collect(
      `${shop} [${window.getStart() / 1000} s, ${window.getEnd() / 1000} s): ${[...all].map(({ amount }) => amount).join(' + ')}`,
    ),
  )
  .name('10 s, own trigger')
  .sinkTo(new PrintSink())

env.execute('orders')
