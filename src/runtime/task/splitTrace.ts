import { TraceKind } from '../../trace/kinds'
import type { GeneratorListener } from '../time/ToldOutput'
import type { ChainedOperatorState } from './chainedOperator'
import type { TaskThread } from './thread'

/** In place of a partition: the reader's own output. */
export const MAIN_OUTPUT = -1

const ENDED = 2

/** Tells the trace what a source's splits do to its watermark. Only there while tracing. */
export class SplitTrace {
  /** By split; those that are read to their end too. */
  private readonly partitions = new Map<string, number>()
  /** The generator of the main output has said something of its own. */
  private mainSpoke = false

  constructor(
    private readonly task: TaskThread,
    private readonly state: ChainedOperatorState,
  ) {}

  assigned(split: string, partition: number): void {
    this.partitions.set(split, partition)
    this.emit(TraceKind.SplitAssigned, partition, 0, NaN)
  }

  /** The reader has begun. One that has no split reads without any, or reads nothing. */
  started(): void {
    if (this.partitions.size === 0) this.emit(TraceKind.SplitAssigned, MAIN_OUTPUT, 0, NaN)
  }

  ended(split: string): void {
    this.emit(TraceKind.SplitStatus, this.partitions.get(split)!, ENDED, NaN)
  }

  /** `split` null: the whole reader. `allowed`: the greatest watermark that alignment lets it have. */
  paused(split: string | null, paused: boolean, allowed: number): void {
    this.emit(TraceKind.SplitPaused, split === null ? MAIN_OUTPUT : this.partitions.get(split)!, paused ? 1 : 0, allowed)
  }

  generatorListener(split: string | null): GeneratorListener {
    const partition = (): number => (split === null ? MAIN_OUTPUT : this.partitions.get(split)!)
    return {
      rose: (watermark) => {
        if (split === null) this.mainSpoke = true
        this.emit(TraceKind.SplitWatermark, partition(), 0, watermark)
      },
      fell: (watermark, last) => this.state.trace.watermarkIgnored(partition(), watermark, last),
      status: (idle) => {
        // Beside splits the main output stands empty: that it is idle says nothing (T-9).
        if (split === null && this.partitions.size > 0 && !this.mainSpoke) return
        this.emit(TraceKind.SplitStatus, partition(), idle ? 1 : 0, NaN)
      },
    }
  }

  private emit(kind: number, partition: number, c: number, x: number): void {
    this.task.context.emit(kind, this.state.node, partition, c, 0, x)
  }
}
