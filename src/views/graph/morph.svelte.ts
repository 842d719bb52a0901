import { cubicInOut } from 'svelte/easing'
import { prefersReducedMotion, Tween } from 'svelte/motion'
import { between, lanesBetween, type Layout, type Rect, type Stage } from './layout'

/** Which stage is shown, and how far one has gone over into the other. Where motion is not wanted, it jumps. */
export class Morph {
  stage: Stage = $state('subtasks')
  before: Stage = $state('subtasks')
  private readonly progress = new Tween(1, { duration: 380, easing: cubicInOut })
  /** 0 … 1: of the way from the one before. */
  readonly at: number = $derived.by(() => this.progress.current)
  readonly moving: boolean = $derived.by(() => this.at < 1)
  /** Whether operators stand alone, 0, or in the boxes of their tasks, 1. */
  readonly boxed: number = $derived.by(() => this.part((stage) => stage !== 'program'))
  /** Whether boxes are closed, 0, or open to their subtasks, 1. */
  readonly open: number = $derived.by(() => this.part((stage) => stage === 'subtasks'))

  constructor(stage: Stage) {
    this.stage = stage
    this.before = stage
  }

  go(stage: Stage): void {
    this.before = this.stage
    this.stage = stage
    void this.progress.set(0, { duration: 0 })
    void this.progress.set(1, prefersReducedMotion.current ? { duration: 0 } : undefined)
  }

  private part(of: (stage: Stage) => boolean): number {
    return Number(of(this.before)) * (1 - this.at) + Number(of(this.stage)) * this.at
  }
}

/** What is drawn of two layouts of one picture at a moment between them. */
export interface Drawn {
  readonly width: number
  readonly height: number
  readonly operators: readonly Rect[]
  readonly frames: readonly Rect[]
  readonly lanes: Layout['lanes']
}

export function drawnBetween(origin: Layout, target: Layout, at: number): Drawn {
  const frames = target.tasks.map(({ frame }) => frame)
  if (origin === target) return { ...target, frames }
  const along = (from: readonly Rect[], to: readonly Rect[]) => from.map((rect, i) => between(rect, to[i]!, at))
  return {
    width: origin.width + (target.width - origin.width) * at,
    height: origin.height + (target.height - origin.height) * at,
    operators: along(origin.operators, target.operators),
    frames: along(
      origin.tasks.map(({ frame }) => frame),
      frames,
    ),
    lanes: lanesBetween(origin, target, at),
  }
}
