import { EventList, FloatColumn, IntColumn } from '../../trace/columns'
import { TraceKind } from '../../trace/kinds'
import type { TraceLog, TraceReader } from '../../trace/log'

/** Events that carry a time, in order, and after each of them the greatest time so far and who brought it: worked out as far as anybody asks. */
export class Series {
  readonly events = new EventList()
  private readonly greatest = new FloatColumn()
  private readonly greatestAt = new IntColumn()
  private readonly untimed = new IntColumn()
  private done = 0

  constructor(private readonly log: TraceLog) {}

  /** Takes an event in while it is being read: what most questions ask of is then known before they do. */
  put(event: number, x: number): void {
    this.events.add(event)
    this.work(this.done++, event, x)
  }

  /** Greatest time up to an event, NaN if none has one. */
  max(upTo: number): number {
    const count = this.worked(upTo)
    return count === 0 ? NaN : this.greatest.at(count - 1)
  }
  maxEvent(upTo: number): number {
    const count = this.worked(upTo)
    return count === 0 ? -1 : this.greatestAt.at(count - 1)
  }
  /** How many had no time. */
  withoutTime(upTo: number): number {
    const count = this.worked(upTo)
    return count === 0 ? 0 : this.untimed.at(count - 1)
  }

  private worked(upTo: number): number {
    const count = this.events.count(upTo)
    if (this.done >= count) return count
    const reader = this.log.reader()
    for (let at = this.done; at < count; at++) {
      const event = this.events.at(at)
      this.work(at, event, reader.to(event).x)
    }
    this.done = count
    return count
  }

  private work(at: number, event: number, x: number): void {
    const greatest = at === 0 ? NaN : this.greatest.at(at - 1)
    const greater = x === x && !(x <= greatest)
    this.greatest.put(at, greater ? x : greatest)
    this.greatestAt.put(at, greater ? event : at === 0 ? -1 : this.greatestAt.at(at - 1))
    this.untimed.put(at, (at === 0 ? 0 : this.untimed.at(at - 1)) + (x === x ? 0 : 1))
  }
}

/** What one partition (−1: the reader itself) of a source subtask said. */
export class PartitionEvidence {
  readonly records: Series
  readonly assigned = new EventList()
  readonly watermarks = new EventList()
  readonly statuses = new EventList()
  readonly pauses = new EventList()

  constructor(log: TraceLog) {
    this.records = new Series(log)
  }
}

/** What one process said of one of its operators. */
export class NodeEvidence {
  readonly watermarks = new EventList()
  readonly statuses = new EventList()
  readonly ignored = new EventList()
  readonly dropped: Series
  readonly written: Series
  readonly late = new EventList()
  /** Late data that went to its side output. */
  readonly lateSide = new EventList()
  readonly elements: Series
  readonly fired = new EventList()
  /** Windows that opened, were merged, were cleared. */
  readonly lives = new EventList()
  readonly made = new EventList()
  readonly requests = new EventList()
  readonly answers = new EventList()
  readonly buffered: Series
  /** Registered, deleted, fired. */
  readonly timers = new EventList()
  /** What it did to its transactions, to its state, and what it was given back. */
  readonly transactions = new EventList()
  readonly updates = new EventList()
  readonly restored = new EventList()

  constructor(log: TraceLog) {
    this.dropped = new Series(log)
    this.written = new Series(log)
    this.elements = new Series(log)
    this.buffered = new Series(log)
  }
}

export class ProcessEvidence {
  constructor(private readonly log: TraceLog) {}

  readonly nodes = new Map<number, NodeEvidence>()
  readonly partitions = new Map<number, PartitionEvidence>()
  readonly ended = new EventList()
  readonly taken = new EventList()

  private last = -1
  private lastNode: NodeEvidence | undefined

  node(node: number): NodeEvidence {
    // Mostly it is the one that spoke last.
    if (node === this.last) return this.lastNode!
    let known = this.nodes.get(node)
    if (known === undefined) this.nodes.set(node, (known = new NodeEvidence(this.log)))
    this.last = node
    this.lastNode = known
    return known
  }
  partition(partition: number): PartitionEvidence {
    let known = this.partitions.get(partition)
    if (known === undefined) this.partitions.set(partition, (known = new PartitionEvidence(this.log)))
    return known
  }
}

export class ChannelEvidence {
  readonly recordsOut: Series
  readonly recordsIn = new EventList()
  readonly watermarksOut = new EventList()
  readonly watermarksIn = new EventList()
  readonly statusesOut = new EventList()
  readonly statusesIn = new EventList()
  readonly ended = new EventList()

  constructor(log: TraceLog) {
    this.recordsOut = new Series(log)
  }
}

/**
 * An index of who said what, taken in once as far as anybody asked and good for every moment before: a question is asked at any place of the
 * playhead, and looks back from there.
 */
export class Evidence {
  readonly channels: ChannelEvidence[] = []
  readonly processes = new Map<number, ProcessEvidence>()
  /** By job. */
  readonly jobs: EventList[] = []
  /** By execution vertex. */
  readonly executions: EventList[] = []
  readonly problems = new EventList()
  readonly interventions = new EventList()
  readonly announcements = new EventList()
  /** RestartScheduled, by job and of all. */
  readonly decisions: EventList[] = []
  readonly decisionsOfAll = new EventList()
  /** JobManagerDied, JobManagerStarted, TaskManagerLost, FaultStruck. */
  readonly deaths = new EventList()
  readonly leaders = new EventList()
  readonly lost = new EventList()
  readonly struck = new EventList()
  /** ExternalTransaction: begun and pre-committed outside. */
  readonly outsideTransactions = new EventList()
  private taken = 0

  constructor(private readonly log: TraceLog) {}

  upTo(event: number): this {
    const last = Math.min(event, this.log.length - 1)
    if (this.taken > last) return this
    const reader = this.log.reader().before(this.taken)
    while (reader.index < last && reader.next()) this.take(reader)
    this.taken = last + 1
    return this
  }

  channel(id: number): ChannelEvidence {
    return (this.channels[id] ??= new ChannelEvidence(this.log))
  }
  private last = -1
  private lastProcess: ProcessEvidence | undefined

  process(address: number): ProcessEvidence {
    if (address === this.last) return this.lastProcess!
    let known = this.processes.get(address)
    if (known === undefined) this.processes.set(address, (known = new ProcessEvidence(this.log)))
    this.last = address
    this.lastProcess = known
    return known
  }

  private take(e: TraceReader): void {
    const { index } = e
    switch (e.kind) {
      case TraceKind.RecordIn:
        this.channel(e.a).recordsIn.add(index)
        return
      case TraceKind.RecordOut:
        this.channel(e.a).recordsOut.events.add(index)
        return
      case TraceKind.WatermarkIn:
        return this.channel(e.a).watermarksIn.add(index)
      case TraceKind.WatermarkOut:
        return this.channel(e.a).watermarksOut.add(index)
      case TraceKind.StatusIn:
        return this.channel(e.a).statusesIn.add(index)
      case TraceKind.StatusOut:
        return this.channel(e.a).statusesOut.add(index)
      case TraceKind.EndOfInput:
        return e.a < 0 ? this.process(e.process).ended.add(index) : this.channel(e.a).ended.add(index)
      case TraceKind.JobStatus:
        return (this.jobs[e.b] ??= new EventList()).add(index)
      case TraceKind.ExecutionState:
        return (this.executions[e.a] ??= new EventList()).add(index)
      case TraceKind.Problem:
        return this.problems.add(index)
      case TraceKind.Intervention:
        return this.interventions.add(index)
      case TraceKind.AlignmentAnnounced:
        return this.announcements.add(index)
      case TraceKind.RestartScheduled:
        this.decisionsOfAll.add(index)
        return (this.decisions[e.a] ??= new EventList()).add(index)
      case TraceKind.JobManagerDied:
        return this.deaths.add(index)
      case TraceKind.JobManagerStarted:
        return this.leaders.add(index)
      case TraceKind.TaskManagerLost:
        return this.lost.add(index)
      case TraceKind.FaultStruck:
        return this.struck.add(index)
      case TraceKind.ExternalTransaction:
        return this.outsideTransactions.add(index)
      default:
        if (OF_OPERATOR[e.kind] === 1) this.takeOperator(e, this.process(e.process))
    }
  }

  private takeOperator(e: TraceReader, process: ProcessEvidence): void {
    const { index } = e
    switch (e.kind) {
      case TraceKind.SourceRecord:
        process.taken.add(index)
        return process.partition(e.c).records.put(index, e.x)
      case TraceKind.SplitAssigned:
        return process.partition(e.b).assigned.add(index)
      case TraceKind.SplitWatermark:
        return process.partition(e.b).watermarks.add(index)
      case TraceKind.SplitStatus:
        return process.partition(e.b).statuses.add(index)
      case TraceKind.SplitPaused:
        return process.partition(e.b).pauses.add(index)
    }
    const node = process.node(e.a)
    switch (e.kind) {
      case TraceKind.WatermarkEmitted:
        return node.watermarks.add(index)
      case TraceKind.StatusEmitted:
        return node.statuses.add(index)
      case TraceKind.WatermarkIgnored:
        return node.ignored.add(index)
      case TraceKind.RecordDropped:
      case TraceKind.NoWindow:
        return node.dropped.events.add(index)
      case TraceKind.SinkRecord:
        return node.written.events.add(index)
      case TraceKind.LateDropped:
        return node.late.add(index)
      case TraceKind.SideRecord:
        if (e.d > 0) node.lateSide.add(index)
        return
      case TraceKind.WindowElement:
        return node.elements.events.add(index)
      case TraceKind.WindowFired:
        return node.fired.add(index)
      case TraceKind.WindowOpened:
      case TraceKind.WindowMerged:
      case TraceKind.WindowCleared:
        return node.lives.add(index)
      case TraceKind.RecordMade:
        return node.made.add(index)
      case TraceKind.AsyncRequested:
        return node.requests.add(index)
      case TraceKind.AsyncAnswered:
        return node.answers.add(index)
      case TraceKind.TransactionMoved:
        return node.transactions.add(index)
      case TraceKind.StateUpdated:
        return node.updates.add(index)
      case TraceKind.StateRestored:
        return node.restored.add(index)
      case TraceKind.JoinBuffered:
        return node.buffered.events.add(index)
      case TraceKind.TimerRegistered:
      case TraceKind.TimerDeleted:
      case TraceKind.TimerFired:
        return node.timers.add(index)
    }
  }
}

const OF_OPERATOR = new Uint8Array(256)
for (const kind of [
  'SourceRecord',
  'SplitAssigned',
  'SplitWatermark',
  'SplitStatus',
  'SplitPaused',
  'WatermarkEmitted',
  'StatusEmitted',
  'WatermarkIgnored',
  'RecordDropped',
  'NoWindow',
  'SinkRecord',
  'LateDropped',
  'SideRecord',
  'WindowElement',
  'WindowFired',
  'WindowOpened',
  'WindowMerged',
  'WindowCleared',
  'RecordMade',
  'AsyncRequested',
  'AsyncAnswered',
  'JoinBuffered',
  'TransactionMoved',
  'StateUpdated',
  'StateRestored',
  'TimerRegistered',
  'TimerDeleted',
  'TimerFired',
] as const)
  OF_OPERATOR[TraceKind[kind]] = 1

/** By the log's names: a truncated log has new ones. */
const known = new WeakMap<object, Evidence>()

/** What a log says, up to an event at least. */
export function evidenceOf(log: TraceLog, upTo: number): Evidence {
  let evidence = known.get(log.names)
  if (evidence === undefined) known.set(log.names, (evidence = new Evidence(log)))
  return evidence.upTo(upTo)
}
