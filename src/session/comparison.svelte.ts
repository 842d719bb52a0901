import { ProblemError, type Problem } from '../core/problem'
import { runBeside } from './beside'
import type { Fork, Forks } from './forks.svelte'
import type { Materials } from './materials'
import { Overlay } from './overlay.svelte'
import type { Services } from './services'

/** A second fork beside the one on screen, on the same clock. */
export class Comparison {
  fork: Fork | null = $state.raw(null)
  /** Its run as far as it is known; null while it is made again. */
  run: Overlay | null = $state.raw(null)
  problem: Problem | null = $state.raw(null)
  /** The view on screen is shown twice: A and B. */
  paired = $state(false)
  private making: AbortController | null = null

  constructor(
    private readonly services: Services,
    private readonly materials: Materials,
    private readonly forks: Forks,
  ) {}

  /** @param time virtual µs that must be known: the playhead's */
  open(fork: Fork, time: number): void {
    this.close()
    this.fork = fork
    void this.make(fork, time)
  }

  close(): void {
    this.making?.abort()
    this.making = null
    this.fork = this.run = this.problem = null
    this.paired = false
  }

  /** The playhead is at `time`: a run that is not known as far is made again, to further on. */
  want(time: number): void {
    const { fork, run } = this
    if (fork === null || run === null || this.making !== null || run.ended || run.frontier >= time) return
    void this.make(fork, time * 1.5)
  }

  private async make(fork: Fork, time: number): Promise<void> {
    const abort = new AbortController()
    this.making = abort
    const known = this.forks.traceOf(fork.scenario)
    let run: Overlay | null = null
    const show = (overlay: Overlay, frontier: number, ended: boolean): void => {
      run = overlay
      overlay.grown(frontier, ended)
      this.run = overlay
    }
    try {
      if (known !== null && (known.ended || known.frontier >= time)) show(new Overlay(known), known.frontier, known.ended)
      else
        await runBeside(fork.scenario, this.services, this.materials, {
          need: time,
          signal: abort.signal,
          wanted: () => true,
          onReady: (shown, frontier, ended) => show(new Overlay(shown), frontier, ended),
          onGrown: (frontier, ended) => run?.grown(frontier, ended),
        })
      if (run !== null && !abort.signal.aborted) this.forks.keep((run as Overlay).known)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      if (!abort.signal.aborted) this.problem = error.problem
    } finally {
      if (this.making === abort) this.making = null
    }
  }
}
