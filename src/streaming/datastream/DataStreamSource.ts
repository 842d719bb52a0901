import type { StreamExecutionEnvironment } from '../environment/StreamExecutionEnvironment'
import type { Transformation } from '../operators/transformation'
import { SingleOutputStreamOperator } from './index'

/** The stream that a source makes. Mirrors org.apache.flink.streaming.api.datastream.DataStreamSource. */
export class DataStreamSource<T> extends SingleOutputStreamOperator<T> {
  /** @internal */
  constructor(environment: StreamExecutionEnvironment, transformation: Transformation, isParallel = true) {
    super(environment, transformation)
    this.nonParallel = !isParallel
  }
}
