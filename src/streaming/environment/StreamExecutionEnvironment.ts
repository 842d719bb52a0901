import type { Configuration } from '../../core/configuration'
import { IllegalStateException } from '../../core/exceptions'
import type { Transformation } from '../operators/transformation'
import { currentContext } from './context'
import { EnvironmentSources } from './EnvironmentSources'
import { JobClient, JobExecutionResult } from './JobClient'

/**
 * Where a program begins: it makes sources, holds settings and executes the job.
 * Mirrors org.apache.flink.streaming.api.environment.StreamExecutionEnvironment; input formats, cached files, serializers and job
 * listeners are left out. `execute` comes back at once: the job runs when the program's main part is over.
 */
export class StreamExecutionEnvironment extends EnvironmentSources {
  /** @internal Operators and sinks in the order in which they were made. */
  transformations: Transformation[] = []

  /** Returns the environment that the program runs in. */
  static getExecutionEnvironment(configuration?: Configuration): StreamExecutionEnvironment {
    const environment = new StreamExecutionEnvironment(currentContext())
    if (configuration !== undefined) environment.configure(configuration)
    return environment
  }

  /** Returns the environment that the program runs in, with that parallelism: there is one cluster here. */
  static createLocalEnvironment(given?: number | Configuration): StreamExecutionEnvironment {
    const environment = StreamExecutionEnvironment.getExecutionEnvironment(typeof given === 'number' ? undefined : given)
    return typeof given === 'number' ? environment.setParallelism(given) : environment
  }

  /** Returns the environment that the program runs in: whose web UI is the page around it. */
  static createLocalEnvironmentWithWebUI(configuration?: Configuration): StreamExecutionEnvironment {
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration)
  }

  /** Executes the job that the program has built; what comes behind it in the program is executed after the job's end. */
  execute(jobName?: string): JobExecutionResult {
    return new JobExecutionResult(this.submit(jobName, 'attached'))
  }

  /** Executes the job that the program has built, beside what comes behind it in the program. */
  executeAsync(jobName?: string): JobClient {
    return new JobClient(this.submit(jobName, 'detached'))
  }

  /** Returns the plan of what the program has built so far, as Flink's JSON. */
  getExecutionPlan(): string {
    this.requireOperators()
    return this.context.executionPlan(this)
  }

  /** @internal */
  addOperator(transformation: Transformation): void {
    this.transformations.push(transformation)
  }

  private submit(jobName: string | undefined, submission: 'attached' | 'detached') {
    this.requireOperators()
    const id = this.context.execute(this, jobName, submission)
    this.transformations = []
    return id
  }

  private requireOperators(): void {
    if (this.transformations.length === 0) throw new IllegalStateException('No operators defined in streaming topology. Cannot execute.')
  }
}
