import type { MenuItem } from '../components/Menu.svelte'
import { virtualTime } from '../components/times'
import { say, type Text } from '../i18n'
import { forks } from '../i18n/forks'
import { interventions as texts } from '../i18n/interventions'
import { shell } from '../i18n/shell'
import { addIntervention, removeIntervention } from '../scenario/edits'
import { canonicalJson } from '../scenario/identity'
import type { Intervention, Scenario, Selection } from '../scenario/types'
import type { Session } from '../session/session.svelte'
import { clusterFold } from '../trace/cluster/fold'
import { currentSubtask, isOver, jobStatusOf } from '../trace/cluster/queries'
import { HostState, type ClusterState } from '../trace/cluster/state'
import { nextDueTimer } from '../trace/dueTimers'
import { processingTimeAt } from '../trace/processingTime'
import type { TraceHeader } from '../trace/types'
import type { Folds } from './folds.svelte'
import { diskFaults, faultsOn, faultText, jobFaults, thingName, type Fault } from './faults'
import { clockOffers, costText, partitionName, partitionOffers, partitionsOf, spanWithin, type Offer } from './offers'

/** What an element of a view stands for: it says so in `data-thing`, as a selection in JSON. */
export function thingAt(target: EventTarget | null): Selection | null {
  const text = target instanceof Element ? target.closest<HTMLElement>('[data-thing]')?.dataset.thing : undefined
  return text === undefined ? null : (JSON.parse(text) as Selection)
}

/** A subtask made so much slower at a time that one sees it. */
const SLOWER = 10

/**
 * A person's hand on the cluster, at the playhead's moment: what the menus of the views and the timeline offer, the key K, the note with
 * its way back. Each becomes an intervention of the scenario.
 */
export class Interventions {
  menu: { readonly x: number; readonly y: number; readonly label: string; readonly items: readonly MenuItem[] } | null = $state.raw(null)
  /** K was pressed: the next click on a TaskManager kills it. */
  armed = $state(false)
  private offered: ReadonlyMap<string, Offer> = new Map()

  constructor(
    private readonly session: Session,
    private readonly folds: Folds,
  ) {}

  /** Adds it to the scenario, lets the run follow, and says so with a way back. */
  do(intervention: Intervention): void {
    const text = canonicalJson(intervention)
    const back = (scenario: Scenario): Scenario =>
      removeIntervention(
        scenario,
        scenario.interventions.findLastIndex((other) => canonicalJson(other) === text),
      )
    void this.make((scenario) => addIntervention(scenario, intervention), this.tell(intervention), back)
  }

  /**
   * Makes an edit of the interventions, by the name of what it does, and says so with a way back.
   * @param back takes it out again when other things were done since; absent: the way back is there as long as nothing else was done
   */
  async make(change: (scenario: Scenario) => Scenario, told: string, back?: (scenario: Scenario) => Scenario): Promise<boolean> {
    const { session } = this
    const before = session.forks.there
    const done = session.intervene(change, null, told.replace(/[.。]$/, ''))
    const after = session.scenario
    const act = (): void => {
      if (session.scenario === after) session.undo()
      else if (back !== undefined) void session.intervene(back)
    }
    session.tell(told, { label: this.t(shell.undo), act })
    const forked = await done
    // What came of it may be compared with what would have come.
    if (forked && before !== null && before.id !== session.forks.current && session.scenario === after)
      session.notes.offer(told, { label: this.t(forks.compareBefore), act: () => session.compareNow(before.id) })
    return forked
  }

  /** Whole virtual µs of the playhead. */
  get now(): number {
    return Math.round(this.session.player.time)
  }

  /** There is a cluster to lay a hand on. */
  private get possible(): boolean {
    const { runner, scenario } = this.session
    return runner.log !== null && !runner.still && scenario.plan === undefined
  }

  /** K: the next click chooses. */
  arm(): void {
    this.armed = this.possible
  }

  /** The TaskManager's number that a thing is on at the playhead, if it is there to be stopped; null otherwise. */
  taskManagerOf(thing: Selection | null): number | null {
    const { header } = this.session.runner
    const state = this.state()
    if (thing === null || header === null || state === null) return null
    const host = hostOf(thing, state)
    if (host === null || state.hostState[host] !== HostState.Registered) return null
    const number = taskManagersIn(header).indexOf(host) + 1
    return number > 0 ? number : null
  }

  /** A click while armed; true if it was meant for us. */
  click(target: EventTarget | null): boolean {
    const number = this.taskManagerOf(thingAt(target))
    this.armed = false
    if (number === null) return false
    this.do({ at: this.now, do: 'kill-task-manager', host: number })
    return true
  }

  /** Opens the menu for a thing, or for the moment alone; false if there is no run to lay a hand on. */
  open(x: number, y: number, thing: Selection | null, at = this.now): boolean {
    if (!this.possible) return false
    const offers = this.offers(thing, at)
    this.show(x, y, this.t(texts.menu, { time: virtualTime(at) }), offers)
    return true
  }

  /** A menu of offers at client coordinates. */
  show(x: number, y: number, label: string, offers: readonly Offer[]): void {
    this.offered = new Map(offers.map((offer) => [offer.id, offer]))
    this.menu = { x, y, label, items: offers.map(({ id, label: text, heading }) => ({ id, label: text, ...(heading ? { heading } : {}) })) }
  }

  choose(id: string): void {
    const offer = this.offered.get(id)
    this.menu = null
    this.take(offer)
  }

  private take(offer: Offer | undefined): void {
    if (offer?.act !== undefined) offer.act()
    else if (offer?.change !== undefined) void this.make(offer.change, offer.told ?? offer.label)
  }

  /** What can be done at this moment to what is selected, for the palette. */
  commands(): readonly MenuItem[] {
    const { session } = this
    if (!this.possible) return []
    return this.offers(session.selection, this.now).filter(({ heading }) => heading !== true)
  }

  command(id: string): void {
    this.take(this.offers(this.session.selection, this.now).find((one) => one.id === id))
  }

  /** ms until the next processing-time timer is due on the machines' clock; null: none is set. */
  untilNextTimer(at = this.now): number | null {
    const { header, log } = this.session.runner
    if (header === null || log === null) return null
    const due = nextDueTimer(log, log.lastAt(at))
    return due === null ? null : Math.max(0, due - processingTimeAt(header, at))
  }

  /** A hand on the clock, at a moment. */
  clock(at = this.now): Offer[] {
    const { header } = this.session.runner
    return header === null ? [] : clockOffers(header, at, this.untilNextTimer(at), this.session.settings.get('language'))
  }

  private offers(thing: Selection | null, at: number): Offer[] {
    const { scenario, runner, settings } = this.session
    const header = runner.header!
    const offers: Offer[] = []
    const offer = (id: string, label: string, intervention: Intervention): void =>
      void offers.push({ id, label, change: (of) => addIntervention(of, intervention), told: this.tell(intervention) })
    const host = this.taskManagerOf(thing)
    if (host !== null) offer('stop', this.t(texts.stopOne, { name: `taskmanager-${host}` }), { at, do: 'stop-task-manager', host })
    if (host !== null) offers.push(...this.killOffers(host, at))
    for (const fault of faultsOn(thing, header, this.state(), at, spanWithin(runner.expectedEnd))) offer(...this.faultOffer(fault))
    if (thing?.kind === 'subtask') {
      const node = header.executionGraph.job.vertices[thing.vertex]!.chain[0]!.node
      const { subtask } = thing
      const base = scenario.cluster.recordCost
      const cost = costAt(scenario, node, subtask, at) ?? base
      const slower = Math.min(60_000_000, Math.max(1000, cost * SLOWER))
      const name = thingName(header, node, subtask)
      offer('slow', this.t(texts.slowOne, { thing: name, cost: costText(slower) }), { at, do: 'slow', node, subtask, cost: slower })
      if (cost !== base) {
        const label = this.t(texts.restoreOne, { thing: name, cost: costText(base) })
        offer('restore', label, { at, do: 'slow', node, subtask, cost: base })
      }
    }
    const state = this.state()
    const language = settings.get('language')
    const partitions = partitionsOf(thing, header, state)
    if (thing?.kind === 'partition') return partitionOffers(partitions, scenario, at, runner.expectedEnd, language)
    offers.push(...partitionOffers(partitions, scenario, at, runner.expectedEnd, language))
    offer('start', this.t(texts.startOne), { at, do: 'start-task-manager' })
    header.executionGraph.job.jobs.forEach(({ name }, job) => {
      // At another moment than the one on screen nothing is known of it.
      if (state !== null && at === this.now && isOver(jobStatusOf(state, job))) return
      const intervention: Intervention = job === 0 ? { at, do: 'cancel' } : { at, do: 'cancel', job }
      offer(`cancel ${job}`, this.t(texts.cancelOne, { job: name }), intervention)
    })
    if (thing === null) {
      offers.push({ id: 'h-job', label: this.t(texts.onJob), heading: true })
      for (const fault of jobFaults(at)) offer(...this.faultOffer(fault))
      offers.push({ id: 'h-disk', label: this.t(texts.onFaults), heading: true })
      for (const [text, fault] of diskFaults(at, scenario)) offer(`disk ${text.en}`, this.t(text), fault)
    }
    if (thing === null) offers.push({ id: 'h-clock', label: this.t(texts.onClock), heading: true }, ...this.clock(at))
    return offers
  }

  private faultOffer(fault: Fault): [id: string, label: string, fault: Fault] {
    return [canonicalJson({ ...fault, at: 0 }), faultText(fault, this.session.runner.header, this.session.settings.get('language')), fault]
  }

  /** Kill it, and with one click the pair that one most often wants: another in its place 10 s later. */
  private killOffers(host: number, at: number): Offer[] {
    const kill: Intervention = { at, do: 'kill-task-manager', host }
    const another: Intervention = { at: at + 10_000_000, do: 'start-task-manager' }
    const name = `taskmanager-${host}`
    return [
      { id: 'kill', label: this.t(texts.killOne, { name }), change: (of) => addIntervention(of, kill), told: this.tell(kill) },
      {
        id: 'kill-and-start',
        label: this.t(texts.killAndStart, { name }),
        change: (of) => addIntervention(addIntervention(of, kill), another),
        told: this.tell(kill),
      },
    ]
  }

  private tell(intervention: Intervention): string {
    const header = this.session.runner.header
    const time = virtualTime(intervention.at)
    switch (intervention.do) {
      case 'stop-task-manager':
        return this.t(texts.stopped, { name: `taskmanager-${intervention.host}`, time })
      case 'start-task-manager':
        return this.t(texts.started, { time })
      case 'cancel':
        return this.t(texts.cancelled, { job: header?.executionGraph.job.jobs[intervention.job ?? 0]?.name ?? '', time })
      case 'slow': {
        const { node, subtask, cost } = intervention
        return this.t(texts.slowed, { thing: thingName(header, node, subtask), cost: costText(cost), time })
      }
      case 'silence-partition':
        return intervention.until === undefined
          ? this.t(texts.silenced, { partition: partitionName(intervention), time })
          : this.t(texts.silencedUntil, { partition: partitionName(intervention), time, until: virtualTime(intervention.until) })
      case 'delay-partition':
        return this.t(texts.delayed, { partition: partitionName(intervention), by: costText(intervention.by), time })
      case 'set-clock':
        return this.t(intervention.running ? texts.clockRuns : texts.clockStands, { forward: costText(intervention.forward * 1000), time })
      default:
        return this.t(texts.happens, { what: faultText(intervention, header, this.session.settings.get('language')), time })
    }
  }

  private state(): ClusterState | null {
    const { runner, player } = this.session
    if (runner.header === null || runner.log === null) return null
    return this.folds.of(clusterFold, runner.header, runner.log).seek(Math.min(player.event, runner.log.length - 1))
  }

  private t(text: Text, args?: Record<string, string | number>): string {
    return say(text, this.session.settings.get('language'), args)
  }
}

/** Kernel hosts of the TaskManagers, in the order of their numbers. */
const taskManagersIn = (header: TraceHeader): number[] => header.hosts.filter(({ kind }) => kind === 'taskmanager').map(({ host }) => host)

function hostOf(thing: Selection, state: ClusterState): number | null {
  switch (thing.kind) {
    case 'taskManager':
    case 'slot':
      return thing.host
    case 'subtask': {
      const vertex = state.graph.vertices[currentSubtask(state, thing.vertex, thing.subtask)]
      const host = vertex === undefined ? -1 : state.slotHost[vertex.sharedSlot]!
      return host < 0 ? null : host
    }
    default:
      return null
  }
}

/** What an earlier intervention made a record cost at `at`; null if none did. */
function costAt({ interventions }: Scenario, node: number, subtask: number, at: number): number | null {
  const last = interventions.findLast((one) => one.do === 'slow' && one.node === node && one.subtask === subtask && one.at <= at)
  return last?.do === 'slow' ? last.cost : null
}
