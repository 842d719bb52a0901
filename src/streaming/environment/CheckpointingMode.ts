/** What a checkpoint promises. Mirrors org.apache.flink.core.execution.CheckpointingMode. */
export enum CheckpointingMode {
  /** Every record counts once in the state. */
  EXACTLY_ONCE = 'EXACTLY_ONCE',
  /** After a failure records may count twice. */
  AT_LEAST_ONCE = 'AT_LEAST_ONCE',
}
