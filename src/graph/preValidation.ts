import type { Configuration } from '../core/configuration'
import { IllegalArgumentException, throwAt, UnsupportedOperationException } from '../core/exceptions'
import { CheckpointingOptions } from '../core/options'
import { warning, type Problem } from '../core/problem'
import type { GraphIndex } from './chaining'
import type { StreamGraph } from './types'

/** What Flink forbids before it builds a job graph (G-28). Mirrors StreamingJobGraphGenerator.preValidate; selectable inputs are left out. */
export function preValidate(graph: StreamGraph, index: GraphIndex, configuration: Configuration): void {
  if (graph.jobType === 'BATCH' || configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL) === undefined) return
  const iteration = graph.nodes.find((node) => node.chaining === null)
  const unaligned = configuration.get(CheckpointingOptions.ENABLE_UNALIGNED) && !configuration.get(CheckpointingOptions.FORCE_UNALIGNED)
  const refuse = (line: number | undefined, message: string): never => throwAt(line, new UnsupportedOperationException(message))
  if (iteration !== undefined && !configuration.get(CheckpointingOptions.FORCE_CHECKPOINTING)) {
    refuse(
      iteration.line,
      'Checkpointing is currently not supported by default for iterative jobs, as we cannot guarantee exactly once semantics. ' +
        'State checkpoints happen normally, but records in-transit during the snapshot will be lost upon failure. ' +
        '\nThe user can force enable state checkpoints with the reduced guarantees by calling: env.enableCheckpointing(interval,true)',
    )
  }
  if (iteration !== undefined && unaligned) {
    refuse(
      iteration.line,
      'Unaligned Checkpoints are currently not supported for iterative jobs, ' +
        'as rescaling would require alignment (in addition to the reduced checkpointing guarantees).' +
        "\nThe user can force Unaligned Checkpoints by using 'execution.checkpointing.unaligned.forced'",
    )
  }
  // Mirrors CheckpointCoordinatorConfiguration, which is made with the job graph; without exactly once nothing is unaligned.
  if (
    configuration.get(CheckpointingOptions.ENABLE_UNALIGNED) &&
    configuration.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE) === 'EXACTLY_ONCE' &&
    configuration.get(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS) > 1
  ) {
    throw new IllegalArgumentException("maxConcurrentCheckpoints can't be > 1 if UnalignedCheckpoints enabled")
  }
  const custom = graph.edges.find((edge) => edge.partitioner.name === 'CUSTOM')
  if (unaligned && custom !== undefined) {
    refuse(
      custom.line ?? index.node(custom.to).line,
      'Unaligned checkpoints are currently not supported for custom partitioners, as rescaling is not guaranteed to work correctly.' +
        "\nThe user can force Unaligned Checkpoints by using 'execution.checkpointing.unaligned.forced'",
    )
  }
}

/** What Flink only logs: unaligned checkpoints need exactly-once, and are off without it (G-28). */
export function validationWarnings(configuration: Configuration): readonly Problem[] {
  const ignored =
    configuration.get(CheckpointingOptions.ENABLE_UNALIGNED) &&
    configuration.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE) !== 'EXACTLY_ONCE'
  const { key } = CheckpointingOptions.ENABLE_UNALIGNED
  return ignored ? [warning('unaligned-ignored', { key }, { in: 'cluster', key })] : []
}
