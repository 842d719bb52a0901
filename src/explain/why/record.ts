import { TraceKind } from '../../trace/kinds'
import { keyLook } from '../../trace/looks'
import { followRecord, followWindow, type RecordFacts, type RecordStep } from '../../trace/records'
import { windowSettingsOf } from '../../graph/timeSettings'
import * as fixes from './fixes'
import type { Held } from './hold'
import { onTheWay } from './inputs'
import { jobTrouble, thrownIn } from './jobs'
import { whyNoPartner } from './join'
import { lateEventOf, whyLate } from './late'
import { eventTime, spanOf, type Situation } from './situation'
import { whyTimer, type AskedTimer } from './timer'
import type { Answer, Cause, Question } from './types'
import { whyWindow } from './window'

type Asked = Extract<Question, { about: 'record' }>

/** What has become of a record, and why no more than that? null: it is not there yet. */
export function whyRecord(s: Situation, question: Asked): Answer | null {
  const facts = followRecord(s.log, question.origin, question.number, s.event)
  if (facts.last === null) return null
  return { question, ...new Way(s, facts).end() }
}

type End = Omit<Answer, 'question'>

/** The way of one record, to where it ends. */
class Way {
  private readonly selection

  constructor(
    private readonly s: Situation,
    private readonly facts: RecordFacts,
  ) {
    this.selection = { kind: 'record', origin: facts.origin, number: facts.number } as const
  }

  private cause(code: string, args: Cause['args'], event: number): Cause {
    return this.s.cause(code, args, event, this.selection)
  }

  end(): End {
    const { s, facts } = this
    const last = facts.last!
    const late = lateEventOf(s, facts.origin, facts.number)
    if (late >= 0) return whyLate(s, late)
    const written = facts.steps.findLast(({ kind }) => kind === TraceKind.SinkRecord)
    if (written !== undefined) return this.fine('record-written', written)
    const trouble = this.trouble(last)
    const windows = this.windows()
    if (windows !== null) return windows.root === null ? windows : (trouble ?? windows)
    return this.atStep(last, trouble)
  }

  private fine(code: string, { event }: RecordStep): End {
    const { a } = this.s.at(event)
    return { causes: [this.cause(code, { operator: this.s.name(a) }, event)], root: null, fixes: [] }
  }

  /** The job broke down with it, or since. */
  private trouble({ process, event }: RecordStep): Held | null {
    const { s } = this
    const vertex = s.log.names.vertexOf(process)
    if (vertex < 0) return null
    const trouble = jobTrouble(s, s.jobOf(vertex))
    return trouble === null
      ? null
      : { ...trouble, causes: [this.cause('record-last-seen', { task: s.subtaskName(vertex) }, event), ...trouble.causes] }
  }

  private atStep(last: RecordStep, trouble: Held | null): End {
    const { s } = this
    const event = s.at(last.event)
    const { a, kind, x } = event
    switch (kind) {
      case TraceKind.NoWindow:
        return this.noWindow(a, last.event, x)
      case TraceKind.RecordDropped:
        return this.dropped(a, last)
      case TraceKind.JoinBuffered:
        return trouble ?? whyNoPartner(s, last.event)
      case TraceKind.AsyncRequested:
      case TraceKind.AsyncAnswered:
        return trouble ?? this.asking(a, last.event, kind)
      case TraceKind.RecordOut:
        return trouble ?? this.onChannel(a, last.event)
      case TraceKind.SideRecord:
        return this.fine('record-to-side', last)
      default:
        return trouble ?? this.inside(last)
    }
  }

  private noWindow(node: number, event: number, timestamp: number): End {
    const { s } = this
    const found = s.node(node)
    const assigner = found === undefined ? undefined : windowSettingsOf(found)?.assigner
    const sliding = assigner?.type === 'sliding' ? assigner : null
    const args = { operator: s.name(node), timestamp: eventTime(timestamp) }
    return {
      causes: [
        sliding === null
          ? this.cause('no-window', args, event)
          : this.cause('no-window-sliding', { ...args, size: { span: sliding.size }, slide: { span: sliding.slide } }, event),
      ],
      root: 'no-window',
      fixes: fixes.say('close-gap', { operator: s.name(node) }),
    }
  }

  private dropped(node: number, last: RecordStep): End {
    const { s } = this
    const found = s.node(node)
    if (found?.operator.kind === 'window') return this.noWindow(node, last.event, s.at(last.event).x)
    const kept = this.kept(node, last)
    if (kept !== null) return kept
    const filter = found?.operator.kind === 'filter'
    return {
      causes: [
        this.cause(filter ? 'filter-says-no' : 'function-gives-nothing', { operator: s.name(node), line: found?.line ?? 0 }, last.event),
      ],
      root: 'user-code-filters',
      fixes: found === undefined ? [] : fixes.code(found),
    }
  }

  /** A function that gave nothing at once may have kept what it needs: in state, with a timer to come back to it. */
  private kept(node: number, { event, process }: RecordStep): End | null {
    const { s } = this
    const reader = s.log.reader()
    let state = -1
    let timer = -1
    let deleted = -1
    for (let at = event - 1; at >= 0 && event - at < 2000; at--) {
      reader.to(at)
      if (reader.process !== process) continue
      if (reader.kind === TraceKind.RecordIn || reader.kind === TraceKind.SourceRecord || reader.kind === TraceKind.RecordDropped) break
      if (reader.a !== node) continue
      if (reader.kind === TraceKind.StateUpdated) state = at
      if (reader.kind === TraceKind.TimerDeleted) deleted = at
      if (reader.kind === TraceKind.TimerRegistered) timer = at
    }
    if (timer < 0 && deleted >= 0)
      return { causes: [this.cause('deleted-timer', { operator: s.name(node) }, deleted)], root: null, fixes: [] }
    if (state < 0 && this.isBroadcast(node)) state = event
    if (state < 0 && timer < 0) return null
    const first = this.cause(timer < 0 ? 'kept-in-state' : 'kept-with-timer', { operator: s.name(node) }, timer < 0 ? state : timer)
    if (timer < 0) return { causes: [first], root: null, fixes: [] }
    const { b: key, c, d: window, x: time } = s.at(timer)
    const asked: AskedTimer = { about: 'timer', kind: 'timer', process, node, key, domain: c === 1 ? 'processing' : 'event', window, time }
    const rest = whyTimer(s, asked)
    return rest === null
      ? { causes: [first], root: null, fixes: [] }
      : { causes: [first, ...rest.causes], root: rest.root, fixes: rest.fixes }
  }

  /** What comes by a broadcast stream is for the broadcast state, of which the trace says nothing. */
  private isBroadcast(node: number): boolean {
    const { s, facts } = this
    if (!/roadcast/.test(s.node(node)?.operator.kind ?? '')) return false
    const came = facts.steps.findLast(({ kind }) => kind === TraceKind.RecordIn)
    const channel = came === undefined ? undefined : s.header.executionGraph.channels[s.at(came.event).a]
    return channel !== undefined && s.jobEdge(channel).partitioner.name === 'BROADCAST'
  }

  private asking(node: number, event: number, kind: number): End {
    const { s } = this
    const answered = kind === TraceKind.AsyncAnswered && s.at(event).d !== 3
    const ordered = s.node(node)?.operator.params.mode === 'ORDERED'
    return {
      causes: [
        this.cause(
          answered ? (ordered ? 'answer-in-line' : 'answer-behind-watermark') : 'answer-missing',
          { operator: s.name(node) },
          event,
        ),
      ],
      root: 'waiting-for-answer',
      fixes: [],
    }
  }

  private onChannel(channel: number, event: number): End {
    const { s } = this
    const known = s.header.executionGraph.channels[channel]
    const task = known === undefined ? '' : s.subtaskName(known.to)
    const state = known === undefined ? undefined : s.execution(known.to)
    const selection = { kind: 'channel', channel } as const
    const waiting = s.cause('record-on-channel', { task, count: onTheWay(s, channel) }, event, selection)
    const more =
      state !== undefined && state.state !== 'RUNNING'
        ? [s.cause('task-not-running', { task, state: state.state }, state.event, selection)]
        : []
    return { causes: [waiting, ...more], root: 'still-on-the-way', fixes: [] }
  }

  /** Nothing was said of it since it came in. */
  private inside(last: RecordStep): End {
    const { s } = this
    const vertex = s.log.names.vertexOf(last.process)
    const task = vertex < 0 ? '' : s.subtaskName(vertex)
    const thrown =
      vertex < 0
        ? null
        : s
            .vertexOf(vertex)
            .chain.map(({ node }) => thrownIn(s, node))
            .find((held) => held !== null && held.causes[0]!.event > last.event)
    if (thrown !== undefined && thrown !== null)
      return { ...thrown, causes: [this.cause('record-last-seen', { task }, last.event), ...thrown.causes] }
    const buffered = this.joined(last)
    if (buffered !== null) return buffered
    return { causes: [this.cause('being-worked-on', { task }, last.event)], root: 'still-on-the-way', fixes: [] }
  }

  /** A reduce or a join hands it on under its own name, or takes it in without a word: the state says so. */
  private joined({ event, process }: RecordStep): End | null {
    const { s } = this
    const reader = s.log.reader().before(event + 1)
    for (let steps = 0; steps < 200 && reader.index < s.event && reader.next(); steps++) {
      if (reader.process !== process) continue
      if (reader.kind === TraceKind.StateUpdated)
        return { causes: [this.cause('kept-in-state', { operator: s.name(reader.a) }, reader.index)], root: null, fixes: [] }
      if (reader.kind === TraceKind.RecordIn || reader.kind === TraceKind.SourceRecord) return null
    }
    return null
  }

  /** Where the edges of its window come from, if that is not what one would think: days, and windows with an offset (W-1). */
  private edges(id: number, selection: Cause['selection']): Cause[] {
    const { s } = this
    const node = s.node(id)
    const assigner = node === undefined ? undefined : windowSettingsOf(node)?.assigner
    if (node === undefined || (assigner?.type !== 'tumbling' && assigner?.type !== 'sliding')) return []
    const every = assigner.type === 'tumbling' ? assigner.size : assigner.slide
    return assigner.offset === 0 && every % 86_400_000 !== 0
      ? []
      : [s.cause('edges-are', { operator: node.name, every: spanOf(every), offset: spanOf(assigner.offset) }, -1, selection)]
  }

  /** Of the windows that took it, the first that has not fired speaks for it; if all have, it had its effect. */
  private windows(): End | null {
    const { s, facts } = this
    let fired: End | null = null
    for (const { process, window } of facts.windows) {
      const answer = whyWindow(s, { about: 'window', process, window })
      const bounds = followWindow(s.log, process, window, s.event)
      if (answer === null || bounds === null) continue
      const taken = facts.steps.findLast((step) => step.kind === TraceKind.WindowElement && s.at(step.event).b === window)
      const first = s.cause(
        bounds.global ? 'in-global-window' : 'in-window',
        {
          operator: s.name(bounds.node),
          key: keyLook(s.log, process, bounds.key).text,
          start: eventTime(bounds.start),
          end: eventTime(bounds.end),
        },
        taken?.event ?? bounds.opened,
        { kind: 'window', process, window },
      )
      const end = { causes: [first, ...this.edges(bounds.node, first.selection), ...answer.causes], root: answer.root, fixes: answer.fixes }
      if (answer.root !== null) return end
      fired ??= end
    }
    return fired
  }
}
