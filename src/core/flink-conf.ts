import { checkConfiguration } from './option-check'
import type { Place, Problem } from './problem'
import { problem, warning } from './problem'

/** What a flink-conf.yaml says: keys, the line each stands on (from 1), and what is wrong with it. */
export interface FlinkConf {
  readonly configuration: Readonly<Record<string, string>>
  readonly lines: ReadonlyMap<string, number>
  readonly problems: readonly Problem[]
}

/** More than any configuration that a person writes. */
export const MAX_CONF_LENGTH = 64 * 1024

/** One line without its comment: a key, a value and where the comment begins (-1: none), what is wrong, or nothing. */
type Line = { readonly key: string; readonly value: string; readonly comment: number } | { readonly wrong: string } | null

const BARE_KEY = /^[A-Za-z0-9_][^\s:#]*/
const QUOTED = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/

/** What a quoted YAML scalar stands for; null if its escapes make no sense. */
function unquoted(text: string): string | null {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'")
  try {
    return JSON.parse(text) as string
  } catch {
    // An escape that neither JSON nor YAML knows: the line is told as wrong.
    return null
  }
}

function readLine(raw: string): Line {
  if (/^\s*(#|$)/.test(raw) || raw.trimEnd() === '---') return null
  if (/^\s/.test(raw)) return { wrong: 'conf-nested' }
  const quotedKey = QUOTED.exec(raw)?.[0]
  const keyText = quotedKey ?? BARE_KEY.exec(raw)?.[0]
  const key = quotedKey === undefined ? keyText : (unquoted(quotedKey) ?? undefined)
  if (keyText === undefined || key === undefined || key === '') return { wrong: 'conf-key' }
  const after = raw.slice(keyText.length)
  if (!after.startsWith(':')) return { wrong: after.includes(':') && !/^\s*#/.test(after) ? 'conf-key' : 'conf-no-colon' }
  if (!/^:(\s|$)/.test(after)) return { wrong: 'conf-no-space' }
  const start = keyText.length + 1 + /^\s*/.exec(after.slice(1))![0].length
  const rest = raw.slice(start)
  const quoted = QUOTED.exec(rest)?.[0]
  if (quoted !== undefined) {
    const tail = rest.slice(quoted.length)
    const value = unquoted(quoted)
    if (value === null || !/^\s*(#.*)?$/.test(tail)) return { wrong: 'conf-quotes' }
    const hash = tail.indexOf('#')
    return { key, value, comment: hash < 0 ? -1 : start + quoted.length + hash }
  }
  // As in YAML, a # inside a word is part of it.
  const hash = /(^|\s)#/.exec(rest)
  const value = (hash === null ? rest : rest.slice(0, hash.index)).trim()
  if (value === '') return { wrong: 'conf-no-value' }
  return { key, value, comment: hash === null ? -1 : start + hash.index + hash[1]!.length }
}

const needsQuotes = (value: string): boolean => value === '' || value.trim() !== value || /^["']|(^|\s)#|[\r\n\u2028\u2029]/.test(value)
const written = (key: string, value: string): string => {
  const bare = BARE_KEY.exec(key)?.[0] === key
  return `${bare ? key : JSON.stringify(key)}: ${needsQuotes(value) ? JSON.stringify(value) : value}`
}

/**
 * Reads flat `key: value` lines as Flink 1.20 reads config.yaml and, but for a `#` within a word, the older flink-conf.yaml
 * (GlobalConfiguration): the separator is a colon and a space, a later line beats an earlier one; keys and values may be quoted,
 * which a key with a space in it must be (`"tidemark.cost.Source: flights": 250`). Where Flink only logs a line that it cannot
 * read and goes on without it, this says so on the line. Nested YAML is refused. Values are checked as `checkConfiguration` does.
 */
export function parseFlinkConf(text: string): FlinkConf {
  if (text.length > MAX_CONF_LENGTH) {
    return { configuration: {}, lines: new Map(), problems: [problem('conf-too-long', { limit: MAX_CONF_LENGTH }, { in: 'cluster' })] }
  }
  const entries = new Map<string, string>()
  const lines = new Map<string, number>()
  const problems: Problem[] = []
  text.split(/\r?\n/).forEach((raw, index) => {
    const place: Place = { in: 'cluster', line: index + 1 }
    const line = readLine(raw)
    if (line === null) return
    if ('wrong' in line) {
      problems.push(problem(line.wrong, { text: raw.trim().slice(0, 80) }, place))
      return
    }
    const before = lines.get(line.key)
    if (before !== undefined) problems.push(warning('conf-twice', { key: line.key, line: before }, { ...place, key: line.key }))
    entries.delete(line.key)
    entries.set(line.key, line.value)
    lines.set(line.key, index + 1)
  })
  const configuration = Object.fromEntries(entries)
  problems.push(...checkConfiguration(configuration, lines))
  problems.sort((a, b) => lineOf(a) - lineOf(b))
  return { configuration, lines, problems }
}

const lineOf = (of: Problem): number => (of.place?.in === 'cluster' ? (of.place.line ?? 0) : 0)

/**
 * The text for `configuration`. Lines of `previous` that still hold stay as they are, comments and blanks too; changed
 * values change in place and keep their comment; keys that are gone lose their line; new ones come at the end.
 * Lines that could not be read stay, so that nothing typed is lost.
 */
export function printFlinkConf(configuration: Readonly<Record<string, string>>, previous = ''): string {
  const left = new Map(Object.entries(configuration))
  const before = previous === '' ? [] : previous.replace(/\r?\n$/, '').split(/\r?\n/)
  // Of a key that stands there twice the last line counts: print there, drop the others.
  const lastOf = new Map<string, number>()
  before.forEach((raw, index) => {
    const line = readLine(raw)
    if (line !== null && 'key' in line) lastOf.set(line.key, index)
  })
  const out: string[] = []
  before.forEach((raw, index) => {
    const line = readLine(raw)
    if (line === null || 'wrong' in line) {
      out.push(raw)
      return
    }
    const value = left.get(line.key)
    if (value === undefined || lastOf.get(line.key) !== index) return
    left.delete(line.key)
    if (value === line.value) out.push(raw)
    else {
      out.push(`${written(line.key, value)}${line.comment < 0 ? '' : ` ${raw.slice(line.comment)}`}`)
    }
  })
  for (const [key, value] of left) out.push(written(key, value))
  return out.length === 0 ? '' : `${out.join('\n')}\n`
}
