import type { ChainingStrategy, NodeTraits } from '../types'

/** What an operator's default name tells of it (G-19, G-26). */
export interface KnownOperator {
  readonly chaining: ChainingStrategy | null
  /** Its inputs are numbered 1, 2 rather than united. */
  readonly numbered?: true
  readonly traits?: NodeTraits
}

const HEAD_OF_TWO: KnownOperator = { chaining: 'HEAD', numbered: true }
const LEGACY: KnownOperator = { chaining: 'HEAD', traits: { source: 'legacy' } }
const KNOWN: Readonly<Record<string, KnownOperator>> = {
  'Source: Custom Source': LEGACY,
  'Source: Socket Stream': LEGACY,
  'Source: Custom File Source': LEGACY,
  'Split Reader: Custom File Source': { chaining: 'HEAD', traits: { yielding: true } },
  'Co-Map': HEAD_OF_TWO,
  'Co-Flat Map': HEAD_OF_TWO,
  'Co-Process': HEAD_OF_TWO,
  'Co-Keyed-Process': HEAD_OF_TWO,
  'Co-Process-Broadcast': HEAD_OF_TWO,
  'Co-Process-Broadcast-Keyed': HEAD_OF_TWO,
  'Interval Join': HEAD_OF_TWO,
  'async wait operator': { chaining: 'ALWAYS', traits: { yielding: true } },
  MapPartition: { chaining: 'NEVER', traits: { outputOnlyAfterEndOfStream: true } },
}

/** `isSource`, `isSink`: as the plan says. Names that nobody knows are those of ordinary operators, which chain. */
export function knownOperator(name: string, description: string, isSource: boolean, isSink: boolean): KnownOperator {
  if (/^Iteration(Source|Sink)-\d+$/.test(name)) return { chaining: null, ...(isSink ? { traits: { dataSink: true } } : {}) }
  if (isSink) return { chaining: 'ALWAYS', traits: { dataSink: true } }
  if (Object.hasOwn(KNOWN, name)) return KNOWN[name]!
  if (isSource) return { chaining: 'ALWAYS', traits: { source: 'flip27' } }
  if (name.endsWith(': Writer')) return { chaining: 'ALWAYS', traits: { yielding: true } }
  if (description.startsWith('Window(GlobalWindows(trigger=EndOfStreamTrigger)')) {
    return { chaining: 'HEAD', traits: { outputOnlyAfterEndOfStream: true } }
  }
  return { chaining: 'ALWAYS' }
}
