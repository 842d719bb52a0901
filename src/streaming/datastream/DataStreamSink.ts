import { UnsupportedOperationException } from '../../core/exceptions'
import type { SlotSharingGroup } from '../environment/SlotSharingGroup'
import {
  OperatorTransformation,
  validateMaxParallelism,
  validateParallelism,
  validateUidHash,
  type SinkTransformation,
} from '../operators/transformation'

/** The end of a stream, with the sink's settings. Mirrors org.apache.flink.streaming.api.datastream.DataStreamSink. */
export class DataStreamSink<T> {
  /** Only for the type checker. */
  declare protected readonly recordType: T
  /** @internal */
  readonly transformation: OperatorTransformation | SinkTransformation

  /** @internal */
  constructor(transformation: OperatorTransformation | SinkTransformation) {
    this.transformation = transformation
  }

  /** Names the sink in graphs, logs and metrics. */
  name(name: string): this {
    this.transformation.name = name
    return this
  }

  /** Gives the sink an id that outlives changes of the program. */
  uid(uid: string): this {
    this.transformation.uid = uid
    return this
  }

  /** Sets the sink's id itself, 32 hexadecimal digits; for sinks of the old kind only. */
  setUidHash(uidHash: string): this {
    if (!(this.transformation instanceof OperatorTransformation)) {
      throw new UnsupportedOperationException('Cannot set a custom UID hash on a non-legacy sink')
    }
    validateUidHash(uidHash)
    this.transformation.uidHash = uidHash
    return this
  }

  /** Sets with how many subtasks the sink runs. */
  setParallelism(parallelism: number): this {
    validateParallelism(parallelism)
    this.transformation.parallelism = parallelism
    this.transformation.parallelismConfigured = parallelism !== -1
    return this
  }

  /** Sets to how many subtasks the sink can ever be scaled. */
  setMaxParallelism(maxParallelism: number): this {
    validateMaxParallelism(maxParallelism)
    this.transformation.maxParallelism = maxParallelism
    return this
  }

  /** Describes the sink at more length than its name does. */
  setDescription(description: string): this {
    this.transformation.description = description
    return this
  }

  /** Never puts the sink into one task with its neighbours. */
  disableChaining(): this {
    this.transformation.chaining = 'NEVER'
    return this
  }

  /** Puts the sink into a slot sharing group. */
  slotSharingGroup(group: string | SlotSharingGroup): this {
    this.transformation.slotSharingGroup = typeof group === 'string' ? { name: group } : group.spec
    return this
  }
}
