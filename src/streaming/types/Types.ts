import type { Tuple2, Tuple3, Tuple4, Tuple5 } from '../../core/values/tuples'
import type { KeyType } from '../../core/values'
import { TypeInformation } from './TypeInformation'

type Of<T extends readonly TypeInformation<unknown>[]> = { [I in keyof T]: T[I] extends TypeInformation<infer U> ? U : never }
type TupleOf<T extends readonly unknown[]> = T extends readonly [infer A, infer B, infer C, infer D, infer E]
  ? Tuple5<A, B, C, D, E>
  : T extends readonly [infer A, infer B, infer C, infer D]
    ? Tuple4<A, B, C, D>
    : T extends readonly [infer A, infer B, infer C]
      ? Tuple3<A, B, C>
      : T extends readonly [infer A, infer B]
        ? Tuple2<A, B>
        : unknown

function tupleKeyType(types: readonly TypeInformation<unknown>[]): KeyType | undefined {
  const parts = types.map((type) => type.keyType)
  return parts.every((part) => part !== undefined) ? { tuple: parts } : undefined
}

/** Names of the common types. Mirrors org.apache.flink.api.common.typeinfo.Types. */
export const Types = {
  /** Nothing: always null. */
  VOID: new TypeInformation<null>('Void'),
  /** Text. */
  STRING: new TypeInformation<string>('String', 'String'),
  /** A whole number of 8 bits. */
  BYTE: new TypeInformation<number>('Byte', 'Byte'),
  /** True or false. */
  BOOLEAN: new TypeInformation<boolean>('Boolean', 'Boolean'),
  /** A whole number of 16 bits. */
  SHORT: new TypeInformation<number>('Short', 'Short'),
  /** A whole number of 32 bits. */
  INT: new TypeInformation<number>('Integer', 'Integer'),
  /** A whole number of 64 bits. */
  LONG: new TypeInformation<number>('Long', 'Long'),
  /** A floating point number of 32 bits. */
  FLOAT: new TypeInformation<number>('Float', 'Float'),
  /** A floating point number of 64 bits. */
  DOUBLE: new TypeInformation<number>('Double', 'Double'),
  /** A whole number of any size. */
  BIG_INT: new TypeInformation<bigint>('BigInteger'),
  /** A tuple of the given types. */
  TUPLE: <T extends readonly TypeInformation<unknown>[]>(...types: T): TypeInformation<TupleOf<Of<T>>> =>
    new TypeInformation(`Java Tuple${types.length}<${types.join(', ')}>`, tupleKeyType(types)),
  /** An object with named fields. */
  POJO: <T = Record<string, unknown>>(
    _pojoClass?: unknown,
    _fields?: Readonly<Record<string, TypeInformation<unknown>>>,
  ): TypeInformation<T> => new TypeInformation<T>('PojoType'),
  /** Any other value. */
  GENERIC: <T = unknown>(_genericClass?: unknown): TypeInformation<T> => new TypeInformation<T>('GenericType<Object>'),
  /** A list of the given type. */
  LIST: <T>(elementType: TypeInformation<T>): TypeInformation<T[]> => new TypeInformation<T[]>(`List<${elementType}>`),
  /** A map of the given types. */
  MAP: <K, V>(keyType: TypeInformation<K>, valueType: TypeInformation<V>): TypeInformation<Map<K, V>> =>
    new TypeInformation<Map<K, V>>(`Map<${keyType}, ${valueType}>`),
} as const
