import type { Problem } from '../core/problem'
import { say, type Language } from '../i18n'
import { shell } from '../i18n/shell'

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
    case 'cluster': {
      const service = /^services\.(\d+)$/.exec(place.key ?? '')
      if (service !== null) return say(shell.placeService, language, { number: service[1]! })
      return place.key !== undefined ? place.key : place.line !== undefined ? say(shell.placeConfLine, language, { line: place.line }) : ''
    }
    case 'file':
      return place.name
    default:
      return ''
  }
}
