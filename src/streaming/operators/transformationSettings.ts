/**
 * What a program may ask and set on the step behind a stream. Mirrors the public face of org.apache.flink.api.dag.Transformation; most of
 * it is better said on the stream itself.
 */
export interface TransformationSettings {
  /** Returns the step's number. */
  getId(): number
  /** Returns the step's name. */
  getName(): string
  /** Returns with how many subtasks the step runs. */
  getParallelism(): number
  /** Returns to how many subtasks the step can ever be scaled, −1 if it was never set. */
  getMaxParallelism(): number
  /** Returns the id that was given, if any. */
  getUid(): string | null
  /** Places subtasks of one number of all steps with this key into one slot; null takes it back. All must have one parallelism and one slot sharing group. */
  setCoLocationGroupKey(coLocationGroupKey: string | null): void
  /** Returns the key of co-location, if any. */
  getCoLocationGroupKey(): string | null
}
