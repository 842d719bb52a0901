import { JavaException, UnsupportedOperationException } from '../../../core/exceptions'
import type { Plain } from '../../../graph/types'
import type { RuntimeContext } from '../../../streaming/functions/RuntimeContext'
import type { SourceFunction } from '../../../streaming/functions/SourceFunction'
import type { FetchRecords } from '../../external/messages'
import { FunctionReader } from './function'
import { LogReader } from './log'
import { SequenceReader, shareOf } from './sequence'
import type { SourceReader } from './SourceReader'

/** What a reader is made from. */
export interface ReaderContext {
  readonly params: Readonly<Record<string, Plain>>
  readonly functions: Readonly<Record<string, unknown>>
  readonly subtask: number
  readonly parallelism: number
  /** Number of partitions of each topic. */
  readonly topics: Readonly<Record<string, number>>
  readonly fetch: (request: FetchRecords) => void
  readonly runtimeContext: RuntimeContext
  /** Calls back that many ms from now. */
  readonly after: (delay: number, callback: () => void) => void
}

const sequence = (context: ReaderContext, from: number, to: number, valueOf: (index: number) => unknown): SourceReader =>
  new SequenceReader(shareOf({ from, to }, context.subtask, context.parallelism), context.subtask, valueOf)

/** The sources there are, by the name that the program's surface gives them. */
const SOURCES: Readonly<Record<string, (context: ReaderContext) => SourceReader>> = {
  /** The program's own values. Each is read once in an attempt, so it need not be copied. */
  collection: (context) => {
    const elements = context.functions.elements as readonly unknown[]
    return sequence(context, 0, elements.length - 1, (index) => elements[index])
  },
  sequence: (context) => sequence(context, context.params.from as number, context.params.to as number, (index) => index),
  generator: (context) =>
    sequence(context, 0, (context.params.count as number) - 1, context.functions.generator as (index: number) => unknown),
  function: ({ functions, subtask, runtimeContext, after }) =>
    new FunctionReader(functions.function as SourceFunction<unknown>, subtask, runtimeContext, after),
  log: (context) => {
    const topic = context.params.topic as string
    const partitions = context.topics[topic]
    if (partitions === undefined) {
      throw new JavaException(
        'org.apache.kafka.common.errors.UnknownTopicOrPartitionException',
        `This server does not host this topic-partition: ${topic}`,
      )
    }
    return new LogReader(topic, partitions, context.subtask, context.parallelism, context.params.bounded === true, context.fetch)
  },
}

/** Whether a source is simulated, by the name that the program's surface gives it. */
export const isSourceSimulated = (source: unknown): boolean => typeof source === 'string' && Object.hasOwn(SOURCES, source)

/** The reader of one subtask. Throws UnsupportedOperationException for a source that is only planned. */
export function createReader(context: ReaderContext): SourceReader {
  const create = SOURCES[context.params.source as string]
  if (create === undefined) throw new UnsupportedOperationException(`There is no source '${String(context.params.source)}'.`)
  return create(context)
}
