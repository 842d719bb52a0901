import { problemOf } from '../../client'
import { JavaException } from '../../core/exceptions'
import { ProblemError, type Problem } from '../../core/problem'
import type { KernelConfig } from '../../kernel/types'
import { assemble, type Assembly } from '../assemble'
import type { RunRequest } from '../types'

/** An assembly that can be cloned: links as a table, and the topics left with whoever asked. */
export interface PlannedRun extends Omit<Assembly, 'kernel'> {
  readonly kernel: Omit<KernelConfig, 'latency'>
  /** From host to host, by host number. */
  readonly latencies: readonly (readonly number[])[]
}

export type Planned = { readonly planned: PlannedRun } | { readonly problem: Problem }

/** Control plane of the client's thread: the program's main part runs there, and nothing else ever does. */
export interface ClientApi {
  ping(): void
  plan(request: RunRequest): Planned
}

export const clientApi: ClientApi = {
  ping: () => {},
  plan(request) {
    try {
      const { kernel, inputs, ...rest } = assemble(request)
      const { latency, ...config } = kernel
      const latencies: number[][] = []
      for (const from of kernel.hosts) {
        latencies[from.host] = []
        for (const to of kernel.hosts) latencies[from.host]![to.host] = latency(from.host, to.host)
      }
      const light = new Map([...inputs].map(([host, input]) => [host, { ...input, topics: [] }]))
      return { planned: { ...rest, kernel: config, latencies, inputs: light } }
    } catch (error) {
      // What the user can mend crosses as data; Comlink would keep no more than a message.
      if (error instanceof ProblemError || error instanceof JavaException) return { problem: problemOf(error) }
      throw error
    }
  },
}
