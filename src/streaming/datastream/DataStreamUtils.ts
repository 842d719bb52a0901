import { NullPointerException } from '../../core/exceptions'
import type { KeySelectorLike } from '../functions/functions'
import { reinterpreted } from '../partitioners'
import type { TypeInformation } from '../types/TypeInformation'
import { KeyedStream, type DataStream } from './index'

/** What is not on the streams themselves. Mirrors org.apache.flink.streaming.api.datastream.DataStreamUtils; collecting is left out. */
export class DataStreamUtils {
  private constructor() {}

  /** Takes a stream as keyed as it lies, without sending records elsewhere: it must be partitioned just so already. */
  static reinterpretAsKeyedStream<T, K>(
    stream: DataStream<T>,
    keySelector: KeySelectorLike<T, K>,
    typeInfo?: TypeInformation<unknown>,
  ): KeyedStream<T, K> {
    if (keySelector === null || keySelector === undefined) throw new NullPointerException('keySelector')
    return new KeyedStream<T, K>(stream, reinterpreted(stream.environment.context, stream.transformation, keySelector, typeInfo))
  }
}
