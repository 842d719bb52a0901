import type { Configuration } from '../../core/configuration'
import type { StreamExecutionEnvironment } from './StreamExecutionEnvironment'
import type { JobID } from './JobClient'
import type { Transformation } from '../operators/transformation'

/**
 * What one evaluation of a program shares: Flink keeps these in JVM-wide statics (the transformation counter, the factory of
 * context environments); here each evaluation has its own, so that ids count from 1 each time (G-1) and evaluations never meet.
 */
export interface ExecutionContext {
  /** What the cluster and the submission configured; the program's own settings beat it. */
  readonly configuration: Configuration
  /** Names of the scenario's external services; undefined: nobody knows. */
  readonly services?: readonly string[] | undefined
  /** Next transformation id, counting from 1. */
  nextId(): number
  /** Called for each transformation as it is made. */
  register(transformation: Transformation): void
  /** Line of the program that is running now, if it can be known. */
  currentLine(): number | undefined
  /** The plan of what an environment holds, as Flink's JSON. */
  executionPlan(environment: StreamExecutionEnvironment): string
  /** `env.execute()` is attached, `env.executeAsync()` detached. */
  execute(environment: StreamExecutionEnvironment, jobName: string | undefined, submission: 'attached' | 'detached'): JobID
}

let current: ExecutionContext | null = null

/** The evaluation that is running; there is none while user functions run later. */
export function currentContext(): ExecutionContext {
  if (current === null) throw new Error('A Flink program is only built while its main part runs, not from inside a function.')
  return current
}

/** Services that may be named; undefined: it shows when they are asked. */
export const currentServices = (): readonly string[] | undefined => current?.services

/** Runs a program's main part; evaluations nest but never overlap, since a main part has no await. */
export function withContext<T>(context: ExecutionContext, main: () => T): T {
  const outer = current
  current = context
  try {
    return main()
  } finally {
    current = outer
  }
}
