import { javaToString } from '../../core/values'
import { TraceKind } from '../../trace/kinds'
import { keyText } from '../../trace/search'
import { pairOf } from '../../trace/checkpoints/payloads'
import { followRecord } from '../../trace/records'
import type { Situation } from './situation'
import type { Answer, Cause, Question } from './types'

type Asked = Extract<Question, { about: 'value' }>

const UPDATE = 0
const CLEAR = 1
const RESTORED = 2
/** Of the updates of a value so many are told: the first of them, and the last. */
const MOST_TOLD = 8
/** Events of a process before an update, among which what it answered is looked for. */
const LOOK_BACK = 400

/** What made a value of state what it is: every update of its key since it was restored, cleared or first written, each with the record or timer behind it. */
export function whyValue(s: Situation, question: Asked): Answer | null {
  const { event } = question
  if (event < 0 || event > s.event || s.at(event).kind !== TraceKind.StateUpdated) return null
  const { process, a: node, b: key, c: window, d } = s.at(event)
  const [name, value] = pairOf(s.at(event))
  const of = { state: String(name), key: keyText(s.log, process, key) ?? '', operator: s.name(node) }
  const causes: Cause[] = [
    s.cause(d === CLEAR ? 'value-cleared' : 'value-is', { ...of, value: javaToString(value) }, event, { kind: 'operator', node }),
  ]
  const updates = s.evidence.processes.get(process)?.nodes.get(node)?.updates
  const line: number[] = []
  for (let at = (updates?.count(event) ?? 0) - 1; at >= 0; at--) {
    const update = updates!.at(at)
    const row = s.at(update)
    if (row.b !== key || row.c !== window || String(pairOf(row)[0]) !== of.state) continue
    line.push(update)
    // What was there before it has no part in it.
    if (row.d === RESTORED || (row.d === CLEAR && update !== event)) break
  }
  line.reverse()
  const shown = line.length <= MOST_TOLD ? line : [...line.slice(0, 2), ...line.slice(2 - MOST_TOLD)]
  for (const update of shown) {
    causes.push(step(s, process, update))
    if (update === shown[1] && shown.length < line.length) causes.push(s.cause('more-updates', { count: line.length - shown.length }, -1))
  }
  return { question, causes, root: null, fixes: [] }
}

function step(s: Situation, process: number, update: number): Cause {
  const { a: node, d } = s.at(update)
  const value = javaToString(pairOf(s.at(update))[1])
  const selection = { kind: 'operator', node } as const
  if (d === RESTORED) {
    const restored = s.evidence.processes.get(process)?.nodes.get(node)?.restored.last(update) ?? -1
    return s.cause('value-restored', { value, id: restored < 0 ? 0 : s.at(restored).b }, update, selection)
  }
  const by = behind(s, process, update)
  const code = d === UPDATE ? 'value-became' : 'value-went'
  if (by === null) return s.cause(code, { value }, update, selection)
  if ('timer' in by) return s.cause(`${code}-by-timer`, { value, time: { eventTime: by.timer } }, update, selection)
  const record = followRecord(s.log, by.origin, by.number, s.event)
  return s.cause(
    `${code}-by-record`,
    { value, record: record.valueEvent < 0 ? `${by.origin}/${by.number}` : javaToString(record.value) },
    update,
    {
      kind: 'record',
      origin: by.origin,
      number: by.number,
    },
  )
}

/** The record that a process had in hand when it said something, or the timer that had fired; null: neither is told. */
function behind(
  s: Situation,
  process: number,
  event: number,
): { readonly origin: number; readonly number: number } | { readonly timer: number } | null {
  for (let at = event - 1, looked = 0; at >= 0 && looked < LOOK_BACK; at--) {
    const row = s.at(at)
    if (row.process !== process) continue
    looked++
    switch (row.kind) {
      case TraceKind.RecordIn:
        return { origin: row.c, number: row.b }
      case TraceKind.SourceRecord:
      case TraceKind.RecordMade:
        return { origin: process, number: row.b }
      case TraceKind.TimerFired:
        return { timer: row.x }
    }
  }
  return null
}
