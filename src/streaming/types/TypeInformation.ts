import type { KeyType } from '../../core/values'

/**
 * A Flink type by name. TypeScript has types of its own, so these are accepted wherever Java wants them and matter in one
 * place: `keyBy(selector, Types.LONG)` says how a number key hashes. Mirrors org.apache.flink.api.common.typeinfo.TypeInformation.
 */
export class TypeInformation<T> {
  /** Only for the type checker. */
  declare protected readonly describes: T

  /** @internal */
  constructor(
    private readonly name: string,
    /** @internal The Java type of a key of this type, for its hash; undefined for types that are no key or show it by themselves. */
    readonly keyType?: KeyType,
  ) {}

  /** Describes the type of a class or of a hint. */
  static of<T>(type: TypeHint<T> | (new (...args: never[]) => T)): TypeInformation<T> {
    return type instanceof TypeHint ? type.getTypeInfo() : new TypeInformation<T>(`GenericType<${type.name}>`)
  }

  /** Returns the type's name as Flink writes it. */
  toString(): string {
    return this.name
  }
}

/** Describes a generic type, as in `new TypeHint<Tuple2<string, number>>() {}` of Java; here without effect. */
export class TypeHint<T> {
  /** Only for the type checker. */
  declare protected readonly describes: T

  /** Returns the type that is hinted at. */
  getTypeInfo(): TypeInformation<T> {
    return new TypeInformation<T>('GenericType<Object>')
  }
}
