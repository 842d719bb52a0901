import { Configuration } from '../../core/configuration'
import { StateRecoveryOptions } from '../../core/options'
import type { HostInput } from '../assemble'
import type { RunFiles } from '../types'

/** The same inputs, and among them what the machine has of the files that the job is restored from. */
export async function withFound(
  inputs: ReadonlyMap<number, HostInput>,
  files: RunFiles | undefined,
): Promise<ReadonlyMap<number, HostInput>> {
  const log = [...inputs].find(([, { role }]) => role === 'log')
  if (files === undefined || log === undefined) return inputs
  const [host, input] = log
  const path = Configuration.fromMap(input.configuration).get(StateRecoveryOptions.SAVEPOINT_PATH)
  if (path === undefined || path === '') return inputs
  // What the scenario brings along comes first: it is the same on every machine.
  return new Map([...inputs, [host, { ...input, files: [...input.files, ...(await files.found(path))] }]])
}
