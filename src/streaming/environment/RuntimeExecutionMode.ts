/** Whether a job reads its input as a stream without end or as a whole. Mirrors org.apache.flink.api.common.RuntimeExecutionMode. */
export enum RuntimeExecutionMode {
  /** Results come while the input does. */
  STREAMING = 'STREAMING',
  /** Stage by stage; the input must have an end. */
  BATCH = 'BATCH',
  /** BATCH where all sources have an end, else STREAMING. */
  AUTOMATIC = 'AUTOMATIC',
}
