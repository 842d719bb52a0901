import { startOnThreads } from '../../../minicluster/node'
import type { Family, Vector } from '../family'
import type { JobCase } from './programText'
import { runJob, sorted, type JobResult, type Row } from './runJob'

interface Expected {
  readonly results?: Readonly<Record<string, readonly Row[]>>
  readonly error?: { readonly stage: string; readonly message: string }
}

/** Flink's counters stand as `-N` in the vectors. */
const agrees = (wanted: Expected, got: JobResult): boolean => {
  if (wanted.error !== undefined) {
    const words = wanted.error.message.split(/-N\b/)
    return 'error' in got && got.error.stage === wanted.error.stage && words.every((part) => got.error.message.includes(part))
  }
  return 'results' in got && Object.entries(wanted.results!).every(([sink, rows]) => sorted(rows).join('\n') === sorted(got.results[sink]!).join('\n'))
}

/** Whole programs through JobManager, TaskManagers and channels, on one thread and on a thread for each of them. */
export const jobs: Family = {
  name: 'jobs',
  async check(vector) {
    const { given, expect } = vector as unknown as Vector<JobCase, Expected>
    for (const start of [undefined, startOnThreads]) {
      const got = await runJob(given, start)
      if (!agrees(expect, got)) return { expected: expect, got }
    }
    return null
  },
}
