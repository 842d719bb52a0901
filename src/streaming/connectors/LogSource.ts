import { IllegalArgumentException } from '../../core/exceptions'
import type { Source } from './Source'

/**
 * Reads a topic of the scenario, a replayable log of one or several partitions, from its earliest offsets; partitions are
 * shared out among the subtasks. Stands where Flink has KafkaSource.
 */
export class LogSource<T> implements Source<T> {
  /** Only for the type checker. */
  declare readonly recordType?: T

  private constructor(
    private readonly topicName: string,
    private readonly bounded: boolean,
  ) {}

  /** Reads the topic of that name. */
  static topic<T>(name: string): LogSource<T> {
    if (typeof name !== 'string' || name === '') throw new IllegalArgumentException('The topic must have a name.')
    return new LogSource<T>(name, false)
  }

  /** Stops at the end of what the topic holds, where it would wait for more else. */
  setBounded(): LogSource<T> {
    return new LogSource<T>(this.topicName, true)
  }

  /** @internal */
  describe() {
    return { params: { source: 'log', topic: this.topicName, bounded: this.bounded }, functions: {} } as const
  }
}
