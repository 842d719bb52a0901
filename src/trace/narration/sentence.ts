import type { Language, Text } from '../../i18n'
import type { Selection } from '../../scenario/types'

/** A stretch of a sentence: a name that stands for something in the cluster, a time, or the words between. */
export interface Part {
  readonly text: string
  readonly selection?: Selection
  /** How it may be set: times in tabular figures, values as code, what went wrong in its colour. */
  readonly tone?: 'record' | 'watermark' | 'time' | 'value' | 'key' | 'state' | 'late'
  /** The time that it tells, raw, ms. */
  readonly ms?: number
}

export interface Sentence {
  readonly text: string
  readonly parts: readonly Part[]
}

/** What goes into a place: `text`, then a time or the bounds of a window, then `after`. Times are put into words in the order of reading. */
export interface Place extends Part {
  readonly bounds?: readonly [from: number, to: number]
  readonly after?: string
}

/** Tells times; knows what was told before, so that a day is not said twice. */
export interface Clock {
  moment(ms: number): string
  bounds(from: number, to: number): string
}

/** Fills the places of a text; the words between become parts of their own. */
export function sentence(
  text: Text,
  language: Language,
  places: Readonly<Record<string, Place | readonly Place[]>>,
  clock: Clock,
): Sentence {
  const parts: Part[] = []
  const template = text[language]
  let from = 0
  const add = (part: Part): void => {
    const last = parts[parts.length - 1]
    // Chinese keeps its distance from Latin letters and digits, not from Chinese.
    if (last !== undefined && / $/.test(last.text) && HAN_FIRST.test(part.text) && HAN_LAST.test(last.text.trimEnd())) {
      parts[parts.length - 1] = { ...last, text: last.text.trimEnd() }
    }
    const close = last !== undefined && HAN_LAST.test(last.text) && /^ /.test(part.text) && HAN_FIRST.test(part.text.trimStart())
    parts.push(close ? { ...part, text: part.text.trimStart() } : part)
  }
  const put = ({ text: before, bounds, after = '', ...rest }: Place): void => {
    const time = rest.ms !== undefined ? clock.moment(rest.ms) : bounds !== undefined ? clock.bounds(...bounds) : ''
    const told = `${before}${time}${after}`
    // A sentence begins with a capital, also where a window, a slot or a checkpoint (its event) stands first.
    const common = rest.selection?.kind === 'window' || rest.selection?.kind === 'slot' || rest.selection?.kind === 'event'
    add({ ...rest, text: parts.length === 0 && language === 'en' && common ? capital(told) : told })
  }
  for (const match of template.matchAll(/\{(\w+)\}/g)) {
    if (match.index > from) add({ text: template.slice(from, match.index) })
    const place = places[match[1]!]
    if (place === undefined) add({ text: match[0] })
    else if ('text' in place) put(place)
    else place.forEach(put)
    from = match.index + match[0].length
  }
  if (from < template.length) add({ text: template.slice(from) })
  return { text: parts.map((part) => part.text).join(''), parts }
}

const HAN_FIRST = /^\p{Script=Han}/u
const HAN_LAST = /\p{Script=Han}$/u

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
