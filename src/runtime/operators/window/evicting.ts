import type { EvictableElements, TimestampedValue } from '../../../streaming/windowing'
import { removable, RemovingIterator } from '../../state/iterators'

/** A window's elements as an evictor sees them: what it removes is gone from the array, and `told`. */
export function evictable(
  elements: TimestampedValue<unknown>[],
  told: ((element: TimestampedValue<unknown>) => void) | null = null,
): EvictableElements<unknown> {
  const removed = (element: TimestampedValue<unknown>): void => {
    elements.splice(elements.indexOf(element), 1)
    told?.(element)
  }
  return {
    ...removable(() => [...elements], removed),
    iterator: () => new RemovingIterator([...elements], removed),
  }
}

/** The values alone, one by one. */
export const valuesOf = (elements: readonly TimestampedValue<unknown>[]): unknown[] => elements.map((element) => element.getValue())
