import { compile } from '../../../client/compile'
import { ProblemError, type Problem } from '../../../core/problem'
import { startInSandbox } from '../../../minicluster/browser'
import { startLocal } from '../../../minicluster/local'
import type { RunRequest } from '../../../minicluster/types'
import type { EventPage } from '../../../core/page'
import { RollingHash } from '../../../base/hash'

const startRun = startInSandbox({
  client: async () => (await import('../../../../workers/client?worker-text')).default,
  jobmanager: async () => (await import('../../../../workers/jobmanager?worker-text')).default,
  taskmanager: async () => (await import('../../../../workers/taskmanager?worker-text')).default,
})

export interface Told {
  readonly state: string
  readonly problem?: Problem
  readonly events: number
  readonly hash: string
  /** Lines of console.log and sinks, in order. */
  readonly ms: number
}

const tools = {
  startRun,
  request(text: string, seed = 1): RunRequest {
    return {
      scenario: {
        version: 1,
        name: 'test',
        program: { language: 'typescript', text },
        topics: [],
        cluster: { taskManagers: 2, linkLatency: 10, clockStart: 1_700_000_000_000, recordCost: 20 },
        configuration: {},
        interventions: [],
        seed,
      },
      compiled: compile(text),
      topics: [],
      tracing: true,
    }
  },
  async run(text: string, until = 60_000_000, where: 'sandbox' | 'local' = 'sandbox'): Promise<Told> {
    const began = performance.now()
    const hash = new RollingHash()
    let events = 0
    const take = (page: EventPage): void => {
      events += page.count
      for (let i = 0; i < page.count; i++) {
        const from = i === 0 ? 0 : page.payloadEnd[i - 1]!
        const numbers = new Float64Array([
          page.time[i]!,
          page.process[i]!,
          page.kind[i]!,
          page.a[i]!,
          page.b[i]!,
          page.c[i]!,
          page.d[i]!,
          page.x[i]!,
        ])
        hash.update(new Uint8Array(numbers.buffer)).update(page.payload, from, page.payloadEnd[i]!)
      }
    }
    const told = (state: string, problem?: Problem): Told => ({
      state,
      ...(problem === undefined ? {} : { problem }),
      events,
      hash: hash.digest(),
      ms: Math.round(performance.now() - began),
    })
    try {
      const run = await (where === 'local' ? startLocal : startRun)(tools.request(text))
      const end = await run.advance(until, take)
      run.dispose()
      return told(end.state, 'problem' in end ? end.problem : undefined)
    } catch (error) {
      if (error instanceof ProblemError) return told('refused', error.problem)
      return told(String((error as Error).stack))
    }
  },
}
Object.assign(globalThis, { tools })
export type Tools = typeof tools
