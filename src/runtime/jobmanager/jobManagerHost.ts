import type { Address, Context, Message, Process } from '../../kernel/types'
import { TraceKind } from '../../trace/kinds'
import type { JobEnvironment, MainLine } from '../deployment'
import type { ControlMessage } from '../messages'
import { control } from '../messages'
import { Afterlife } from './afterlife'
import { JobManager } from './jobManager'
import type { Wake } from './timers'

const BEGIN: Message & { readonly type: 'begin' } = { type: 'begin' }
type Mail = ControlMessage | Wake | typeof BEGIN

/**
 * Where the JobManager runs: Kubernetes or YARN, which start another when it has died (an intervention). The cluster is one in application mode: without high
 * availability the next JobManager knows nothing, and runs the program's main part again, whose jobs begin from nothing; with it, it
 * recovers them (`Afterlife`). The time until it is there counts in the choice of a new leader. Whoever calls meanwhile is not heard.
 */
export class JobManagerHost implements Process {
  private readonly afterlife: Afterlife
  /** null: it is dead. */
  private living: JobManager | null

  constructor(
    private readonly environment: JobEnvironment,
    private readonly mainOutput: readonly MainLine[],
    private readonly others: readonly Address[],
  ) {
    this.afterlife = new Afterlife(environment.executionGraph, environment.submitted)
    this.living = this.next(0)
  }

  private next(now: number): JobManager {
    return new JobManager(this.environment, this.mainOutput, this.others, this.afterlife, now)
  }

  handle(received: Message, from: Address, context: Context): void {
    const message = received as Mail
    if (message.type === 'begin') return this.begin(context)
    if (message.type === 'wake' && message.leadership !== this.afterlife.leadership) return
    if (message.type === 'intervene') {
      const { action, index } = message
      if (action.do === 'kill-job-manager') return this.die(index, action.downtime, context)
      // What it does to others it does all the same.
      if (this.living === null) return context.emit(TraceKind.Intervention, index, 0, 0, 0, NaN)
    }
    this.living?.handle(received, from, context)
  }

  private die(intervention: number, downtime: number, context: Context): void {
    context.emit(TraceKind.Intervention, intervention, 0, 0, 0, NaN)
    // Dead already: the next one comes when it comes.
    if (this.living === null) return
    this.living = null
    this.afterlife.nextLeader()
    context.emit(TraceKind.JobManagerDied, 0, 0, 0, 0, NaN)
    context.after(downtime, BEGIN)
  }

  private begin(context: Context): void {
    const { leadership, highAvailability } = this.afterlife
    this.living = this.next(context.now)
    context.emit(TraceKind.JobManagerStarted, leadership, highAvailability === null ? 0 : 1, 0, 0, NaN)
    this.living.handle(control({ type: 'start' }), context.self, context)
  }
}
