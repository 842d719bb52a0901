import { virtualTime } from '../components/times'
import { say, type Text } from '../i18n'
import { clocks as texts } from '../i18n/clocks'
import type { Session } from '../session/session.svelte'
import type { ClusterState } from '../trace/cluster/state'
import { currentVertices } from '../trace/cluster/queries'
import { nextMatching } from '../trace/cursor'
import { TraceKind } from '../trace/kinds'
import { clockOf } from '../trace/processingTime'
import type { TraceHeader } from '../trace/types'
import type { Interventions } from './interventions.svelte'
import type { Offer } from './offers'

/** Virtual µs within which something comes of a hand on the clock: the message to the tasks, and what they do with it. */
const SOON = 3

export interface EventClock {
  /** Of which task; null: the least of all. */
  readonly vertex: number | null
  readonly least: number
  /** The event that made it so; −1: none. */
  readonly event: number
}

/** The watermark of the selection's task, else the least of all tasks that have inputs; null: there is none to have one. */
export function eventClockOf(session: Session, header: TraceHeader, state: ClusterState): EventClock | null {
  const { selection } = session
  const { job } = header.executionGraph
  const ofOperator = (node: number): number => job.vertices.findIndex(({ chain }) => chain.some((member) => member.node === node))
  const chosen =
    selection?.kind === 'task' || selection?.kind === 'subtask'
      ? selection.vertex
      : selection?.kind === 'operator'
        ? ofOperator(selection.node)
        : -1
  const subtask = selection?.kind === 'subtask' ? selection.subtask : null
  const among = (vertices: readonly number[]): Omit<EventClock, 'vertex'> | null => {
    let least = Infinity
    let event = -1
    for (const vertex of vertices) {
      if (state.plan.isSource[vertex] === 1 || !(state.watermarkIn[vertex]! < least)) continue
      least = state.watermarkIn[vertex]!
      event = state.watermarkInEvent[vertex]!
    }
    return least === Infinity ? null : { least, event }
  }
  if (chosen >= 0) {
    const vertices = currentVertices(state, chosen)
    const found = among(subtask === null ? vertices : vertices.slice(subtask, subtask + 1))
    if (found !== null) return { vertex: chosen, ...found }
  }
  const all = among(state.graph.job.vertices.flatMap(({ index }) => currentVertices(state, index)))
  return all === null ? null : { vertex: null, ...all }
}

/** Virtual µs that the machines' clock has come since the start, and whether it goes by itself. */
export function processingClockOf(header: TraceHeader, micros: number): { readonly elapsed: number; readonly running: boolean } {
  const clock = clockOf(header)
  return { elapsed: clock.elapsed(micros), running: clock.isRunning(micros) }
}

/** What the clocks do: the playhead looks on, or a hand is laid on the clock of the machines. */
export class Clocks {
  constructor(
    private readonly session: Session,
    private readonly interventions: Interventions,
  ) {}

  /** The hand-crank: the playhead goes on by ms; where the machines' clock stands, it is their clock that is put forward. */
  crank(ms: number): void {
    if (this.running) this.look(ms)
    else void this.lay(`clock ${ms}`)
  }

  crankToTimer(): void {
    if (this.running) this.lookToTimer(1)
    else if (this.interventions.untilNextTimer() === null) this.session.tell(this.t(texts.noTimer), undefined, 2500)
    else void this.lay('clock timer')
  }

  menu(x: number, y: number): void {
    const { now } = this.interventions
    const heading = (id: string, label: string): Offer => ({ id, label, heading: true })
    const look = (id: string, label: string, act: () => void): Offer => ({ id, label, act })
    this.interventions.show(x, y, this.t(texts.crank), [
      heading('h-look', this.t(texts.look)),
      ...[1, 1000, 60_000].map((ms) => look(`look ${ms}`, this.t(texts.on, { by: spanText(ms) }), () => this.look(ms))),
      look('look timer', this.t(texts.onTimer), () => this.lookToTimer(1)),
      look('look event', this.t(texts.onAnyTimer), () => this.lookToTimer(0)),
      heading('h-lay', this.t(texts.lay, { time: virtualTime(now) })),
      ...this.interventions.clock().map((offer): Offer => ({ ...offer, act: () => void this.lay(offer.id) })),
    ])
  }

  private get running(): boolean {
    const { header } = this.session.runner
    return header === null || processingClockOf(header, this.session.player.time).running
  }

  private look(ms: number): void {
    const { player } = this.session
    player.pause()
    player.seek({ time: player.time + ms * 1000 })
  }

  /** @param domain 0 event time, 1 processing time */
  private lookToTimer(domain: 0 | 1): void {
    const { player, runner } = this.session
    if (runner.log === null) return
    player.pause()
    const next = nextMatching(runner.log, player, ({ kind, c }) => kind === TraceKind.TimerFired && c === domain)
    if (next === null) this.session.tell(this.t(texts.noTimer), undefined, 2500)
    else player.seek({ event: next.event })
  }

  /** Lays a hand on the clock, and looks at the first timer that fires by it. */
  private async lay(id: string): Promise<void> {
    const { player, runner } = this.session
    const offer = this.interventions.clock().find((one) => one.id === id)
    if (offer?.change === undefined) return
    player.pause()
    if (!(await this.interventions.make(offer.change, offer.told ?? offer.label)) || runner.log === null) return
    const until = player.time + SOON * runner.linkLatency
    const fired = nextMatching(runner.log, player, ({ kind, c, time }) => time > until || (kind === TraceKind.TimerFired && c === 1))
    if (fired !== null && fired.time <= until) player.seek({ event: fired.event })
  }

  private t(text: Text, args?: Record<string, string | number>): string {
    return say(text, this.session.settings.get('language'), args)
  }
}

export const spanText = (ms: number): string => (ms < 1000 ? `${ms} ms` : ms < 60_000 ? `${ms / 1000} s` : `${ms / 60_000} min`)
