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

const KEY = /^[A-Za-z0-9_][^\s:#]*$/

/** One line without its comment: a key and value, what is wrong, or nothing. */
type Line = { readonly key: string; readonly value: string } | { readonly wrong: string } | null

function readLine(raw: string): Line {
  const text = raw.split('#', 1)[0]!
  const line = text.trim()
  if (line === '' || line === '---') return null
  if (/^\s/.test(text)) return { wrong: 'conf-nested' }
  const colon = line.indexOf(': ')
  if (colon < 0) {
    if (line.endsWith(':')) return { wrong: 'conf-no-value' }
    return { wrong: line.includes(':') ? 'conf-no-space' : 'conf-no-colon' }
  }
  const key = line.slice(0, colon).trim()
  const value = line.slice(colon + 2).trim()
  if (!KEY.test(key)) return { wrong: 'conf-key' }
  return value === '' ? { wrong: 'conf-no-value' } : { key, value: unquoted(value) }
}

/** Standard YAML (Flink's config.yaml) may quote a scalar; the legacy flink-conf.yaml never needs it. */
const unquoted = (value: string): string => {
  const quote = value[0]
  return value.length >= 2 && (quote === '"' || quote === "'") && value.endsWith(quote) ? value.slice(1, -1) : value
}

/**
 * Reads `key: value` lines as Flink reads flink-conf.yaml (GlobalConfiguration): `#` starts a comment anywhere, the
 * separator is a colon and a space, a later line beats an earlier one. Where Flink only logs a line that it cannot read
 * and goes on without it, this says so on the line. Nested YAML is refused. Values are checked as `checkConfiguration` does.
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
      const comment = raw.indexOf('#')
      out.push(`${line.key}: ${value}${comment < 0 ? '' : ` ${raw.slice(comment)}`}`)
    }
  })
  for (const [key, value] of left) out.push(`${key}: ${value}`)
  return out.length === 0 ? '' : `${out.join('\n')}\n`
}
