import type { Collector } from '../functions/Collector'
import { WrappingFunction } from '../functions/WrappingFunction'

/**
 * How a window over two streams becomes a window over one (W-27): each side's records are tagged, the sides united, and the function over the
 * window takes them apart again. Mirrors CoGroupedStreams.TaggedUnion, CoGroupWindowFunction and JoinedStreams.JoinCoGroupFunction.
 */
export interface TaggedUnion {
  readonly side: 1 | 2
  readonly value: unknown
}

/** What each input's map does. */
export const tagger =
  (side: 1 | 2) =>
  (value: unknown): TaggedUnion => ({ side, value })

/** The key of either side, by its own selector. */
export const unionKeySelector =
  (first: (value: unknown) => unknown, second: (value: unknown) => unknown) =>
  ({ side, value }: TaggedUnion): unknown =>
    side === 1 ? first(value) : second(value)

export type CoGroup = (first: Iterable<unknown>, second: Iterable<unknown>, out: Collector<unknown>) => void

/** For the kind `apply` of the window operator; `wrapped` is the program's function, which is opened and closed. */
export class CoGroupWindowFunction extends WrappingFunction<unknown> {
  constructor(
    wrapped: unknown,
    private readonly coGroup: CoGroup,
  ) {
    super(wrapped)
  }
  apply(_key: unknown, _window: unknown, elements: Iterable<TaggedUnion>, out: Collector<unknown>): void {
    const first: unknown[] = []
    const second: unknown[] = []
    for (const { side, value } of elements) (side === 1 ? first : second).push(value)
    this.coGroup(first, second, out)
  }
}

/** An inner join: the left side is the outer loop. */
export const joinAsCoGroup =
  (join: (first: unknown, second: unknown) => unknown): CoGroup =>
  (first, second, out) => {
    for (const left of first) for (const right of second) out.collect(join(left, right))
  }

/** The same for a FlatJoinFunction. */
export const flatJoinAsCoGroup =
  (join: (first: unknown, second: unknown, out: Collector<unknown>) => void): CoGroup =>
  (first, second, out) => {
    for (const left of first) for (const right of second) join(left, right, out)
  }
