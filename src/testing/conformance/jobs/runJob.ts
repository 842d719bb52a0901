import { compile } from '../../../client/compile'
import { ProblemError } from '../../../core/problem'
import { runToEnd } from '../../../minicluster/headless'
import type { StartRun } from '../../../minicluster/types'
import { newScenario } from '../../../scenario/defaults'
import { TraceKind } from '../../../trace/kinds'
import { programText, type JobCase } from './programText'

export type Row = readonly [key: string, value: number | string, tag: string, timestamp: number | string | null]

export type JobResult =
  | { readonly results: Readonly<Record<string, readonly Row[]>> }
  | { readonly error: { readonly stage: 'graph' | 'run'; readonly message: string } }

const decoder = new TextDecoder()

/** Runs a case through a cluster of two TaskManagers of four slots, as it was recorded; on this thread unless `start` says otherwise. */
export async function runJob(given: JobCase, start?: StartRun): Promise<JobResult> {
  const text = programText(given)
  const scenario = newScenario({ program: { language: 'typescript', text }, configuration: { 'taskmanager.numberOfTaskSlots': '4' } })
  const results: Record<string, Row[]> = Object.fromEntries(given.sinks.map(({ id }) => [id, []]))
  try {
    const outcome = await runToEnd(
      { scenario: { ...scenario, cluster: { ...scenario.cluster, taskManagers: 2 } }, compiled: compile(text), topics: [], tracing: false },
      {
        ...(start === undefined ? {} : { start }),
        onPage: (page) => {
          for (let i = 0; i < page.count; i++) {
            if (page.kind[i] !== TraceKind.UserOutput) continue
            const line = decoder.decode(page.payload.subarray(i === 0 ? 0 : page.payloadEnd[i - 1]!, page.payloadEnd[i]!))
            const [sink, ...row] = JSON.parse(line) as [string, ...Row]
            results[sink]!.push(row)
          }
        },
      },
    )
    return outcome.status === 'FINISHED' ? { results } : { error: { stage: 'run', message: outcome.reason } }
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { args } = error.problem
    // Flink finds this one when the job is submitted.
    const stage = args?.class === 'org.apache.flink.runtime.JobException' ? 'run' : 'graph'
    return { error: { stage, message: String(args?.message) } }
  }
}

/** A multiset of rows in the family's canonical order. */
export const sorted = (rows: readonly Row[]): readonly string[] => rows.map((row) => JSON.stringify(row)).sort()
