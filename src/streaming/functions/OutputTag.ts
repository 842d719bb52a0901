import { IllegalArgumentException } from '../../core/exceptions'
import type { TypeInformation } from '../types/TypeInformation'

/** Names a side output. Mirrors org.apache.flink.util.OutputTag; tags are told apart by their id alone. */
export class OutputTag<T> {
  /** Only for the type checker: ties the tag to the type of its records. */
  declare protected readonly recordType: T

  /** Makes a tag; two tags of one id are one side output. */
  constructor(
    private readonly id: string,
    private readonly typeInfo?: TypeInformation<T>,
  ) {
    if (typeof id !== 'string') throw new IllegalArgumentException('OutputTag id cannot be null.')
    if (id === '') throw new IllegalArgumentException('OutputTag id must not be empty.')
  }

  /** Returns the id. */
  getId(): string {
    return this.id
  }

  /** Returns the type that was given, if any. */
  getTypeInfo(): TypeInformation<T> | undefined {
    return this.typeInfo
  }

  /** Reads `OutputTag(late)`. */
  toString(): string {
    return `OutputTag(${this.id})`
  }
}
