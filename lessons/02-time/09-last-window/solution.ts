// Clicks on each page, every 10 s
import {
  Duration,
  LogSource,
  Long,
  PrintSink,
  StreamExecutionEnvironment,
  TumblingEventTimeWindows,
  Watermark,
  type WatermarkGenerator,
  type WatermarkOutput,
  WatermarkStrategy,
} from 'flink'

interface Click {
  time: number // the event time, ms
  user: string
  page: string
}

/** 3 s behind the newest click; once nothing has come for 4 s it goes on with the clock. */
class OnWithTheClock implements WatermarkGenerator<Click> {
  private newest: number | null = null
  private cameAt = 0

  onEvent(_click: Click, timestamp: number): void {
    this.newest = Math.max(this.newest ?? Long.MIN_VALUE, timestamp)
    this.cameAt = Date.now()
  }
  onPeriodicEmit(output: WatermarkOutput): void {
    if (this.newest === null) return
    const quiet = Date.now() - this.cameAt
    output.emitWatermark(new Watermark(this.newest - 3_000 - 1 + (quiet > 4_000 ? quiet - 4_000 : 0)))
  }
}

const env = StreamExecutionEnvironment.getExecutionEnvironment()

env
  .fromSource(
    LogSource.topic<Click>('clicks'),
    WatermarkStrategy.forGenerator<Click>(() => new OnWithTheClock()).withTimestampAssigner((click) => click.time),
    'clicks',
  )
  .map((click) => ({ page: click.page, clicks: 1 }))
  .keyBy((count) => count.page)
  .window(TumblingEventTimeWindows.of(Duration.ofSeconds(10)))
  .reduce((a, b) => ({ page: a.page, clicks: a.clicks + b.clicks }))
  .map((count) => `${count.page}: ${count.clicks}`)
  .sinkTo(new PrintSink())

env.execute('clicks by page')
