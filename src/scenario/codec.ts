import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate'
import { RollingHash } from '../base/hash'
import type { Place, Problem } from '../core/problem'
import { problem } from '../core/problem'
import { fromBase64Url, toBase64Url } from './base64url'
import { DICTIONARIES } from './dictionaries'
import { LIMITS } from './limits'
import type { Checked } from './schema'
import { checkShape } from './schema'
import { packForks, unpackForks, type SharedFork } from './sharedForks'
import type { Bookmark, PlanSketch, Scenario } from './types'
import { upgrade } from './upgrades/index'

/** What a link or file carries: a scenario, where its maker looked, and the names of the boxes to show before it runs. */
export interface Shared {
  readonly scenario: Scenario
  readonly bookmark?: Bookmark
  readonly plan?: PlanSketch
  /** Other ways in which things went, by what was done to come to them. Links do not carry them. */
  readonly forks?: readonly SharedFork[]
}
export type Decoded = Shared | { readonly problem: Problem }

/**
 * Format 1 of the fragment: `s1.` and base64url of four bytes of hash and the deflated UTF-8 JSON of a `Shared`, with
 * dictionary 1 preset. The number is the format's; the scenario in it has a version of its own.
 */
const FORMAT = 1
const LINK: Place = { in: 'link' }
const HASH_BYTES = 4

const dictionaryOf = (format: number): Uint8Array | null => {
  const text = DICTIONARIES.get(format)
  return text === undefined ? null : strToU8(text)
}

const hash32 = (bytes: Uint8Array): Uint8Array => {
  const value = new RollingHash().update(bytes).value32()
  return Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value)
}

/** Whether a URL's fragment claims to be one of ours. */
export const isLink = (fragment: string): boolean => /^#?s\d/.test(fragment)

/** The fragment (without #) for a share link. Nothing that ships with the app is in it. What is too long belongs in a file. */
export function encodeLink(shared: Shared): { readonly fragment: string } | { readonly problem: Problem } {
  const json = strToU8(JSON.stringify(compact(shared)))
  const packed = deflateSync(json, { level: 9, mem: 9, dictionary: dictionaryOf(FORMAT)! })
  const bytes = new Uint8Array(HASH_BYTES + packed.length)
  bytes.set(hash32(json))
  bytes.set(packed, HASH_BYTES)
  const fragment = `s${FORMAT}.${toBase64Url(bytes)}`
  if (fragment.length > LIMITS.shareLink)
    return { problem: problem('link-too-long-to-share', { length: fragment.length, limit: LIMITS.shareLink }, LINK) }
  return { fragment }
}

/** In one order of keys, so that the same scenario gives the same link; what is absent stays absent. */
const compact = ({ scenario, bookmark, plan }: Shared): Shared => {
  const {
    version,
    name,
    lesson,
    program,
    plan: elsewhere,
    topics,
    cluster,
    configuration,
    interventions,
    seed,
    services,
    fileSystem,
    files,
  } = scenario
  return {
    scenario: {
      version,
      name,
      ...(lesson === undefined ? {} : { lesson }),
      program,
      ...(elsewhere === undefined ? {} : { plan: elsewhere }),
      topics,
      ...(services === undefined ? {} : { services }),
      cluster,
      ...(fileSystem === undefined ? {} : { fileSystem }),
      ...(files === undefined ? {} : { files }),
      configuration,
      interventions,
      seed,
    },
    ...(bookmark === undefined ? {} : { bookmark }),
    ...(plan === undefined ? {} : { plan }),
  }
}

/** Reads a fragment, with or without its #. Nothing in it is trusted: whatever is wrong comes back as one problem, at a bounded cost. */
export function decodeLink(fragment: string): Decoded {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment
  if (text.length > LIMITS.link) return { problem: problem('link-too-long', { length: text.length, limit: LIMITS.link }, LINK) }
  const head = /^s(\d{1,6})\./.exec(text)
  if (head === null) return { problem: problem('link-damaged', {}, LINK) }
  const format = Number(head[1])
  const dictionary = dictionaryOf(format)
  if (dictionary === null) return { problem: problem(format > FORMAT ? 'link-newer' : 'link-damaged', { format, newest: FORMAT }, LINK) }
  const bytes = fromBase64Url(text.slice(head[0].length))
  if (bytes === null || bytes.length <= HASH_BYTES) return { problem: problem('link-damaged', {}, LINK) }
  const json = inflate(bytes.subarray(HASH_BYTES), dictionary)
  if (json === 'too-big') return { problem: problem('link-inflates', { limit: LIMITS.inflated }, LINK) }
  if (json === 'damaged') return { problem: problem('link-damaged', {}, LINK) }
  const expected = hash32(json)
  if (expected.some((byte, i) => byte !== bytes[i])) return { problem: problem('link-damaged', {}, LINK) }
  return decodeJson(strFromU8(json), LINK)
}

/**
 * Inflates in steps of input so small that no step can give more than a quarter of a megabyte (deflate expands at most
 * 1032-fold), and stops at the limit: a bomb costs no more memory than an honest link.
 */
function inflate(packed: Uint8Array, dictionary: Uint8Array): Uint8Array | 'too-big' | 'damaged' {
  const step = 256
  const chunks: Uint8Array[] = []
  let size = 0
  let ended = false
  const inflater = new Inflate({ dictionary }, (chunk, final) => {
    // fflate hands out views into a buffer that it goes on using.
    chunks.push(chunk.slice())
    size += chunk.length
    ended = final
  })
  try {
    for (let at = 0; at < packed.length; at += step) {
      inflater.push(packed.subarray(at, at + step), at + step >= packed.length)
      if (size > LIMITS.inflated) return 'too-big'
    }
  } catch {
    // fflate throws for anything that is not deflate, and for a stream that stops too early: that is the answer.
    return 'damaged'
  }
  if (!ended) return 'damaged'
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

function decodeJson(text: string, place: Place): Decoded {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    // The text is not JSON; the parser's own words would not help.
    return { problem: problem(place.in === 'link' ? 'link-damaged' : 'file-not-json', {}, place) }
  }
  return decodeShared(raw, place)
}

/** Reads what `JSON.parse` or a database gave: upgraded to the newest version, then held against the exact shape. */
export function decodeShared(raw: unknown, place: Place): Decoded {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { problem: problem('scenario-shape', { path: '', found: 'no object', expected: 'Object' }, place) }
  // A scenario alone, without what may stand around it.
  if (place.in === 'file' && 'version' in raw && !('scenario' in raw)) return decodeShared({ scenario: raw }, place)
  const strange = Object.keys(raw).find((key) => !['scenario', 'bookmark', 'plan', 'forks', 'tidemark'].includes(key))
  if (strange !== undefined)
    return {
      problem: problem(
        'scenario-shape',
        { path: strange.slice(0, 80), found: 'unknown', expected: 'scenario, bookmark, plan, forks' },
        place,
      ),
    }
  const { scenario, bookmark, plan, forks } = raw as { scenario?: unknown; bookmark?: unknown; plan?: unknown; forks?: unknown }
  const upgraded = upgrade(scenario, place)
  if ('problem' in upgraded) return upgraded
  const checked = checkShape.scenario(upgraded.value, place)
  if ('problem' in checked) return checked
  const marked: Checked<Bookmark | undefined> = bookmark === undefined ? { value: undefined } : checkShape.bookmark(bookmark, place)
  if ('problem' in marked) return marked
  const sketched: Checked<PlanSketch | undefined> = plan === undefined ? { value: undefined } : checkShape.plan(plan, place)
  if ('problem' in sketched) return sketched
  return {
    scenario: checked.value,
    ...(marked.value === undefined ? {} : { bookmark: marked.value }),
    ...(sketched.value === undefined ? {} : { plan: sketched.value }),
    ...(forks === undefined || place.in === 'link' ? {} : { forks: unpackForks(forks, scenario, checked.value, place) }),
  }
}

/** Ending of the name of a scenario file. */
export const FILE_ENDING = '.tidemark.json'

/** The text of a scenario file: readable, a row of a table a line, and easy to compare. */
export const encodeFile = (shared: Shared): string => `${pretty({ tidemark: 1, ...compact(shared), ...packed(shared) }, '')}\n`

const packed = ({ scenario, forks }: Shared): { readonly forks?: unknown } =>
  forks === undefined || forks.length === 0 ? {} : { forks: packForks(scenario, forks) }

/** For a database: what `decodeShared` reads. */
export const stored = (shared: Shared): unknown => ({ ...shared, ...packed(shared) })

function pretty(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const inner = `${indent} `
  if (Array.isArray(value)) {
    if (value.length === 0 || value.every((item) => typeof item !== 'object' || item === null)) return JSON.stringify(value)
    return `[\n${value.map((item) => inner + pretty(item, inner)).join(',\n')}\n${indent}]`
  }
  const entries = Object.entries(value).filter(([, held]) => held !== undefined)
  if (entries.length === 0) return '{}'
  return `{\n${entries.map(([key, held]) => `${inner}${JSON.stringify(key)}: ${pretty(held, inner)}`).join(',\n')}\n${indent}}`
}

/** Reads a scenario file, or one that holds nothing but a scenario (a lesson's scenario.json with its program put in). */
export function decodeFile(text: string, name: string): Decoded {
  const place: Place = { in: 'file', name }
  if (text.length > LIMITS.scenarioFile)
    return {
      problem: problem('file-too-big', { megabytes: Math.ceil(text.length / 1048576), limit: LIMITS.scenarioFile / 1048576 }, place),
    }
  return decodeJson(text, place)
}
