import { ProblemError, type Problem } from '../../../core/problem'
import { startInPool, startInSandbox } from '../../../minicluster/browser'
import { startLocal } from '../../../minicluster/local'
import { requestOf } from './request'
import { TraceHash } from './hash'

const startRun = startInSandbox({
  client: async () => (await import('../../../../workers/client?worker-text')).default,
  jobmanager: async () => (await import('../../../../workers/jobmanager?worker-text')).default,
  taskmanager: async () => (await import('../../../../workers/taskmanager?worker-text')).default,
})
const startInOne = startInPool({ cluster: async () => (await import('../../../../workers/cluster?worker-text')).default }, 2)
const ways = { sandbox: startRun, pool: startInOne, local: startLocal }

export interface Told {
  readonly state: string
  readonly problem?: Problem
  readonly events: number
  readonly hash: string
  readonly ms: number
}

const tools = {
  async run(text: string, until = 60_000_000, where: keyof typeof ways = 'sandbox'): Promise<Told> {
    const began = performance.now()
    const hash = new TraceHash()
    const told = (state: string, problem?: Problem): Told => ({
      state,
      ...(problem === undefined ? {} : { problem }),
      events: hash.events,
      hash: hash.digest,
      ms: Math.round(performance.now() - began),
    })
    try {
      const run = await ways[where](requestOf(text))
      const end = await run.advance(until, hash.take)
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
export type Way = keyof typeof ways
