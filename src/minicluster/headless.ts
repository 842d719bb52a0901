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
  /** Virtual µs, or what a plan makes of it; absent: until nothing will ever happen again, which an unbounded job never comes to. */
  readonly until?: number | ((header: TraceHeader) => number)
  /** Absent: the local deployment. */
  readonly start?: StartRun
  /** Ends the run at once, whatever it is caught in; the promise rejects with the signal's reason. No use on the caller's own thread. */
  readonly signal?: AbortSignal
}

export interface JobOutcome {
  readonly name: string
  /** The last one that the trace told; null: the job was never submitted. */
  readonly status: JobStatus | null
  /** Why it is in that status, in Flink's words; empty where there is nothing to say. */
  readonly reason: string
}

export interface Outcome {
  readonly header: TraceHeader
  readonly end: RunEnd
  /** Virtual µs. */
  readonly frontier: number
  /** In order of submission. */
  readonly jobs: readonly JobOutcome[]
  /** The program's: that of the first job that failed, else of the first that was cancelled, else of the last that was submitted. */
  readonly status: JobStatus | null
  /** Why that job is in its status. */
  readonly reason: string
}

const decoder = new TextDecoder()

/** Runs a program's jobs without a page, from their start to their end. Rejects as StartRun does for what cannot even start. */
export async function runToEnd(request: RunRequest, options: HeadlessOptions = {}): Promise<Outcome> {
  const { signal } = options
  signal?.throwIfAborted()
  const run = await (options.start ?? startLocal)(request)
  /** By job: what was told last. */
  const told: Omit<JobOutcome, 'name'>[] = []
  const onPage = (page: EventPage): void => {
    for (let i = 0; i < page.count; i++) {
      if (page.kind[i] !== TraceKind.JobStatus) continue
      const reason = decoder.decode(page.payload.subarray(i === 0 ? 0 : page.payloadEnd[i - 1]!, page.payloadEnd[i]!))
      told[page.b[i]!] = { status: JOB_STATUSES[page.a[i]!]!, reason }
    }
    options.onPage?.(page)
  }
  try {
    signal?.throwIfAborted()
    options.onHeader?.(run.header)
    const until = typeof options.until === 'function' ? options.until(run.header) : (options.until ?? Number.MAX_SAFE_INTEGER)
    const { frontier, ...end } = await orAbort(run.advance(until, onPage), signal)
    const jobs = run.header.executionGraph.job.jobs.map(({ name }, job) => ({ name, ...(told[job] ?? { status: null, reason: '' }) }))
    const { status, reason } = ofProgram(jobs)
    return { header: run.header, end, frontier, jobs, status, reason }
  } finally {
    run.dispose()
  }
}

function ofProgram(jobs: readonly JobOutcome[]): JobOutcome {
  const ended = (wanted: JobStatus): JobOutcome | undefined => jobs.find(({ status }) => status === wanted)
  return ended('FAILED') ?? ended('CANCELED') ?? jobs.findLast(({ status }) => status !== null) ?? jobs[0]!
}

/** The promise, or the signal's reason if that comes first. */
function orAbort<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise
  return new Promise((done, failed) => {
    const abort = (): void => failed(signal.reason as Error)
    signal.addEventListener('abort', abort, { once: true })
    void promise.then(done, failed).finally(() => signal.removeEventListener('abort', abort))
  })
}
