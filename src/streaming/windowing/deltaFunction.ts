/** Mirrors org.apache.flink.streaming.api.functions.windowing.delta.DeltaFunction. */
export interface DeltaFunction<T> {
  /** Returns how far the new element is from the old one. */
  getDelta(oldDataPoint: T, newDataPoint: T): number
}
export type DeltaFunctionLike<T> = DeltaFunction<T> | ((oldDataPoint: T, newDataPoint: T) => number)

export const deltaOf = <T>(delta: DeltaFunctionLike<T>): ((oldDataPoint: T, newDataPoint: T) => number) =>
  typeof delta === 'function' ? delta : (oldDataPoint, newDataPoint) => delta.getDelta(oldDataPoint, newDataPoint)
