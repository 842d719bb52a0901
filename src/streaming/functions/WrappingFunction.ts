/**
 * A function of ours around one of the program's. The runtime opens and closes what is within, as it would open it alone.
 * Mirrors org.apache.flink.api.java.operators.translation.WrappingFunction.
 */
export abstract class WrappingFunction<F> {
  constructor(readonly wrapped: F) {}
}
