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
  private readonly masters: JobMaster[] = []
  private running = 0
  private printed = 0

  constructor(
    private readonly services: JobServices,
    /** In order. */
    private readonly mainOutput: readonly MainLine[],
    /** All jobs that were submitted are over, and there will be no others. */
    private readonly onEnd: () => void,
  ) {}

  start(): void {
    this.submit(0)
  }

  /** undefined: not submitted. */
  job(number: number): JobMaster | undefined {
    return this.masters[number]
  }

  get jobs(): readonly JobMaster[] {
    return this.masters
  }

  private get infos(): readonly JobInfo[] {
    return this.services.graph.graph.job.jobs
  }

  /** From `first` on, to the next one that is waited for. */
  private submit(first: number): void {
    for (let number = first; ; number++) {
      this.print(number)
      if (number === this.infos.length) return
      assert(this.masters.length === number, `job ${number} is submitted out of turn`)
      const master = new JobMaster(number, this.services, (status) => this.ended(number, status))
      this.masters.push(master)
      this.running++
      master.start()
      if (this.infos[number]!.submission === 'attached') return
    }
  }

  /** What comes before the next `execute()`. */
  private print(submitted: number): void {
    for (; this.mainOutput[this.printed]?.submitted === submitted; this.printed++) {
      this.services.context.emit(TraceKind.UserOutput, 0, 0, 0, 0, NaN, encoder.encode(this.mainOutput[this.printed]!.line))
    }
  }

  private ended(number: number, status: JobStatus): void {
    this.running--
    if (this.infos[number]!.submission === 'attached' && status === 'FINISHED') this.submit(number + 1)
    if (this.running === 0) this.onEnd()
  }
}
