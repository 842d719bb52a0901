import { DataOutput, encodeValue } from '../../core/values'
import { LONG_MAX, LONG_MIN } from '../../core/time'
import { watermarkSettingsOf } from '../../graph/timeSettings'
import type { WatermarkSettings } from '../../graph/timeSettings'
import { TraceKind } from '../../trace/kinds'
import { control } from '../messages'
import type { ReportWatermark } from '../messages'
import type { Executions } from './executions'
import type { JobServices } from './services'

/** The least of several watermarks, each under a key; MIN before there is any. Mirrors SourceCoordinator.WatermarkAggregator. */
export class WatermarkAggregator<K> {
  private readonly watermarks = new Map<K, number>()
  aggregated = LONG_MIN

  /** Returns whether the least changed: it may fall, too. */
  aggregate(key: K, watermark: number): boolean {
    const before = this.aggregated
    this.watermarks.set(key, watermark)
    let least = LONG_MAX
    for (const other of this.watermarks.values()) least = Math.min(least, other)
    this.aggregated = least
    return least !== before
  }

  get keys(): readonly K[] {
    return [...this.watermarks.keys()]
  }

  /** The first to be there of those with the least one. */
  get least(): K | undefined {
    return this.keys.find((key) => this.watermarks.get(key) === this.aggregated)
  }
}

type Alignment = NonNullable<WatermarkSettings['alignment']>

interface Coordinator {
  readonly node: number
  readonly name: string
  readonly alignment: Alignment
  /** By execution vertex. */
  readonly reported: WatermarkAggregator<number>
}

/** Greatest watermark allowed when the least one is this (T-12). */
export const maxAllowed = (least: number, maxDrift: number): number => Math.min(least + maxDrift, LONG_MAX)

/**
 * Watermark alignment on the JobManager (T-12): what subtasks of a job's sources report is combined, source by source and group by group, and told to
 * them each update interval. Mirrors what SourceCoordinator does for it, all sources of a job together. As in Flink sources are told
 * apart by their names in a group: of two with one name the last word counts; what a subtask that failed has reported counts until it reports again.
 * Left out: everything else of SourceCoordinator; splits are assigned from the start.
 */
export class WatermarkAlignment {
  private coordinators: readonly Coordinator[] = []
  private groups = new Map<string, WatermarkAggregator<string>>()
  /** What was told last, by group and drift. */
  private announced = new Map<string, number>()
  private generation = 0

  constructor(
    private readonly job: number,
    private readonly services: JobServices,
    private readonly executions: Executions,
  ) {}

  /** The coordinators of a new execution graph: nothing has been reported. */
  start(): void {
    const generation = ++this.generation
    this.groups = new Map()
    this.announced = new Map()
    this.coordinators = this.alignedSources()
    for (const coordinator of this.coordinators) {
      const { group, updateInterval } = coordinator.alignment
      if (!this.groups.has(group)) this.groups.set(group, new WatermarkAggregator())
      const again = (): void => {
        if (this.generation !== generation) return
        this.announce(coordinator)
        this.services.timers.after(updateInterval, again)
      }
      this.services.timers.after(updateInterval, again)
    }
  }

  stop(): void {
    this.generation++
    this.coordinators = []
  }

  private alignedSources(): readonly Coordinator[] {
    const { graph } = this.services.graph
    const { streamGraph } = this.services.environment
    const heads = graph.job.vertices.filter(({ job }) => job === this.job).map(({ chain }) => chain[0]!.node)
    return heads.flatMap((id) => {
      const node = streamGraph.nodes.find((other) => other.id === id)!
      const alignment = node.role === 'source' ? (watermarkSettingsOf(node)?.alignment ?? null) : null
      return alignment === null ? [] : [{ node: id, name: node.name, alignment, reported: new WatermarkAggregator<number>() }]
    })
  }

  report({ execution, attempt, node, watermark }: ReportWatermark): void {
    const coordinator = this.coordinators.find((other) => other.node === node)
    const from = this.executions.find(execution)
    if (coordinator === undefined || from === undefined || from.attempt !== attempt) return
    if (coordinator.reported.aggregate(execution, watermark)) {
      this.groups.get(coordinator.alignment.group)!.aggregate(coordinator.name, coordinator.reported.aggregated)
    }
  }

  /** To those of the source's subtasks that have reported and are there. */
  private announce(coordinator: Coordinator): void {
    const { node, reported, alignment } = coordinator
    const least = this.groups.get(alignment.group)!.aggregated
    const allowed = maxAllowed(least, alignment.maxDrift)
    const subtasks = reported.keys
    if (subtasks.length === 0) return
    this.tell(coordinator, least, allowed)
    for (const vertex of subtasks) {
      const execution = this.executions.find(vertex)
      if (execution?.state === 'RUNNING')
        this.services.context.send(execution.address, control({ type: 'announce-watermark', node, allowed }))
    }
  }

  private tell({ node, alignment: { group, maxDrift } }: Coordinator, least: number, allowed: number): void {
    const { environment, context } = this.services
    const known = `${maxDrift} ${group}`
    if (!environment.tracing || this.announced.get(known) === allowed) return
    this.announced.set(known, allowed)
    const out = new DataOutput(64)
    encodeValue(out, [group, least, this.leastVertex(group)])
    context.emit(TraceKind.AlignmentAnnounced, this.job, node, 0, 0, allowed, out.toBytes())
  }

  /** Execution vertex that holds a group back; −1: nobody has reported. */
  private leastVertex(group: string): number {
    const name = this.groups.get(group)!.least
    const source = this.coordinators.find((coordinator) => coordinator.alignment.group === group && coordinator.name === name)
    return source?.reported.least ?? -1
  }
}
