import type { Configuration } from '../core/configuration'
import { IllegalStateException } from '../core/exceptions'
import { ExecutionOptions, JobManagerOptions } from '../core/options'
import { OperatorTransformation, predecessorsOf, type Transformation } from '../streaming/operators/transformation'

/**
 * G-12: whether a program is executed in batch mode. Mirrors StreamGraphGenerator.shouldExecuteInBatchMode; throws its
 * IllegalStateException for batch with an unbounded source.
 */
export function executesInBatchMode(transformations: readonly Transformation[], configuration: Configuration): boolean {
  const mode = configuration.get(ExecutionOptions.RUNTIME_MODE)
  const existsUnbounded = [...predecessorsOf(transformations)].some(
    (step) => step instanceof OperatorTransformation && step.traits.bounded === false,
  )
  if (mode === 'BATCH' && existsUnbounded) {
    throw new IllegalStateException(
      "Detected an UNBOUNDED source with the 'execution.runtime-mode' set to 'BATCH'. " +
        "This combination is not allowed, please set the 'execution.runtime-mode' to STREAMING or AUTOMATIC",
    )
  }
  return mode === 'BATCH' || (mode === 'AUTOMATIC' && !existsUnbounded)
}

/** Whether the graph is for the adaptive batch scheduler, which is what batch jobs get unless another is asked for. */
export const isDynamic = (batch: boolean, configuration: Configuration): boolean =>
  batch && (configuration.getOptional(JobManagerOptions.SCHEDULER) ?? 'AdaptiveBatch') === 'AdaptiveBatch'
