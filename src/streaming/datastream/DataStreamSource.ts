import type { StreamExecutionEnvironment } from '../environment/StreamExecutionEnvironment'
import { validateParallelism, type Transformation } from '../operators/transformation'
import { SingleOutputStreamOperator } from './index'

/** The stream that a source makes. Mirrors org.apache.flink.streaming.api.datastream.DataStreamSource. */
export class DataStreamSource<T> extends SingleOutputStreamOperator<T> {
  /** @internal */
  constructor(
    environment: StreamExecutionEnvironment,
    transformation: Transformation,
    private readonly isParallel = true,
  ) {
    super(environment, transformation)
  }

  /** Sets with how many subtasks the source runs; one that is not parallel takes nothing but 1. */
  override setParallelism(parallelism: number): this {
    validateParallelism(parallelism, this.isParallel)
    return super.setParallelism(parallelism)
  }
}
