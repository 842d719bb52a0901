import { LONG_MAX, LONG_MIN } from '../../core/time'
import { aliveVertices } from '../../trace/cluster/members'
import { heldBefore } from './hold'
import { jobTrouble } from './jobs'
import { heldAtGenerator } from './generator'
import { eventTime, type Situation } from './situation'
import { splitsOf } from './splits'
import type { Answer, Question } from './types'

type Asked = Extract<Question, { about: 'watermark' }>

/** Why does the watermark of a subtask stand where it stands? null: there is no such subtask. */
export function whyWatermark(s: Situation, question: Asked): Answer | null {
  const exec = aliveVertices(s.graph, question.vertex)[question.subtask]
  if (exec === undefined) return null
  const vertex = s.vertexOf(exec)
  const head = vertex.chain[0]!.node
  const node = s.node(head)
  if (node === undefined) return null
  const trouble = jobTrouble(s, vertex.job)
  if (trouble !== null) return { question, ...trouble }
  const source = s.isGenerator(node) && s.isSource(exec)
  const event = source ? s.emittedEvent(exec, head) : s.advancedEvent(exec)
  const watermark = s.x(event)
  const first = s.cause(
    watermark <= LONG_MIN ? 'no-watermark-yet' : watermark >= LONG_MAX ? 'watermark-at-end' : 'watermark-is',
    { task: s.subtaskName(exec), watermark: eventTime(watermark) },
    event,
    s.subtaskSelection(exec),
  )
  if (watermark >= LONG_MAX) return { question, causes: [first], root: null, fixes: [] }
  // The next that a double can tell from none.
  const need = watermark <= LONG_MIN ? LONG_MIN + 4096 : watermark + 1
  const held = source
    ? heldAtGenerator(s, exec, node, {
        need,
        stands: true,
        apart: 0,
        splits: s.subtasksOf(head).flatMap((other) => splitsOf(s, other, node)),
      })
    : heldBefore(s, exec, head, need, true)
  if (held === null) return { question, causes: [first], root: 'still-on-the-way', fixes: [] }
  return { question, ...held, causes: [first, ...held.causes] }
}
