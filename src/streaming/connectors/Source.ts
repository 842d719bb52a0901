import type { Functions, Plain } from '../operators/descriptors'

/**
 * Where a stream comes from. Mirrors org.apache.flink.api.connector.source.Source from outside: a program names one of the
 * sources there are; splits, readers and enumerators are the runtime's.
 */
export interface Source<T> {
  /** Only for the type checker. */
  readonly recordType?: T
  /** @internal The source as plain parameters, and its functions. */
  describe(): { readonly params: Readonly<Record<string, Plain>> & { readonly bounded: boolean }; readonly functions: Functions }
}
