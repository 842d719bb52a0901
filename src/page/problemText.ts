import type { Problem } from '../core/problem'
import { say, type Language, type Text } from '../i18n'
import { problems } from '../i18n/problems'
import { shell } from '../i18n/shell'

const entries = problems as Readonly<Record<string, { readonly sentence: Text; readonly hint: Text } | undefined>>

/** A problem in words. A code without an entry is a fault of ours; it is still told, by its code. */
export function tellProblem(problem: Problem, language: Language): { readonly sentence: string; readonly hint: string } {
  const entry = entries[problem.code]
  if (entry === undefined) return { sentence: `${problem.code} ${Object.values(problem.args ?? {}).join(' ')}`, hint: '' }
  return { sentence: say(entry.sentence, language, problem.args), hint: say(entry.hint, language, problem.args) }
}

/** The place in words, empty for the run as a whole. */
export function tellPlace(place: Problem['place'], language: Language): string {
  switch (place?.in) {
    case 'program':
      return say(shell.line, language, { line: place.line })
    case 'plan':
      return place.line === undefined ? '' : say(shell.line, language, { line: place.line })
    case 'events':
      return place.row === undefined
        ? say(shell.placeTopic, language, { topic: place.topic })
        : say(shell.placeEvents, language, { topic: place.topic, row: place.row + 1 })
    case 'cluster':
      return place.key !== undefined ? place.key : place.line !== undefined ? say(shell.placeConfLine, language, { line: place.line }) : ''
    case 'file':
      return place.name
    default:
      return ''
  }
}
