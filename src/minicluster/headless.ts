import type { EventPage } from '../core/page'
import { JOB_STATUSES, TraceKind } from '../trace/kinds'
import type { JobStatus } from '../trace/kinds'
import type { TraceHeader } from '../trace/types'
import { startLocal } from './local'
import type { RunEnd, RunRequest, StartRun } from './types'

export interface HeadlessOptions {
  /** Called before the first page. */
  readonly onHeader?: (header: TraceHeader) => void
  readonly onPage?: (page: EventPage) => void
  /** Virtual µs; absent: until nothing will ever happen again, which an unbounded job never comes to. */
  readonly until?: number
  /** Absent: the local deployment. */
  readonly start?: StartRun
}

export interface Outcome {
  readonly header: TraceHeader
  readonly end: RunEnd
  /** Virtual µs. */
  readonly frontier: number
  /** The last one that the trace told. */
  readonly status: JobStatus | null
  /** Why the job failed, in Flink's words; empty if it did not. */
  readonly reason: string
}

const decoder = new TextDecoder()

/** Runs a job without a page, from its start to its end. Rejects as StartRun does for what cannot even start. */
export async function runToEnd(request: RunRequest, options: HeadlessOptions = {}): Promise<Outcome> {
  const run = await (options.start ?? startLocal)(request)
  let status: JobStatus | null = null
  let reason = ''
  const onPage = (page: EventPage): void => {
    for (let i = 0; i < page.count; i++) {
      if (page.kind[i] !== TraceKind.JobStatus) continue
      status = JOB_STATUSES[page.a[i]!]!
      reason = decoder.decode(page.payload.subarray(i === 0 ? 0 : page.payloadEnd[i - 1]!, page.payloadEnd[i]!))
    }
    options.onPage?.(page)
  }
  try {
    options.onHeader?.(run.header)
    const { frontier, ...end } = await run.advance(options.until ?? Number.MAX_SAFE_INTEGER, onPage)
    return { header: run.header, end, frontier, status, reason }
  } finally {
    run.dispose()
  }
}
