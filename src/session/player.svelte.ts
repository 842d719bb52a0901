import type { TraceLog } from '../trace/log'

/** Virtual seconds a second of the wall clock. */
export const SPEEDS = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 50, 200] as const

/** Seconds of the wall clock that an idle stretch takes at most. */
const GAP = 0.45

/** What the player asks of the run it plays. */
export interface Playable {
  readonly log: TraceLog | null
  /** Virtual µs up to which everything is known. */
  readonly frontier: number
  /** Nothing lies beyond the frontier. */
  readonly complete: boolean
  /** One way between two processes, virtual µs: what is on its way is never hurried. */
  readonly linkLatency: number
  /** The playhead moved: simulate on if it came near the frontier. */
  wanted(): void
}

/** The playhead. Time runs on between events, so that what is on its way moves; the event is the last one at or before it. */
export class Player {
  time = $state(0)
  event = $state(-1)
  playing = $state(false)
  speed = $state(0.1)
  /** Stretches in which nothing happens pass quickly. */
  skipIdle = $state(true)
  /** Playing, but at the frontier: waiting for the cluster. */
  waiting = $state(false)
  /** Where playing stops by itself: the moment of a lesson's scene. */
  private until: { readonly time: number } | { readonly event: number } | null = null
  private goal: number | null = null
  private frame = 0
  private last = 0

  constructor(private readonly run: Playable) {}

  get end(): number {
    const log = this.run.log
    return log === null ? 0 : this.run.complete ? log.endTime : this.run.frontier
  }

  play(until: { readonly time: number } | { readonly event: number } | null = null): void {
    if (this.run.log === null) return
    if (until === null && this.run.complete && this.time >= this.end) this.place(0)
    this.until = until
    this.playing = true
    this.last = performance.now()
    cancelAnimationFrame(this.frame)
    this.frame = requestAnimationFrame(this.tick)
  }

  pause(): void {
    this.playing = false
    this.waiting = false
    this.until = null
    cancelAnimationFrame(this.frame)
  }

  toggle(): void {
    if (this.playing) this.pause()
    else this.play()
  }

  seek(to: { readonly event: number } | { readonly time: number }): void {
    const log = this.run.log
    if (log === null) return
    this.until = null
    this.goal = null
    if ('time' in to) this.place(to.time)
    else {
      const event = Math.max(-1, Math.min(log.length - 1, to.event))
      this.event = event
      this.time = event < 0 ? 0 : log.timeAt(event)
    }
    this.last = performance.now()
    this.run.wanted()
  }

  /** To the next or previous event. Between two events, a step back goes to the one last passed. */
  step(by: 1 | -1): void {
    const log = this.run.log
    if (log === null) return
    this.pause()
    const between = this.event >= 0 && this.time > log.timeAt(this.event)
    this.seek({ event: by < 0 && between ? this.event : this.event + by })
  }

  reset(): void {
    this.pause()
    this.goal = null
    this.time = 0
    this.event = -1
  }

  /** Goes along with the simulation to virtual `time`, and stays or plays on from there: a bookmark's moment, the first picture's, the one before an edit. */
  startAt(time: number): void {
    this.goal = time
    this.refresh()
  }

  /** The trace was exchanged for another: the same moment in it. */
  stay(time = this.time): void {
    if (this.run.log !== null) this.place(time)
  }

  /** More of the trace has come: the same moment may now have a later last event. */
  refresh(): void {
    const log = this.run.log
    if (log === null) return
    if (this.goal !== null) {
      // Until the simulation is there, the playhead goes along with it.
      this.place(this.goal)
      if (this.end < this.goal && !this.run.complete) return
      this.goal = null
    }
    if (this.playing) return
    if (this.event + 1 < log.length && log.timeAt(this.event + 1) < this.time) this.event = log.lastAt(this.time)
  }

  /** Virtual seconds a second, now: the speed, or more where nothing is on its way and the next event is far. */
  private rate(): number {
    const log = this.run.log!
    const next = this.event + 1
    if (!this.skipIdle || next >= log.length) return this.speed
    const since = this.event < 0 ? 0 : log.timeAt(this.event)
    const gap = log.timeAt(next) - since
    return gap > 1.5 * this.run.linkLatency ? Math.max(this.speed, gap / 1e6 / GAP) : this.speed
  }

  private place(time: number): void {
    const log = this.run.log!
    this.time = Math.max(0, Math.min(this.end, time))
    this.event = log.lastAt(this.time)
  }

  private readonly tick = (now: number): void => {
    if (!this.playing || this.run.log === null) return
    if (this.goal !== null) {
      this.waiting = true
      this.last = now
      this.frame = requestAnimationFrame(this.tick)
      return
    }
    // A tab that slept does not leap on waking.
    const wall = Math.min(100, Math.max(0, now - this.last))
    this.last = now
    const aim = this.time + wall * 1000 * this.rate()
    const { until } = this
    if (until !== null) {
      const stop = 'time' in until ? until.time : until.event < this.run.log.length ? this.run.log.timeAt(until.event) : Infinity
      if (aim >= stop && stop <= this.end) {
        this.pause()
        this.seek('event' in until ? until : { time: stop })
        return
      }
    }
    this.place(aim)
    this.run.wanted()
    this.waiting = !this.run.complete && aim > this.end
    if (this.run.complete && this.time >= this.end) return this.pause()
    this.frame = requestAnimationFrame(this.tick)
  }
}
