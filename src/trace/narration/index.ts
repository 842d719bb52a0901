import { TraceKind } from '../kinds'
import type { TraceKindName } from '../kinds'
import type { TraceReader } from '../log'
import { NARRATION } from './kinds'
import type { Sentence } from './sentence'
import { Teller } from './teller'
import type { NarrationContext } from './teller'

export type { Part, Sentence } from './sentence'
export type { NarrationContext } from './teller'
export { channelName, hostName, jobName, jobOfNode, operatorName, severalJobs, subtaskName, taskName } from './naming'

const NAMES = new Map<number, TraceKindName>(Object.entries(TraceKind).map(([name, code]) => [code, name as TraceKindName]))

/** The kind's name; `?` for a number that no kind has. */
export const kindName = (kind: number): string => NAMES.get(kind) ?? '?'

/** One sentence about an event. */
export function narrate(event: TraceReader, context: NarrationContext): Sentence {
  const name = NAMES.get(event.kind)
  if (name === undefined) return { text: `? ${event.kind}`, parts: [{ text: `? ${event.kind}` }] }
  return NARRATION[name](event, new Teller(context))
}
