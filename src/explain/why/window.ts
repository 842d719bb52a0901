import { LONG_MAX } from '../../core/time'
import { windowSettingsOf } from '../../graph/timeSettings'
import type { AssignerSettings, TriggerSettings, WindowSettings } from '../../graph/timeSettings'
import type { StreamNode } from '../../graph/types'
import { TraceKind } from '../../trace/kinds'
import { keyLook } from '../../trace/looks'
import { followRecord, followWindow, type WindowFacts } from '../../trace/records'
import * as fixes from './fixes'
import { heldBefore, type Held } from './hold'
import { attemptOver, jobTrouble } from './jobs'
import { eventTime, processingTime, spanOf, type Situation } from './situation'
import type { Answer, Cause, Question } from './types'

type Asked = Extract<Question, { about: 'window' }>

/** Why has a window not fired, yet or again? null: there is no such window at the moment. */
export function whyWindow(s: Situation, question: Asked): Answer | null {
  const facts = followWindow(s.log, question.process, question.window, s.event)
  if (facts === null) return null
  const node = s.node(facts.node)
  if (node === undefined) return null
  const answer = (held: Held): Answer => ({ question, ...held })
  const merged = mergedInto(s, facts)
  if (merged !== null) {
    const rest = whyWindow(s, { ...question, window: merged.window })
    const first = s.cause('window-merged', {}, merged.event, { kind: 'window', process: question.process, window: merged.window })
    return rest === null ? null : { ...rest, question, causes: [first, ...rest.causes] }
  }
  const fired = firings(s, node, facts)
  if (fired !== null) return { question, ...fired }
  const process = s.log.names.vertexOf(facts.process)
  if (process < 0) return null
  const over = facts.cleared < 0 ? attemptOver(s, facts.process) : null
  if (over !== null) return answer(over)
  const trouble = jobTrouble(s, s.jobOf(process))
  if (trouble !== null && facts.cleared < 0) return answer(trouble)
  return answer(new Unfired(s, process, node, facts, settingsOf(node, facts)).held())
}

/** What a plan from elsewhere does not tell is the assigner's own: event time. */
const settingsOf = (node: StreamNode, { global }: WindowFacts): WindowSettings =>
  windowSettingsOf(node) ?? {
    assigner: global ? { type: 'global' } : { type: 'tumbling', time: 'event', size: 0, offset: 0 },
    trigger: { type: global ? 'never' : 'event-time' },
    triggerSet: false,
    evictor: null,
    allowedLateness: 0,
    lateTag: null,
  }

function mergedInto(s: Situation, facts: WindowFacts): { readonly window: number; readonly event: number } | null {
  if (facts.cleared < 0) return null
  const event = s.at(facts.cleared)
  return event.kind === TraceKind.WindowMerged && event.c === facts.window ? { window: event.b, event: facts.cleared } : null
}

/** It has fired, and nothing came since: nothing is wrong with the window. */
function firings(s: Situation, node: StreamNode, facts: WindowFacts): Omit<Answer, 'question'> | null {
  const last = facts.firings.at(-1)
  if (last === undefined) return null
  const since = facts.elements.filter(({ event }) => event > last.event).length
  if (since > 0) return null
  const selection = { kind: 'window', process: facts.process, window: facts.window } as const
  const fired = s.cause(
    'window-fired',
    {
      at: processingTime(s.clockAtEvent(last.event)),
      elements: Math.max(last.elements, 0),
      times: facts.firings.length,
    },
    last.event,
    selection,
  )
  if (!node.description.includes('CoGroupWindowFunction') || gave(s, node, facts)) return { causes: [fired], root: null, fixes: [] }
  const [left, right] = sides(s, facts)
  return {
    causes: [fired, s.cause('join-one-sided', { operator: node.name, left, right }, last.event, selection)],
    root: 'no-partner',
    fixes: fixes.say('think-of-join', { operator: node.name }),
  }
}

/** Whether the firings of a window gave any record. */
function gave(s: Situation, node: StreamNode, { process, window }: WindowFacts): boolean {
  const made = s.evidence.processes.get(process)?.nodes.get(node.id)?.made
  return made?.list(s.event).some((event) => s.at(event).c === window) ?? false
}

/** How many elements of a join's window came by its first and by its second input (W-27). */
function sides(s: Situation, facts: WindowFacts): readonly [number, number] {
  const counts = new Map<number, number>()
  for (const { origin, number } of facts.elements.slice(0, 32)) {
    for (const { event, kind, process } of followRecord(s.log, origin, number, s.event).steps) {
      if (kind !== TraceKind.RecordIn || process !== facts.process) continue
      const channel = s.header.executionGraph.channels[s.at(event).a]
      const from = channel === undefined ? -1 : s.jobEdge(channel).from
      counts.set(from, (counts.get(from) ?? 0) + 1)
    }
  }
  // The maps that tag the two sides were made in this order.
  const inputs = s.header.streamGraph.edges.filter(({ to }) => to === facts.node).map(({ from }) => from)
  return [counts.get(inputs[0] ?? -1) ?? 0, counts.get(inputs[1] ?? -1) ?? 0]
}

const innermost = (trigger: TriggerSettings): TriggerSettings => (trigger.type === 'purging' ? innermost(trigger.nested) : trigger)

const merges = (assigner: AssignerSettings): boolean =>
  assigner.type === 'session' || assigner.type === 'dynamic-session' || (assigner.type === 'user' && assigner.merging)

const timeOf = (assigner: AssignerSettings): 'event' | 'processing' => ('time' in assigner ? assigner.time : 'event')

/** A window that holds elements which no firing has given. */
class Unfired {
  private readonly since: number
  private readonly key: string
  private readonly selection
  private readonly end: number

  constructor(
    private readonly s: Situation,
    private readonly exec: number,
    private readonly node: StreamNode,
    private readonly facts: WindowFacts,
    private readonly settings: WindowSettings,
  ) {
    const last = facts.firings.at(-1)?.event ?? -1
    this.since = facts.elements.filter(({ event }) => event > last).length
    this.key = keyLook(s.log, facts.process, facts.key).text
    this.selection = { kind: 'window', process: facts.process, window: facts.window } as const
    this.end = facts.global ? LONG_MAX : facts.end - 1
  }

  held(): Held {
    return this.byTrigger(this.settings.trigger)
  }

  private cause(code: string, args: Cause['args'] = {}, event = this.facts.opened): Cause {
    return this.s.cause(code, { operator: this.node.name, key: this.key, ...args }, event, this.selection)
  }

  private byTrigger(asked: TriggerSettings): Held {
    const trigger = innermost(asked)
    const { settings, node, facts } = this
    switch (trigger.type) {
      case 'event-time':
        return this.onOtherTime('processing') ?? this.byWatermark(this.end, 'window-needs')
      case 'end-of-stream':
        return this.byWatermark(LONG_MAX, 'window-needs-end')
      case 'continuous-event-time': {
        const next = facts.timers.filter(({ processingTime }) => !processingTime).sort((one, other) => one.time - other.time)[0]
        return this.onOtherTime('processing') ?? this.byWatermark(next?.time ?? this.end, 'trigger-needs')
      }
      case 'processing-time':
      case 'continuous-processing-time':
        return this.onOtherTime('event') ?? this.byClock(this.pendingClock() ?? this.end)
      case 'count':
        return this.byCount(trigger.count)
      case 'delta':
        return this.replaced('delta-not-reached', this.cause('delta-not-exceeded', { threshold: trigger.threshold }))
      case 'never':
        return settings.triggerSet && !facts.global
          ? this.replaced('trigger-replaced', this.cause('trigger-is-never'))
          : {
              causes: [this.cause(facts.global ? 'global-never' : 'trigger-is-never')],
              root: 'trigger-never',
              fixes: fixes.say('give-trigger', { operator: node.name }),
            }
      case 'processing-timeout': {
        const due = this.pendingClock()
        return due === null ? this.byTrigger(trigger.nested) : this.byClock(due)
      }
      case 'user':
        return this.byUser(trigger.name)
      case 'purging':
        return this.byTrigger(trigger.nested)
    }
  }

  /** The windows go by one time and their trigger by the other: by its own, the window's end has passed. */
  private onOtherTime(assigned: 'event' | 'processing'): Held | null {
    const { facts, settings, node, s, exec } = this
    if (facts.global || timeOf(settings.assigner) !== assigned || !settings.triggerSet || !this.passed()) return null
    if (s.execution(exec).state === 'FINISHED' && assigned === 'event') return null
    return {
      causes: [
        this.cause(assigned === 'event' ? 'trigger-of-processing-time' : 'trigger-of-event-time'),
        this.cause('default-trigger-gone', { end: assigned === 'event' ? eventTime(facts.end) : processingTime(facts.end) }),
      ],
      root: 'trigger-replaced',
      fixes: fixes.defaultTrigger(node),
    }
  }

  private pendingClock(): number | null {
    const times = this.facts.timers.filter(({ processingTime }) => processingTime).map(({ time }) => time)
    return times.length === 0 ? null : Math.min(...times)
  }

  private byWatermark(need: number, code: string): Held {
    const { s, node, facts, exec, settings } = this
    const { allowedLateness } = settings
    const event = s.pointEvent(exec, s.pointOf(exec, node.id, false))
    const first = this.cause(
      code,
      {
        start: eventTime(facts.start),
        end: eventTime(facts.end),
        need: eventTime(need),
        watermark: eventTime(s.x(event)),
        missing: spanOf(need - s.x(event)),
        lateness: spanOf(allowedLateness),
      },
      event,
    )
    const held = heldBefore(s, exec, node.id, need, false, merges(settings.assigner) ? 1 : 0)
    if (held === null) return { causes: [first, this.cause('due')], root: 'still-on-the-way', fixes: [] }
    const edges = this.edges(need, held)
    if (edges !== null) return { ...edges, causes: [first, ...edges.causes] }
    if (need >= LONG_MAX && (held.root === 'no-later-event' || held.root === 'all-idle') && !s.ends(node.id))
      return {
        causes: [first, this.cause('stream-has-no-end')],
        root: 'trigger-never',
        fixes: fixes.say('give-trigger', { operator: node.name }),
      }
    return { ...held, causes: [first, ...held.causes], fixes: [...held.fixes, ...this.offsetAdvice(held)] }
  }

  /**
   * The offset is to blame if with none of it the window that held the first of these elements would have been over by now (W-1, W-2): the
   * watermark has gone past that edge, and not past this one.
   */
  private edges(need: number, held: Held): Held | null {
    const { s, facts, node, exec } = this
    const { assigner } = this.settings
    if (assigner.type !== 'tumbling' && assigner.type !== 'sliding') return null
    if (assigner.offset === 0 || held.root !== 'no-later-event') return null
    const step = assigner.type === 'tumbling' ? assigner.size : assigner.slide
    const reached = s.x(s.pointEvent(exec, s.pointOf(exec, node.id, false)))
    const first = facts.elements.reduce((least, { timestamp }) => Math.min(least, timestamp), Infinity)
    const shift = ((assigner.offset % step) + step) % step
    const plain = need - shift
    if (shift === 0 || first > plain || reached < plain) return null
    return {
      causes: [
        this.cause('offset-moves-edges', {
          offset: spanOf(assigner.offset),
          start: eventTime(facts.start),
          end: eventTime(facts.end),
          plain: eventTime(plain + 1),
          watermark: eventTime(reached),
        }),
      ],
      root: 'window-offset',
      fixes: fixes.offset(node, 0),
    }
  }

  /** Days and weeks begin where UTC has them: what else would be thought of is another zone. */
  private offsetAdvice({ root }: Held) {
    const { assigner } = this.settings
    const day = 86_400_000
    if (root !== 'no-later-event' || (assigner.type !== 'tumbling' && assigner.type !== 'sliding')) return []
    return assigner.size % day === 0 && assigner.offset === 0 ? fixes.say('edges-in-utc', { operator: this.node.name }) : []
  }

  private byClock(due: number): Held {
    const { s, exec, node } = this
    const job = s.jobStatus(s.jobOf(exec))
    const task = s.execution(exec)
    const first = this.cause('needs-clock', {
      need: processingTime(due),
      now: processingTime(s.clock.now),
      missing: spanOf(due - s.clock.now),
    })
    if (job.status === 'FINISHED' || task.state === 'FINISHED') {
      return {
        causes: [
          first,
          s.cause('input-ended', { task: s.subtaskName(exec) }, task.event, s.subtaskSelection(exec)),
          this.cause('processing-dropped', {}, task.event),
        ],
        root: 'processing-time-at-end',
        fixes: fixes.say('keep-source-open', { operator: node.name }),
      }
    }
    if (s.clock.now >= due) return { causes: [first, this.cause('due')], root: 'still-on-the-way', fixes: [] }
    const stands = s.clock.running
      ? []
      : [s.cause('clock-stands-still', { now: processingTime(s.clock.now) }, s.interventionEvent(s.clock.intervention))]
    return {
      causes: [first, ...stands],
      root: 'processing-time-not-reached',
      fixes: [...(s.clock.running ? [] : fixes.clock(s)), ...fixes.forward(s, due)],
    }
  }

  private byCount(count: number): Held {
    const { s, node, facts } = this
    const last = facts.elements.at(-1)?.event ?? facts.opened
    const reason = this.cause('count-is', { count, have: this.since, missing: Math.max(0, count - this.since) }, last)
    const fixesOf = [...fixes.count(node, this.since)]
    const notReached: Held = { causes: [reason], root: 'count-not-reached', fixes: fixesOf }
    if (facts.global || !this.passed()) return notReached
    // Its default trigger would have fired by now (W-20), also for what came after the last full count. Where other keys alone came to it, it is
    // this key that lacks elements.
    const gone = this.cause('default-trigger-gone', { end: eventTime(facts.end) }, facts.cleared < 0 ? last : facts.cleared)
    const works =
      facts.firings.length === 0 && s.subtasksOf(node.id).some((exec) => (s.saidOf(exec, node.id)?.fired.count(s.event) ?? 0) > 0)
    return works
      ? { ...notReached, causes: [gone, reason], fixes: [...fixesOf, ...fixes.defaultTrigger(node)] }
      : { causes: [reason, gone], root: 'trigger-replaced', fixes: [...fixes.defaultTrigger(node), ...fixesOf] }
  }

  /** Whether time has come to the window's end, so that the assigner's own trigger would have fired. */
  private passed(): boolean {
    const { s, exec, node, facts, settings } = this
    if (facts.global) return false
    if (facts.cleared >= 0) return true
    if (timeOf(settings.assigner) === 'processing') return s.clock.now >= this.end
    return s.x(s.pointEvent(exec, s.pointOf(exec, node.id, false))) >= this.end
  }

  private replaced(root: Held['root'], first: Cause): Held {
    const { node, facts } = this
    if (facts.global || !this.settings.triggerSet)
      return { causes: [first], root, fixes: fixes.say('give-trigger', { operator: node.name }) }
    const gone = this.cause('default-trigger-gone', { end: eventTime(facts.end) })
    return { causes: [first, gone], root: this.passed() ? 'trigger-replaced' : root, fixes: fixes.defaultTrigger(node) }
  }

  private byUser(name: string): Held {
    const { s, facts, node } = this
    const said = this.cause('user-trigger-continues', { name, elements: this.since }, facts.elements.at(-1)?.event ?? facts.opened)
    const root: Held = {
      causes: [said],
      root: 'trigger-user',
      fixes: [...(this.settings.triggerSet && !facts.global ? fixes.defaultTrigger(node) : []), ...fixes.code(node)],
    }
    if (facts.cleared >= 0 || this.passed()) return root
    const cleanup = facts.global ? NaN : facts.end - 1 + this.settings.allowedLateness
    const timers = facts.timers.filter(
      ({ time, processingTime }) => time !== cleanup || processingTime !== (timeOf(this.settings.assigner) === 'processing'),
    )
    const due = timers.filter(({ processingTime }) => processingTime).map(({ time }) => time)
    if (due.length > 0) return { ...this.byClock(Math.min(...due)) }
    const times = timers.map(({ time }) => time)
    // Whether the trigger waits for the end cannot be told from its silence: nobody else waits for anything either.
    if (times.length > 0) return this.byWatermark(Math.min(...times), 'trigger-needs')
    if (facts.global) return root
    const held = heldBefore(s, this.exec, node.id, this.end)
    if (held === null || held.root === 'no-later-event' || held.root === 'bound-too-large') return root
    return this.byWatermark(this.end, 'window-needs')
  }
}
