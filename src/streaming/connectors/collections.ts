import type { Functions, Plain } from '../operators/descriptors'

interface Made {
  readonly params: Readonly<Record<string, Plain>>
  readonly functions: Functions
}

/** The values that a program wrote down; mirrors FromElementsGeneratorFunction and FromElementsFunction. */
export const collectionSource = (elements: readonly unknown[]): Made => ({
  params: { source: 'collection', bounded: true, count: elements.length },
  functions: { elements },
})

/** Whole numbers, a share for each subtask; mirrors NumberSequenceSource. */
export const sequenceSource = (from: number, to: number): Made => ({
  params: { source: 'sequence', bounded: true, from, to },
  functions: {},
})
