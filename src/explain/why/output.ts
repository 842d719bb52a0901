import { CheckpointingOptions } from '../../core/options'
import { TraceKind } from '../../trace/kinds'
import { checkpointsAt, latestRestore, statusOf } from '../../trace/checkpoints/queries'
import { entriesAt, isSeen, type Entry } from '../../trace/ledgers/queries'
import type { SystemLedger } from '../../trace/ledgers/state'
import { failedHeld, isPuzzling } from './checkpoint'
import { say } from './fixes'
import type { Held } from './hold'
import { checkpointsOf, ledgersOf } from './known'
import { checkpointing, decided, died } from './restart'
import { handAt, setting, undo } from './settings'
import { spanOf, type Situation } from './situation'
import { slowHeld } from './slow'
import type { Answer, Cause, Question } from './types'

type Asked = Extract<Question, { about: 'output' }>

/** What was read to write something outside. */
interface Origin {
  readonly process: number
  readonly number: number
  /** SourceRecord or RecordMade; −1: not told. */
  readonly event: number
}

const originOf = (s: Situation, write: number): Origin => {
  const { x: process, d: number } = s.at(write)
  return { process, number, event: number < 0 ? -1 : s.log.names.recordAt(process, number) }
}

/** Whether two writes are of the same thing: the same offset of the same partition, or what two attempts made of the same time. */
function isSame(s: Situation, one: Origin, other: Origin): boolean {
  if (one.event < 0 || other.event < 0 || one.process === other.process) return false
  const { kind, a: node, c, d, x } = s.at(one.event)
  const row = s.at(other.event)
  if (row.kind !== kind || row.a !== node) return false
  if (kind === TraceKind.SourceRecord) return row.c === c && row.d === d
  return Object.is(row.x, x)
}

/** An earlier entry that is to be seen and says the same of the same record; null: it stands there once. */
function twinOf(s: Situation, entries: readonly Entry[], entry: Entry): Entry | null {
  const own = originOf(s, entry.event)
  return (
    entries.find(
      (one) =>
        one.event < entry.event &&
        one.text === entry.text &&
        one.key === entry.key &&
        isSeen(one) &&
        isSame(s, originOf(s, one.event), own),
    ) ?? null
  )
}

/** Entries of topics and directories that are there once too often, the newest first. In a table what comes again takes its own place. */
export function duplicatesIn(s: Situation, limit: number): number[] {
  const found: number[] = []
  // Without a second attempt nothing is read twice.
  if (s.evidence.decisionsOfAll.count(s.event) === 0 && s.evidence.deaths.count(s.event) === 0) return found
  for (const system of systemsOf(s)) {
    if (system.kind === 'table') continue
    const entries = entriesAt(system, s.event, s.log).filter(isSeen)
    const said = new Map<string, Entry[]>()
    for (const entry of entries) said.set(entry.text, [...(said.get(entry.text) ?? []), entry])
    for (const same of said.values()) for (const entry of same.slice(1)) if (twinOf(s, same, entry) !== null) found.push(entry.event)
  }
  return found.sort((a, b) => b - a).slice(0, limit)
}

const systemsOf = (s: Situation): readonly SystemLedger[] => {
  const { index } = ledgersOf(s)
  return index.systems.filter((system) => system !== undefined && system.named <= s.event)
}

/** Why something stands outside twice, or is not (yet) to be seen; root null: it is there, once. */
export function whyOutput(s: Situation, question: Asked): Answer | null {
  if (question.event < 0 || question.event > s.event || s.at(question.event).kind !== TraceKind.ExternalWrote) return null
  const system = ledgersOf(s).index.systems[s.at(question.event).a]
  if (system === undefined) return null
  const entries = entriesAt(system, s.event, s.log)
  const entry = entries.find(({ event }) => event === question.event)
  if (entry === undefined) return null
  const { c: process } = s.at(entry.event)
  const exec = s.log.names.vertexOf(process)
  const job = exec < 0 ? 0 : s.jobOf(exec)
  const own = originOf(s, entry.event)
  const record = own.event < 0 ? undefined : ({ kind: 'record', origin: own.process, number: own.number } as const)
  if (!isSeen(entry)) {
    const unseen = s.cause('not-seen', { system: system.name, value: entry.text, standing: entry.standing }, entry.event, record)
    const held = unseenHeld(s, job, system, entry.transaction)
    return { question, ...held, causes: [unseen, ...held.causes] }
  }
  const twin = system.kind === 'table' ? null : twinOf(s, entries, entry)
  const first = s.cause(
    twin === null ? 'stands-there' : 'stands-twice',
    { system: system.name, value: entry.text },
    twin?.event ?? entry.since,
    record,
  )
  if (twin === null) return { question, causes: [first], root: null, fixes: [] }
  const held = twiceHeld(s, job, entry, own)
  return { question, ...held, causes: [first, ...held.causes] }
}

/** The record was read again, and what the sink had given before could not be taken back. */
function twiceHeld(s: Situation, job: number, entry: Entry, own: Origin): Held {
  const causes: Cause[] = []
  const restore = s.evidence.decisions[job]?.last(entry.event) ?? -1
  const death = s.evidence.deaths.last(entry.event)
  if (own.event >= 0 && s.at(own.event).kind === TraceKind.SourceRecord) {
    const { a: node, c: partition, d: offset } = s.at(own.event)
    causes.push(s.cause('read-again', { operator: s.name(node), partition, offset }, own.event, { kind: 'partition', node, partition }))
    const split = ledgersOf(s).index.splits.get(`${node} ${partition}`)
    const at = split?.restores.count(own.event) ?? 0
    if (split !== undefined && at > 0 && split.restores.at(at - 1) > Math.max(restore, death))
      causes.push(
        s.cause('put-back-to', { operator: s.name(node), partition, offset: split.restoredTo[at - 1]! }, split.restores.at(at - 1), {
          kind: 'partition',
          node,
          partition,
        }),
      )
    else causes.push(s.cause('began-anew', { operator: s.name(node) }, Math.max(restore, death), { kind: 'operator', node }))
  }
  if (death > restore) {
    const held = died(s, death)
    if (held.root === 'no-high-availability') return { ...held, causes: [...causes, ...held.causes] }
  }
  const failed = restore < 0 ? null : decided(s.atEvent(s.event), job, restore)
  if (failed !== null) causes.push(failed.causes[0]!)
  const ways = failed?.fixes.filter(({ code }) => code === 'undo-hand') ?? []
  const { c: process } = s.at(entry.event)
  if (entry.transaction < 0) {
    const sink = sinkOf(s, process, own)
    const selection = sink < 0 ? undefined : ({ kind: 'operator', node: sink } as const)
    causes.push(s.cause('visible-at-once', { operator: sink < 0 ? '' : s.name(sink) }, entry.event, selection))
    return { causes, root: 'plain-sink', fixes: [...say('use-transactions', { operator: sink < 0 ? '' : s.name(sink) }), ...ways] }
  }
  const mode = CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE
  if (s.option(job, mode) === 'AT_LEAST_ONCE') {
    causes.push(s.cause('mode-at-least-once', {}, -1))
    return { causes, root: 'at-least-once', fixes: [...setting(s, job, mode, 'EXACTLY_ONCE'), ...ways] }
  }
  const { id } = latestRestore(checkpointsOf(s), job) === null ? { id: 0 } : { id: latestRestore(checkpointsOf(s), job)!.checkpoint }
  causes.push(s.cause(id === 0 ? 'restored-nothing' : 'restored-older', { id }, latestRestore(checkpointsOf(s), job)?.event ?? -1))
  return { causes, root: 'no-checkpoint-yet', fixes: ways }
}

/** The sink operator that wrote, by its record; −1: not told. */
function sinkOf(s: Situation, process: number, { process: origin, number }: Origin): number {
  for (const [node, said] of s.evidence.processes.get(process)?.nodes ?? [])
    for (const event of said.written.events.list(s.event).reverse()) {
      const { b, c } = s.at(event)
      if (b === number && c === origin) return node
    }
  return -1
}

/** Transactions of a sink's operator outside: by system and number, as their names say. */
function transactionsOf(s: Situation, node: number): { readonly system: SystemLedger; readonly transaction: number }[] {
  const names = new Set<string>()
  for (const exec of s.subtasksOf(node))
    for (const event of s.saidOf(exec, node)?.transactions.list(s.event) ?? []) names.add(s.at(event).text())
  if (names.size === 0) return []
  const { systems } = ledgersOf(s).index
  return s.evidence.outsideTransactions.list(s.event).flatMap((event) => {
    const { a, b, c } = s.at(event)
    const system = systems[a]
    return c === 0 && system !== undefined && names.has(s.at(event).text()) ? [{ system, transaction: b }] : []
  })
}

/** Why nothing of a sink's transactions is to be seen outside; null: something is, or it has no transactions. */
export function uncommitted(s: Situation, node: number): Held | null {
  const transactions = transactionsOf(s, node)
  const last = transactions.at(-1)
  if (last === undefined) return null
  const isCommitted = ({ system, transaction }: (typeof transactions)[number]): boolean =>
    system.transactions.get(transaction)?.moves.some(({ event, to }) => event <= s.event && to === 'committed') ?? false
  if (transactions.some(isCommitted)) return null
  const count = transactions.reduce((sum, one) => sum + (one.system.transactions.get(one.transaction)?.writes.count(s.event) ?? 0), 0)
  if (count === 0) return null
  const job = s.jobVertexOf(node)?.job ?? 0
  const wrote = last.system.transactions.get(last.transaction)?.writes.last(s.event) ?? -1
  const first = s.cause('written-uncommitted', { operator: s.name(node), system: last.system.name, count }, wrote, {
    kind: 'operator',
    node,
  })
  const held = unseenHeld(s, job, last.system, last.transaction)
  return { ...held, causes: [first, ...held.causes] }
}

/** Why a transaction is not committed. */
function unseenHeld(s: Situation, job: number, system: SystemLedger, transaction: number): Held {
  const move = system.transactions.get(transaction)?.moves.findLast(({ event }) => event <= s.event)
  if (move?.to === 'timed-out')
    return {
      causes: [s.cause('transaction-timed-out', { system: system.name }, move.event)],
      root: 'transaction-timed-out',
      fixes: [...setting(s, job, CheckpointingOptions.CHECKPOINTING_INTERVAL, '100 ms'), ...say('longer-transactions', {})],
    }
  if (move?.to === 'aborted' || move?.to === 'fenced')
    return { causes: [s.cause('transaction-aborted', { system: system.name }, move.event)], root: 'transaction-aborted', fixes: [] }
  const hand = handAt(s, s.time, 'system-outage', (one) => one.system === system.name && one.until > s.time)
  if (hand >= 0)
    return {
      causes: [s.cause('system-is-out', { system: system.name }, s.interventionEvent(hand))],
      root: 'outside-unavailable',
      fixes: undo(s, hand),
    }
  const causes = [s.cause('commits-with-checkpoint', { system: system.name }, -1)]
  const state = checkpointsOf(s)
  const tracks = checkpointsAt(state, job)
  const interval = s.option(job, CheckpointingOptions.CHECKPOINTING_INTERVAL)
  if (interval === undefined && tracks.length === 0)
    return { causes: [...causes, s.cause('checkpointing-off', {}, -1)], root: 'no-checkpointing', fixes: checkpointing(s, job) }
  const latest = tracks.at(-1)
  const ended = tracks.findLast((track) => statusOf(state, track) !== 'pending')
  if (latest !== undefined && statusOf(state, latest) === 'pending') {
    const slow = slowHeld(s, latest)
    causes.push(s.cause('checkpoint-under-way', { id: latest.id }, latest.triggered))
    if (slow !== null && slow.root !== 'still-on-the-way') return { ...slow, causes: [...causes, ...slow.causes] }
  }
  if (ended !== undefined && statusOf(state, ended) === 'failed' && isPuzzling(ended)) {
    const failed = failedHeld(s, ended)
    return { ...failed, causes: [...causes, ...failed.causes] }
  }
  causes.push(s.cause('next-checkpoint-commits', { interval: spanOf(interval ?? 0) }, ended?.ended ?? -1))
  return { causes, root: 'next-checkpoint', fixes: interval === undefined ? checkpointing(s, job) : [] }
}
