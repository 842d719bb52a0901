import type { Configuration } from '../core/configuration'
import { throwAt, UnsupportedOperationException } from '../core/exceptions'
import { CheckpointingOptions } from '../core/options'
import type { GraphIndex } from './chaining'
import type { StreamGraph } from './types'

/** What Flink forbids before it builds a job graph (G-28). Mirrors StreamingJobGraphGenerator.preValidate; selectable inputs are left out. */
export function preValidate(graph: StreamGraph, index: GraphIndex, configuration: Configuration): void {
  if (graph.jobType === 'BATCH' || configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL) === undefined) return
  const iteration = graph.nodes.find((node) => node.chaining === null)
  if (iteration !== undefined) {
    throwAt(
      iteration.line,
      new UnsupportedOperationException(
        'Checkpointing is currently not supported by default for iterative jobs, as we cannot guarantee exactly once semantics. ' +
          'State checkpoints happen normally, but records in-transit during the snapshot will be lost upon failure. ' +
          '\nThe user can force enable state checkpoints with the reduced guarantees by calling: env.enableCheckpointing(interval,true)',
      ),
    )
  }
  const unaligned = configuration.get(CheckpointingOptions.ENABLE_UNALIGNED) && !configuration.get(CheckpointingOptions.FORCE_UNALIGNED)
  const custom = graph.edges.find((edge) => edge.partitioner.name === 'CUSTOM')
  if (unaligned && custom !== undefined) {
    throwAt(
      index.node(custom.to).line,
      new UnsupportedOperationException(
        'Unaligned checkpoints are currently not supported for custom partitioners, as rescaling is not guaranteed to work correctly.' +
          "\nThe user can force Unaligned Checkpoints by using 'execution.checkpointing.unaligned.forced'",
      ),
    )
  }
}
