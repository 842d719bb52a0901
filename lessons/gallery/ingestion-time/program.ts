// Records get the time at which the source reads them
import {
  type Collector,
  Duration,
  PrintSink,
  type SourceFunction,
  StreamExecutionEnvironment,
  TimeCharacteristic,
  TumblingEventTimeWindows,
} from 'flink'

const env = StreamExecutionEnvironment.getExecutionEnvironment()

const TIMES = [1, 4, 9, 3, 14, 6, 22, 17, 28, 31]

class Readings implements SourceFunction<number> {
  private next = 0
  run(ctx: SourceFunction.SourceContext<number>) {
    for (; this.next < TIMES.length; this.next++) ctx.collect(TIMES[this.next]!)
  }
  cancel() {}
}

env.setStreamTimeCharacteristic(TimeCharacteristic.IngestionTime)
env
  .addSource(new Readings(), 'readings')
  .windowAll(TumblingEventTimeWindows.of(Duration.ofSeconds(1)))
  .apply((_window, all, out: Collector<string>) =>
    out.collect(`${[...all].length} readings: ${[...all].map((time) => `${time} s`).join(' ')}`),
  )
  .name('1 s')
  .sinkTo(new PrintSink())

env.execute('readings')
