import type { KnownRun, Shown } from './known'

/** A run that was made beside the one on screen and stands in front of it. */
export class Overlay {
  /** They follow the log when `grown` says so. */
  count = $state(0)
  frontier = $state(0)
  ended = $state(false)

  constructor(readonly shown: Shown) {}

  grown(frontier: number, ended: boolean): void {
    this.count = this.shown.log.length
    this.frontier = frontier
    this.ended = ended
  }

  get known(): KnownRun {
    return { ...this.shown, frontier: this.frontier, ended: this.ended }
  }
}
