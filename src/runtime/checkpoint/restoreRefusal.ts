import { IllegalStateException, JavaException } from '../../core/exceptions'
import { StateRecoveryOptions } from '../../core/options'
import { problem } from '../../core/problem'
import type { Place, Problem } from '../../core/problem'
import type { Failure } from '../messages'

/** Why a job cannot begin from a checkpoint or savepoint: in Flink's words, and with a way out. */
export interface RestoreRefusal extends Failure {
  readonly problem: Problem
}

/** Thrown where a checkpoint does not fit the job. */
export class DoesNotFit extends IllegalStateException {
  constructor(
    message: string,
    readonly code: string,
    readonly args: Problem['args'],
  ) {
    super(message)
  }
}

const NAMED: Place = { in: 'cluster', key: StateRecoveryOptions.SAVEPOINT_PATH.key }

/** `named`: by the configuration, which can be mended then. */
export const refusal = (code: string, args: Problem['args'], className: string, message: string, named = true): RestoreRefusal => ({
  className,
  message,
  problem: problem(code, { message, ...args }, named ? NAMED : { in: 'run' }),
})

/** `path`: what the job was to go on from. */
export function refusalOf(thrown: unknown, path: string, named: boolean): RestoreRefusal {
  if (!(thrown instanceof JavaException)) throw thrown
  const { javaClass, message } = thrown
  const fitting = thrown instanceof DoesNotFit ? thrown : null
  return refusal(fitting?.code ?? 'restore-failed', { path, ...fitting?.args }, javaClass, message, named)
}
