import { javaToString } from '../../core/values'
import { LONG_MAX, LONG_MIN } from '../../core/time'
import type { timeView } from '../../i18n/timeView'
import { TraceKind } from '../../trace/kinds'
import type { TraceLog } from '../../trace/log'
import { boundsText, stateOf } from './drawBands'
import type { Words } from './drawing'
import type { Hit } from './hit'
import { Fate, type Points } from './points'
import type { Scene } from './scene'

type Say = (key: keyof typeof timeView, args?: Readonly<Record<string, string | number>>) => string

/** How far from the watermark, and what became of it. */
export function fateText({ fates, watermarks, y }: Points, at: number, words: Words, say: Say): string {
  const [watermark, time] = [watermarks[at]!, y[at]!]
  const distance = watermark >= LONG_MAX ? '∞' : words.duration(Math.abs(watermark - time))
  switch (fates[at]) {
    case Fate.Filtered:
      return say('filtered')
    case Fate.NoWindow:
      return say('noWindow')
    case Fate.LateTaken:
      return say('lateTaken', { distance })
    case Fate.LateAside:
      return say('aside', { distance })
    case Fate.LateDropped:
      return say('dropped', { distance })
    case Fate.Under:
      return say('underPlain', { distance })
    default:
      return watermark <= LONG_MIN ? say('noWatermark') : say('above1', { distance })
  }
}

/** The value of a record as its source read it, where the event says it. */
export function valueText(log: TraceLog, points: Points, at: number): string {
  const made = log.names.recordAt(points.origins[at]!, points.numbers[at]!)
  if (made < 0 || log.kindAt(made) !== TraceKind.SourceRecord) return ''
  const text = javaToString(log.at(made).value())
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}

/** A thing of the plane in words; null: it needs none. */
export function tellHit(
  hit: Hit,
  { points }: Scene,
  log: TraceLog,
  words: Words,
  say: Say,
  virtual: (micros: number, digits?: number) => string,
): { readonly title: string; readonly lines: readonly string[] } | null {
  switch (hit.kind) {
    case 'record': {
      const { at } = hit
      const { text } = points.looks[at]!
      const lines = [
        say('happened', { time: words.eventTime(points.y[at]!) }),
        say('came', { time: virtual(points.x[at]!) }),
        fateText(points, at, words, say),
        valueText(log, points, at),
      ]
      return { title: text === '' ? say('noKey') : text, lines: lines.filter((line) => line !== '') }
    }
    case 'ghost': {
      const { look, x, y, topic, partition } = hit.ghost
      const lines = [say('happened', { time: words.eventTime(y) }), say('ready', { time: virtual(x) }), `${topic.name}-${partition}`]
      return { title: look.text === '' ? say('future') : look.text, lines }
    }
    case 'line':
      return { title: `${words.line(hit.line)} ${words.eventTime(hit.value)}`, lines: [] }
    case 'firing': {
      const { firing, band } = hit
      const lines = [`${say(firing.again ? 'again' : 'fires')} ${virtual(firing.time)}`, say('open', { count: firing.elements })]
      if (firing.windows > 1) lines.push(say('windowsHere', { count: firing.windows }))
      return { title: boundsText(band, words.eventTime), lines: [lines[0]!, ...lines.slice(2)] }
    }
    case 'band': {
      const { band } = hit
      const who = band.look?.text ?? say('windowsHere', { count: band.windows.length })
      return { title: boundsText(band, words.eventTime), lines: [who, stateOf(band, words)].filter((line) => line !== '') }
    }
    case 'axis':
    case 'playhead':
      return null
  }
}
