import type { StreamNode } from '../../graph/types'
import * as fixes from './fixes'
import type { Held } from './hold'
import { onTheWay } from './inputs'
import { jobTrouble, thrownIn } from './jobs'
import { lonely, whyNoPartner } from './join'
import { whyLate } from './late'
import { uncommitted } from './output'
import { openWindows, pendingTimers } from './pending'
import { partitionsOf } from './splits'
import type { Situation } from './situation'
import { whyTimer } from './timer'
import type { Answer, Question } from './types'
import { whyWindow } from './window'

type Asked = Extract<Question, { about: 'silence' }>

/** Why does an operator give nothing, or nothing more? null: the program has no such operator, or it gives what it can. */
export function whySilent(s: Situation, question: Asked): Answer | null {
  const node = s.node(question.node)
  if (node === undefined) return null
  const vertex = s.jobVertexOf(node.id)
  if (vertex === undefined) return null
  const trouble = jobTrouble(s, vertex.job)
  if (trouble !== null) return { question, ...trouble }
  const hidden = node.role === 'sink' ? uncommitted(s, node.id) : null
  if (hidden !== null) return { question, ...hidden }
  const held = new Silence(s).of(node)
  const written = held?.root === 'no-later-event' ? lastWritten(s, node.id) : -1
  if (written >= 0) {
    const cause = s.cause('has-written', { operator: node.name }, written, { kind: 'operator', node: node.id })
    return { question, causes: [cause, ...held!.causes], root: null, fixes: [] }
  }
  const sides = s.header.streamGraph.edges.filter(({ to }) => to === node.id)
  const tag = sides.length > 0 && sides.every(({ outputTag }) => outputTag !== undefined) ? sides[0]!.outputTag! : null
  if (tag !== null && (held === null || held.root === 'no-later-event')) {
    const from = sides[0]!.from
    return {
      question,
      causes: [s.cause('side-output-empty', { operator: s.name(from), tag }, -1, { kind: 'operator', node: from })],
      root: null,
      fixes: [],
    }
  }
  return held === null ? null : { question, ...held }
}

const lastWritten = (s: Situation, node: number): number =>
  Math.max(-1, ...s.subtasksOf(node).map((exec) => s.saidOf(exec, node)?.written.events.last(s.event) ?? -1))

class Silence {
  private readonly done = new Set<number>()

  constructor(private readonly s: Situation) {}

  /** Why nothing (more) comes out of an operator, in all its subtasks. */
  of(node: StreamNode): Held | null {
    if (this.done.has(node.id)) return null
    this.done.add(node.id)
    const { s } = this
    const thrown = thrownIn(s, node.id)
    if (thrown !== null) return thrown
    if (node.role === 'source') return this.source(node)
    const byItself = this.atTheEnd(node) ?? this.keeps(node)
    if (byItself !== null) return byItself
    const dropped = this.lastDropped(node)
    if (dropped.event >= 0) {
      return {
        causes: [
          s.cause('drops-all', { operator: node.name, task: node.name, count: dropped.count }, dropped.event, {
            kind: 'operator',
            node: node.id,
          }),
        ],
        root: 'user-code-filters',
        fixes: fixes.code(node),
      }
    }
    return this.before(node)
  }

  /** Nothing comes to it: because of what stands before it. */
  private before(node: StreamNode): Held | null {
    const { s } = this
    for (const exec of s.subtasksOf(node.id)) {
      if (s.vertexOf(exec).chain[0]!.node !== node.id) continue
      const waiting = s.inputsOf(exec).find(({ id }) => onTheWay(s, id) > 0)
      if (waiting === undefined) continue
      const event = s.evidence.channels[waiting.id]!.recordsOut.events.last(s.event)
      return {
        causes: [
          s.cause('records-on-the-way', { task: s.subtaskName(exec), count: onTheWay(s, waiting.id) }, event, {
            kind: 'channel',
            channel: waiting.id,
          }),
        ],
        root: 'still-on-the-way',
        fixes: [],
      }
    }
    const inputs = [...new Set(s.header.streamGraph.edges.filter(({ to }) => to === node.id).map(({ from }) => from))]
    const answers = inputs.map((from) => s.node(from)).map((from) => (from === undefined ? null : { from, held: this.of(from) }))
    const found = answers
      .filter((answer) => answer !== null && answer.held !== null)
      .sort((one, other) => Number(one!.held!.root === 'no-later-event') - Number(other!.held!.root === 'no-later-event'))[0]
    if (found === undefined || found === null || found.held === null) return null
    const first = s.cause('gives-nothing', { operator: found.from.name }, -1, { kind: 'operator', node: found.from.id })
    return { ...found.held, causes: [first, ...found.held.causes] }
  }

  /** Operators that let records wait. */
  private keeps(node: StreamNode): Held | null {
    const { s } = this
    switch (node.operator.kind) {
      case 'window': {
        const gaveNothing = this.firedInVain(node)
        if (gaveNothing !== null) return gaveNothing
        const [open] = openWindows(s, node.id, 1)
        if (open !== undefined) {
          const answer = whyWindow(s, { about: 'window', ...open })
          if (answer !== null && answer.root !== null) return { causes: answer.causes, root: answer.root, fixes: answer.fixes }
        }
        return this.late(node) ?? this.clearedUnfired(node)
      }
      case 'intervalJoin': {
        const event = lonely(s, node.id)
        const partner = event < 0 ? null : whyNoPartner(s, event)
        return (partner !== null && partner.root !== null ? partner : null) ?? this.late(node)
      }
      case 'async': {
        for (const exec of s.subtasksOf(node.id)) {
          const said = s.saidOf(exec, node.id)
          if (said === undefined || said.requests.count(s.event) <= said.answers.count(s.event)) continue
          const event = said.requests.last(s.event)
          return {
            causes: [s.cause('answer-missing', { operator: node.name }, event, { kind: 'operator', node: node.id })],
            root: 'waiting-for-answer',
            fixes: [],
          }
        }
        return null
      }
      default: {
        const [timer] = pendingTimers(s, node.id, 1)
        if (timer === undefined) return null
        const answer = whyTimer(s, timer)
        return answer === null || answer.root === null ? null : { causes: answer.causes, root: answer.root, fixes: answer.fixes }
      }
    }
  }

  /** It fired, and its function made nothing of it: of a join because a side is empty, and then it is that side that one asks about. */
  private firedInVain(node: StreamNode): Held | null {
    const { s } = this
    let fired = -1
    let count = 0
    for (const exec of s.subtasksOf(node.id)) {
      const said = s.saidOf(exec, node.id)
      if (said === undefined) continue
      if (said.made.count(s.event) > 0) return null
      fired = Math.max(fired, said.fired.last(s.event))
      count += said.fired.count(s.event)
    }
    if (fired < 0) return null
    const { process, b: window } = s.at(fired)
    const answer = whyWindow(s, { about: 'window', process, window })
    if (answer?.root === 'no-partner') {
      const inputs = s.header.streamGraph.edges.filter(({ to }) => to === node.id).map(({ from }) => from)
      const empty = inputs.find((from) => !this.gives(from))
      const before = empty === undefined ? undefined : s.node(empty)
      const held = before === undefined ? null : this.of(before)
      return held === null
        ? { causes: answer.causes, root: answer.root, fixes: answer.fixes }
        : { ...held, causes: [...answer.causes, ...held.causes] }
    }
    return {
      causes: [s.cause('fired-gave-nothing', { operator: node.name, count }, fired, { kind: 'operator', node: node.id })],
      root: 'user-code-filters',
      fixes: fixes.code(node),
    }
  }

  /** Whether anything has come out of an operator, as far as its channels tell. */
  private gives(id: number): boolean {
    const { s } = this
    return s
      .subtasksOf(id)
      .some((exec) =>
        s
          .outputsOf(exec)
          .some(
            (channel) => s.jobEdge(channel).from === id && (s.evidence.channels[channel.id]?.recordsOut.events.count(s.event) ?? 0) > 0,
          ),
      )
  }

  /** Nothing comes of it before its input ends (G-21), and that has no end. */
  private atTheEnd(node: StreamNode): Held | null {
    const { s } = this
    if (node.traits?.outputOnlyAfterEndOfStream !== true || s.ends(node.id)) return null
    const selection = { kind: 'operator', node: node.id } as const
    return {
      causes: [s.cause('only-at-the-end', { operator: node.name }, -1, selection), s.cause('stream-has-no-end', {}, -1, selection)],
      root: 'trigger-never',
      fixes: fixes.say('give-trigger', { operator: node.name }),
    }
  }

  private late(node: StreamNode): Held | null {
    const { s } = this
    let last = -1
    for (const exec of s.subtasksOf(node.id)) last = Math.max(last, s.saidOf(exec, node.id)?.late.last(s.event) ?? -1)
    return last < 0 ? null : whyLate(s, last)
  }

  /** Windows that were cleaned away without a firing. */
  private clearedUnfired(node: StreamNode): Held | null {
    const { s } = this
    for (const exec of s.subtasksOf(node.id)) {
      const said = s.saidOf(exec, node.id)
      const element = said?.elements.events.last(s.event) ?? -1
      if (element < 0 || (said?.fired.count(s.event) ?? 0) > 0) continue
      const { process, b: window } = s.at(element)
      const answer = whyWindow(s, { about: 'window', process, window })
      if (answer !== null && answer.root !== null) return { causes: answer.causes, root: answer.root, fixes: answer.fixes }
    }
    return null
  }

  private lastDropped(node: StreamNode): { readonly event: number; readonly count: number } {
    const { s } = this
    let event = -1
    let count = 0
    for (const exec of s.subtasksOf(node.id)) {
      const dropped = s.saidOf(exec, node.id)?.dropped.events
      if (dropped === undefined) continue
      event = Math.max(event, dropped.last(s.event))
      count += dropped.count(s.event)
    }
    return { event, count }
  }

  private source(node: StreamNode): Held | null {
    const { s } = this
    const subtasks = s.subtasksOf(node.id)
    let read = 0
    let last = -1
    for (const exec of subtasks) {
      const taken = s.said(exec)?.taken
      read += taken?.count(s.event) ?? 0
      last = Math.max(last, taken?.last(s.event) ?? -1)
    }
    const selection = { kind: 'operator', node: node.id } as const
    if (read === 0) {
      const none = subtasks.every((exec) => partitionsOf(s, exec, node)?.length === 0)
      return {
        causes: [
          s.cause(none ? 'source-has-nothing' : 'nothing-read', { operator: node.name, task: node.name, partition: -1 }, -1, selection),
        ],
        root: 'no-data',
        fixes: [],
      }
    }
    const ended = subtasks.every((exec) => s.execution(exec).state === 'FINISHED')
    return {
      causes: [s.cause(ended ? 'source-ended' : 'source-all-read', { operator: node.name, count: read }, last, selection)],
      root: 'no-later-event',
      fixes: [],
    }
  }
}
