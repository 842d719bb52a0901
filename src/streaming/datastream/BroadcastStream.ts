import type { StreamExecutionEnvironment } from '../environment/StreamExecutionEnvironment'
import type { Transformation } from '../operators/transformation'
import type { MapStateDescriptor } from '../state'
import type { DataStream } from './index'

/** A stream of which every subtask gets every record, with the states it is kept in. Mirrors org.apache.flink.streaming.api.datastream.BroadcastStream. */
export class BroadcastStream<T> {
  /** Only for the type checker. */
  declare protected readonly recordType: T

  /** @internal */
  constructor(
    private readonly stream: DataStream<T>,
    /** @internal */
    readonly descriptors: readonly MapStateDescriptor<unknown, unknown>[],
  ) {}

  /** @internal */
  get transformation(): Transformation {
    return this.stream.transformation
  }

  /** Returns the environment that the stream belongs to. */
  getExecutionEnvironment(): StreamExecutionEnvironment {
    return this.stream.environment
  }

  /** Returns the states that were declared. */
  getBroadcastStateDescriptors(): readonly MapStateDescriptor<unknown, unknown>[] {
    return this.descriptors
  }
}
