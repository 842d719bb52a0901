import { previewEdit } from '../src/client/edits'
import { questionsAt, why, type Answer, type Fix, type WhySources } from '../src/explain/why'
import { sayCause, sayFix, sayQuestion, sayRoot, type Tongue } from '../src/explain/why/words'
import { say, type Language, type Text } from '../src/i18n'
import { whyText } from '../src/i18n/why'
import type { Selection } from '../src/scenario/types'
import { TraceKind } from '../src/trace/kinds'
import { formatTime, span } from '../src/trace/timeFormat'

/** Times that are near the epoch were counted by hand: they read best as what they are. */
const YEAR = 365 * 86_400_000

/** Words for one run: event times on a clock, if they look like ones. */
function tongueOf({ header, log, event }: WhySources, language: Language): Tongue {
  let latest = 0
  const reader = log.reader()
  for (let looked = 0; looked < 20_000 && reader.index < event && reader.next(); looked++)
    if (reader.kind === TraceKind.SourceRecord && reader.x > latest) latest = reader.x
  const clock = latest > YEAR
  return {
    language,
    span,
    eventTime: (ms) => (clock || Math.abs(ms) > 9e15 ? formatTime(ms, 'clock', latest) : `${ms} ms`),
    processingTime: (ms) => formatTime(ms, 'clock', header.clockStart),
  }
}

const MORE: Readonly<Partial<Record<Answer['question']['about'], Text>>> = {
  window: whyText.moreWindows,
  timer: whyText.moreTimers,
  record: whyText.moreRecords,
}

interface Said {
  readonly question: Answer['question']
  /** The place in the cluster where its chain ends; null: that is the thing itself that is asked about. */
  readonly place: Selection | null
  readonly text: string
  readonly root: string
  readonly rootText: string
  readonly causes: readonly { readonly code: string; readonly text: string; readonly event: number; readonly seconds: number | null }[]
  readonly fixes: readonly {
    readonly code: string
    readonly text: string
    readonly change: Fix['change']['of']
    readonly lines: readonly string[]
  }[]
}

const OWN: readonly Selection['kind'][] = ['window', 'timer', 'record', 'key', 'event']
function placeOf({ causes }: Answer): Selection | null {
  const selection = causes.at(-1)?.selection
  return selection === undefined || OWN.includes(selection.kind) ? null : selection
}

/** The lines of the program that a fix changes; nothing for one that the text does not allow. */
function linesOf({ change }: Fix, { scenario, header }: WhySources): readonly string[] {
  if (change.of !== 'program') return []
  const preview = previewEdit(scenario.program.text, header.streamGraph, change.edits)
  if ('problem' in preview) return []
  const shown = (text: string, sign: string): string[] => (text === '' ? [] : text.split('\n').map((line) => `${sign} ${line.trim()}`))
  return [preview, ...(preview.more ?? [])].flatMap(({ line, before, after }) => [
    `line ${line}`,
    ...shown(before, '-'),
    ...shown(after, '+'),
  ])
}

function answered(sources: WhySources, tongue: Tongue): Said[] {
  const { log } = sources
  return questionsAt(sources).flatMap((question): Said[] => {
    const answer = why(question, sources)
    // What turns out to be well is no puzzle.
    if (answer === null || answer.root === null) return []
    return [
      {
        question,
        place: placeOf(answer),
        text: sayQuestion(question, sources, tongue),
        root: answer.root,
        rootText: sayRoot(answer.root, tongue),
        causes: answer.causes.map((cause) => ({
          code: cause.code,
          text: sayCause(cause, tongue),
          event: cause.event,
          seconds: cause.event < 0 ? null : log.timeAt(cause.event) / 1e6,
        })),
        fixes: answer.fixes.map((fix) => ({
          code: fix.code,
          text: sayFix(fix, tongue),
          change: fix.change.of,
          lines: linesOf(fix, sources),
        })),
      },
    ]
  })
}

/** What two answers have in common that say the same of different windows, keys, timers or records: the links of their chains, and where these end. */
function sameness({ question, root, causes, place }: Said, number: number): string {
  if (question.about === 'watermark' || question.about === 'silence') return String(number)
  return JSON.stringify([question.about, root, causes.map(({ code }) => code), place])
}

/** Answers that say the same, told once: the first of them, and how many there are. */
function told(answers: readonly Said[]): { readonly first: Said; readonly count: number }[] {
  const groups = new Map<string, { first: Said; count: number }>()
  answers.forEach((answer, number) => {
    const name = sameness(answer, number)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, { first: answer, count: 1 })
    else group.count++
  })
  return [...groups.values()]
}

/** What `tidemark why` prints of a moment: everything that is puzzling, each with its chain of causes, its root and the ways out. */
export function tellWhy(sources: WhySources, language: Language, json: boolean, out: (line: string) => void): void {
  const tongue = tongueOf(sources, language)
  const answers = answered(sources, tongue)
  if (json) {
    const plain = answers.map(({ place: _place, ...answer }) => answer)
    out(JSON.stringify({ time: sources.time / 1e6, answers: plain }, null, 2))
    return
  }
  out(say(whyText.moment, language, { time: (sources.time / 1e6).toFixed(3) }))
  if (answers.length === 0) out(`\n${say(whyText.nothingOpen, language)}`)
  const known = new Map<string, number>()
  told(answers).forEach(({ first: { question, text, causes, root, rootText, fixes }, count }, at) => {
    out(`\n${at + 1}. ${text}`)
    for (const { text: cause, seconds } of causes) out(`   - ${cause}${seconds === null ? '' : ` [${seconds.toFixed(3)} s]`}`)
    out(`   ${say(whyText.root, language)}: ${root}. ${rootText}`)
    if (count > 1 && question.about in MORE) out(`   ${say(MORE[question.about]!, language, { count: count - 1 })}`)
    if (fixes.length === 0) return
    const ways = JSON.stringify(fixes)
    const before = known.get(ways)
    if (before !== undefined) return out(`   ${say(whyText.fixesAs, language, { number: before })}`)
    known.set(ways, at + 1)
    out(`   ${say(whyText.fixes, language)}:`)
    for (const { text: fix, lines } of fixes) {
      out(`     * ${fix}`)
      for (const line of lines) out(`         ${line}`)
    }
  })
}
