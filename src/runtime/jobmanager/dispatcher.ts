import { assert } from '../../base/assert'
import type { JobInfo } from '../../graph/types'
import { TraceKind } from '../../trace/kinds'
import type { JobStatus } from '../../trace/kinds'
import type { MainLine } from '../deployment'
import { JobMaster } from './jobMaster'
import type { JobServices } from './services'

const encoder = new TextEncoder()

/**
 * Takes a program's jobs as its client submits them. Mirrors Dispatcher and, of the client, StreamExecutionEnvironment.execute: a job behind an attached one is
 * submitted when that one has finished; if it failed or was cancelled, `execute()` throws in the program and
 * nothing more comes. What the program's main part prints it prints where it is: a line behind `execute()` when that job has finished.
 */
export class Dispatcher {
  private readonly masters = new Map<number, JobMaster>()
  private submitted = 0
  private running = 0
  private printed = 0

  constructor(
    private readonly services: JobServices,
    /** In order. */
    private readonly mainOutput: readonly MainLine[],
    /** All jobs that were submitted are over, and there will be no others. */
    private readonly onEnd: () => void,
  ) {}

  /**
   * Runs the program's main part, as a cluster in application mode does. With high availability the jobs are known that were submitted before; those that are
   * not over come back, and main goes on where it was.
   */
  start(): void {
    const { highAvailability } = this.services
    if (highAvailability === null || highAvailability.submitted === 0) return this.submit(0)
    this.submitted = highAvailability.submitted
    this.printed = highAvailability.printed
    const open = this.infos.slice(0, this.submitted).flatMap((_, number) => (highAvailability.ended.has(number) ? [] : [number]))
    this.running = open.length
    for (const number of open) this.run(number)
  }

  /** undefined: not submitted. */
  job(number: number): JobMaster | undefined {
    return this.masters.get(number)
  }

  get jobs(): readonly JobMaster[] {
    return [...this.masters.values()]
  }

  private get infos(): readonly JobInfo[] {
    return this.services.graph.graph.job.jobs
  }

  /** From `first` on, to the next one that is waited for. */
  private submit(first: number): void {
    for (let number = first; ; number++) {
      this.print(number)
      if (number === this.infos.length) return
      assert(this.submitted === number, `job ${number} is submitted out of turn`)
      this.submitted++
      this.running++
      this.keep()
      this.run(number)
      if (this.infos[number]!.submission === 'attached') return
    }
  }

  private run(number: number): void {
    const master = new JobMaster(number, this.services, (status) => this.ended(number, status))
    this.masters.set(number, master)
    master.start()
  }

  private keep(): void {
    const { highAvailability } = this.services
    if (highAvailability === null) return
    highAvailability.submitted = this.submitted
    highAvailability.printed = this.printed
  }

  /** What comes before the next `execute()`. */
  private print(submitted: number): void {
    for (; this.mainOutput[this.printed]?.submitted === submitted; this.printed++) {
      this.services.context.emit(TraceKind.UserOutput, 0, 0, 0, 0, NaN, encoder.encode(this.mainOutput[this.printed]!.line))
    }
  }

  private ended(number: number, status: JobStatus): void {
    this.running--
    this.services.highAvailability?.ended.add(number)
    if (this.infos[number]!.submission === 'attached' && status === 'FINISHED') this.submit(number + 1)
    if (this.running === 0) this.onEnd()
  }
}
