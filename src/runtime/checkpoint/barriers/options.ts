import type { Alignment } from '../../../core/checkpoints'
import type { CheckpointBarrier, CheckpointOptions } from '../types'

/** What an alignment means. Mirrors CheckpointOptions with its AlignmentType; `aligned-with-timeout` is Flink's ALIGNED with a timeout. */

export const isUnaligned = ({ options }: CheckpointBarrier): boolean => options.alignment === 'unaligned'

/** It stops its channel until the receiver resumes it. Mirrors DataType.isBlockingUpstream. */
export const stopsChannel = ({ options: { alignment } }: CheckpointBarrier): boolean =>
  alignment !== 'unaligned' && alignment !== 'at-least-once'

/** It is aligned, and unaligned once its time is over (C-21). */
export const isTimeoutable = ({ options }: CheckpointBarrier): boolean => options.alignment === 'aligned-with-timeout'

const withAlignment = (barrier: CheckpointBarrier, alignment: Alignment): CheckpointBarrier => ({
  ...barrier,
  options: { ...barrier.options, alignment },
})

/** Mirrors CheckpointBarrier.asUnaligned. */
export const asUnaligned = (barrier: CheckpointBarrier): CheckpointBarrier =>
  isUnaligned(barrier) ? barrier : withAlignment(barrier, 'unaligned')

/** As it goes over an edge that may hold no channel state (G-15). Mirrors CheckpointOptions.withUnalignedUnsupported. */
export const forcedAligned = (barrier: CheckpointBarrier): CheckpointBarrier =>
  isUnaligned(barrier) || isTimeoutable(barrier) ? withAlignment(barrier, 'forced-aligned') : barrier

/**
 * What a task goes on with that got a barrier over such an edge: behind it the barrier may be unaligned again. To be asked of each barrier that
 * triggers a checkpoint. Mirrors CheckpointOptions.withUnalignedSupported.
 */
export function withUnalignedSupported(options: CheckpointOptions): CheckpointOptions {
  if (options.alignment !== 'forced-aligned') return options
  return { ...options, alignment: options.alignedTimeout > 0 && options.alignedTimeout < Infinity ? 'aligned-with-timeout' : 'unaligned' }
}
