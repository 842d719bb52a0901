import { IllegalArgumentException, UnsupportedOperationException } from '../../core/exceptions'
import type { SlotSharingGroup } from '../environment/SlotSharingGroup'
import { OutputTag } from '../functions/OutputTag'
import type { ChainingStrategy } from '../operators/descriptors'
import {
  OperatorTransformation,
  SideOutputTransformation,
  validateMaxParallelism,
  validateParallelism,
  validateUidHash,
} from '../operators/transformation'
import type { TypeHint, TypeInformation } from '../types/TypeInformation'
import { DataStream, SideOutputDataStream } from './index'

/** A stream that an operator makes, with the operator's settings. Mirrors org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator. */
export class SingleOutputStreamOperator<T> extends DataStream<T> {
  /** Whether this can only run with parallelism 1. */
  protected nonParallel = false
  private readonly requestedSideOutputs = new Map<string, string>()

  /** Returns the operator's name. */
  getName(): string {
    return this.transformation.name
  }

  /** Names the operator in graphs, logs and metrics. */
  name(name: string): this {
    this.transformation.name = name
    return this
  }

  /** Gives the operator an id that outlives changes of the program, so that a savepoint's state finds it again. */
  uid(uid: string): this {
    this.transformation.uid = uid
    return this
  }

  /** Sets the operator's id itself, 32 hexadecimal digits. */
  setUidHash(uidHash: string): this {
    validateUidHash(uidHash)
    this.transformation.uidHash = uidHash
    return this
  }

  /** Sets with how many subtasks the operator runs. */
  setParallelism(parallelism: number): this {
    validateParallelism(parallelism, !this.nonParallel)
    this.transformation.parallelism = parallelism
    this.transformation.parallelismConfigured = parallelism !== -1
    return this
  }

  /** Sets to how many subtasks the operator can ever be scaled: the number of its key groups. */
  setMaxParallelism(maxParallelism: number): this {
    validateMaxParallelism(maxParallelism, !this.nonParallel)
    this.transformation.maxParallelism = maxParallelism
    return this
  }

  /** Pins the operator to parallelism 1. */
  forceNonParallel(): this {
    this.transformation.parallelism = 1
    this.transformation.maxParallelism = 1
    this.transformation.parallelismConfigured = true
    this.nonParallel = true
    return this
  }

  /** Sets after how many ms a buffer that is not full is sent all the same; −1 means the environment's. */
  setBufferTimeout(timeoutMillis: number): this {
    if (!(timeoutMillis >= -1)) throw new IllegalArgumentException('timeout must be >= -1')
    this.transformation.bufferTimeout = timeoutMillis
    return this
  }

  /** Never puts the operator into one task with its neighbours. */
  disableChaining(): this {
    return this.setChainingStrategy('NEVER')
  }

  /** Begins a new task with this operator; operators behind it may still be chained to it. */
  startNewChain(): this {
    return this.setChainingStrategy('HEAD')
  }

  private setChainingStrategy(strategy: ChainingStrategy): this {
    if (!(this.transformation instanceof OperatorTransformation)) {
      throw new UnsupportedOperationException(`Cannot set chaining strategy on ${this.transformation}`)
    }
    this.transformation.chaining = strategy
    return this
  }

  /** Says what type the records have; TypeScript knows, so this changes nothing. */
  returns(_type: TypeInformation<T> | TypeHint<T> | (new (...args: never[]) => T)): this {
    return this
  }

  /** Puts the operator into a slot sharing group: only operators of one group share slots. */
  slotSharingGroup(group: string | SlotSharingGroup): this {
    this.transformation.slotSharingGroup = typeof group === 'string' ? { name: group } : group.spec
    return this
  }

  /** Describes the operator at more length than its name does. */
  setDescription(description: string): this {
    this.transformation.description = description
    return this
  }

  /** Returns the stream of records that the operator emitted to this tag. */
  getSideOutput<X>(sideOutputTag: OutputTag<X>): SideOutputDataStream<X> {
    const [id, type] = [sideOutputTag.getId(), sideOutputTag.getTypeInfo()]
    if (type !== undefined) {
      const known = this.requestedSideOutputs.get(id)
      if (known !== undefined && known !== type.toString()) {
        throw new UnsupportedOperationException(
          'A side output with a matching id was already requested with a different type. This is not allowed, side output ids need to be unique.',
        )
      }
      this.requestedSideOutputs.set(id, type.toString())
    }
    return new SideOutputDataStream<X>(this.environment, new SideOutputTransformation(this.environment.context, this.transformation, id))
  }
}
