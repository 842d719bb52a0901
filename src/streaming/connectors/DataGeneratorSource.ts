import { IllegalArgumentException } from '../../core/exceptions'
import type { TypeInformation } from '../types/TypeInformation'
import type { Source } from './Source'

/** Makes a record of its number. Mirrors org.apache.flink.connector.datagen.source.GeneratorFunction without its reader context. */
export interface GeneratorFunction<T> {
  /** Returns the record of number `index`, counting from 0. */
  map(index: number): T
}

/**
 * Makes `count` records of their numbers, a share for each subtask.
 * Mirrors org.apache.flink.connector.datagen.source.DataGeneratorSource without rate limits.
 */
export class DataGeneratorSource<T> implements Source<T> {
  /** Only for the type checker. */
  declare readonly recordType?: T

  /** Makes `count` records with a function of their number, counting from 0. */
  constructor(
    private readonly generatorFunction: GeneratorFunction<T> | ((index: number) => T),
    private readonly count: number,
    _typeInfo?: TypeInformation<T>,
  ) {
    if (!Number.isSafeInteger(count) || count < 0) throw new IllegalArgumentException("'count' must be >= 0")
  }

  /** @internal */
  describe() {
    const { generatorFunction } = this
    const generator = typeof generatorFunction === 'function' ? generatorFunction : (index: number) => generatorFunction.map(index)
    return { params: { source: 'generator', bounded: true, count: this.count }, functions: { generator } } as const
  }
}
