import type { Language, Text } from '../../i18n'
import type { Selection } from '../../scenario/types'

/** A stretch of a sentence: a name that stands for something in the cluster, a time, or the words between. */
export interface Part {
  readonly text: string
  readonly selection?: Selection
  /** How it may be set: times in tabular figures, values as code, what went wrong in its colour. */
  readonly tone?: 'record' | 'watermark' | 'time' | 'value' | 'key' | 'state' | 'late'
}

export interface Sentence {
  readonly text: string
  readonly parts: readonly Part[]
}

/** Fills the places of a text with parts; the words between become parts of their own. */
export function sentence(text: Text, language: Language, places: Readonly<Record<string, Part | readonly Part[]>>): Sentence {
  const parts: Part[] = []
  const template = text[language]
  let from = 0
  for (const match of template.matchAll(/\{(\w+)\}/g)) {
    if (match.index > from) parts.push({ text: template.slice(from, match.index) })
    const place = places[match[1]!]
    if (place !== undefined) parts.push(...('text' in place ? [place] : place))
    else parts.push({ text: match[0] })
    from = match.index + match[0].length
  }
  if (from < template.length) parts.push({ text: template.slice(from) })
  // A sentence begins with a capital, also where a name stands first ("window …").
  const [first, ...rest] = parts
  if (first !== undefined && language === 'en' && first.selection?.kind === 'window')
    parts.splice(0, parts.length, { ...first, text: first.text[0]!.toUpperCase() + first.text.slice(1) }, ...rest)
  return { text: parts.map((part) => part.text).join(''), parts }
}
