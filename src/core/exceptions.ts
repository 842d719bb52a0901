/**
 * The exceptions that Flink shows a user, under their Java names: what a program did wrong is told with Flink's class and
 * message, so that it can be looked up. `javaClass` is the full name; `name` the simple one, so that stacks read as in Java.
 */
export class JavaException extends Error {
  /** Line of the program at fault, where it is known better than by the stack. */
  line?: number | undefined

  constructor(
    readonly javaClass: string,
    message: string,
  ) {
    super(message)
    this.name = javaClass.slice(javaClass.lastIndexOf('.') + 1)
  }
}

const exception = (javaClass: string) =>
  class extends JavaException {
    constructor(message: string) {
      super(javaClass, message)
    }
  }

export class RuntimeException extends exception('java.lang.RuntimeException') {}
export class IllegalArgumentException extends exception('java.lang.IllegalArgumentException') {}
export class IllegalStateException extends exception('java.lang.IllegalStateException') {}
export class UnsupportedOperationException extends exception('java.lang.UnsupportedOperationException') {}
export class ClassCastException extends exception('java.lang.ClassCastException') {}
export class NullPointerException extends exception('java.lang.NullPointerException') {}
export class IndexOutOfBoundsException extends exception('java.lang.IndexOutOfBoundsException') {}
export class IllegalConfigurationException extends exception('org.apache.flink.configuration.IllegalConfigurationException') {}
export class InvalidProgramException extends exception('org.apache.flink.api.common.InvalidProgramException') {}
export class InvalidTypesException extends exception('org.apache.flink.api.common.functions.InvalidTypesException') {}
export class FlinkRuntimeException extends exception('org.apache.flink.util.FlinkRuntimeException') {}
export class FlinkException extends exception('org.apache.flink.util.FlinkException') {}
export class UnsupportedTimeCharacteristicException extends exception(
  'org.apache.flink.streaming.api.datastream.UnsupportedTimeCharacteristicException',
) {}
export class JobException extends exception('org.apache.flink.runtime.JobException') {}
export class FieldReferenceException extends exception(
  'org.apache.flink.api.common.typeutils.CompositeType$InvalidFieldReferenceException',
) {}

/** Throws with the line of the program at fault. */
export function throwAt(line: number | undefined, exception: JavaException): never {
  exception.line = line
  throw exception
}

/** The full class name to show for something that was thrown: Flink's, or the name of the JavaScript error. */
export const classOf = (thrown: unknown): string =>
  thrown instanceof JavaException ? thrown.javaClass : thrown instanceof Error ? thrown.name : typeof thrown
