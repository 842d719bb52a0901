import { RollingHash } from '../../base/hash'
import { UnsupportedOperationException } from '../../core/exceptions'

const encoder = new TextEncoder()

/** Names a job. Mirrors org.apache.flink.api.common.JobID; Flink's is random, here it follows from the job's place in the program and its name. */
export class JobID {
  /** @internal */
  constructor(private readonly hex: string) {}

  /** @internal */
  static of(job: number, name: string): JobID {
    const half = (salt: string): string => new RollingHash().update(encoder.encode(`${salt}${job} ${name}`)).digest()
    return new JobID(half('job ') + half('id '))
  }

  /** Returns the id as 32 hexadecimal digits. */
  toHexString(): string {
    return this.hex
  }

  /** Returns the id as 32 hexadecimal digits. */
  toString(): string {
    return this.hex
  }
}

const notYet = (what: string): never => {
  throw new UnsupportedOperationException(
    `${what} is only known when the job runs, and the main part of the program is over before that. See the log and the results of the run.`,
  )
}

/** What `execute()` gives. Mirrors org.apache.flink.api.common.JobExecutionResult as of a detached job: nothing is known but the id. */
export class JobExecutionResult {
  /** @internal */
  constructor(private readonly jobId: JobID) {}

  /** Returns the job's id. */
  getJobID(): JobID {
    return this.jobId
  }

  /** Returns false: the job has not run yet. */
  isJobExecutionResult(): boolean {
    return false
  }

  /** Would tell how long the job ran. */
  getNetRuntime(): never {
    return notYet("The job's runtime")
  }

  /** Would tell what an accumulator counted. */
  getAccumulatorResult(accumulatorName: string): never {
    return notYet(`Accumulator '${accumulatorName}'`)
  }

  /** Would tell what all accumulators counted. */
  getAllAccumulatorResults(): never {
    return notYet('What accumulators counted')
  }
}

/**
 * What `executeAsync()` gives: a handle on a job that runs beside the program. Mirrors org.apache.flink.core.execution.JobClient; here the
 * program's main part is over before the job begins, so only its id can be asked.
 */
export class JobClient {
  /** @internal */
  constructor(private readonly jobId: JobID) {}

  /** Returns the job's id. */
  getJobID(): JobID {
    return this.jobId
  }

  /** Would tell the job's state. */
  getJobStatus(): never {
    return notYet("The job's state")
  }

  /** Would cancel the job: an intervention on the run does that. */
  cancel(): never {
    return notYet('Whether there is anything to cancel')
  }

  /** Would tell what accumulators counted. */
  getAccumulators(): never {
    return notYet('What accumulators counted')
  }

  /** Would wait for the job's end. */
  getJobExecutionResult(): never {
    return notYet("The job's result")
  }

  /** Would take a savepoint. */
  triggerSavepoint(): never {
    return notYet("The job's state")
  }

  /** Would stop the job with a savepoint. */
  stopWithSavepoint(): never {
    return notYet("The job's state")
  }
}
