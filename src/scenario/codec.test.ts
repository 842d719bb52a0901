import { deflateSync, strToU8 } from 'fflate'
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { RollingHash } from '../base/hash'
import { fromBase64Url, toBase64Url } from './base64url'
import { decodeFile, decodeLink, decodeShared, encodeFile, encodeLink } from './codec'
import { DICTIONARIES } from './dictionaries'
import { FLIGHTS_TOPIC, newScenario } from './defaults'
import { LIMITS } from './limits'
import type { Bookmark, PlanSketch, Scenario } from './types'

const fixtures = join(__dirname, 'fixtures')
const sixtyLines = readFileSync(join(fixtures, 'sixty-lines.txt'), 'utf8')

const scenario: Scenario = newScenario({
  name: 'Late flights, by airport and hour',
  program: { language: 'typescript', text: sixtyLines },
  topics: [FLIGHTS_TOPIC],
  configuration: {
    'parallelism.default': '2',
    'taskmanager.numberOfTaskSlots': '2',
    'pipeline.auto-watermark-interval': '100 ms',
    'execution.buffer-timeout.interval': '0 ms',
    'execution.checkpointing.interval': '10 s',
    'restart-strategy.type': 'fixed-delay',
  },
  interventions: [{ at: 12_400_000, do: 'cancel' }],
  seed: 4711,
})
const bookmark: Bookmark = {
  time: 63_250_000,
  views: ['graph', 'log'],
  selection: { kind: 'record', origin: 65537, number: 12 },
  pane: 'program',
  note: 'MSP is late here',
}
const plan: PlanSketch = { vertices: [{ name: 'Source: flights -> Filter', parallelism: 2 }, { name: 'Window -> Sink', parallelism: 2 }], edges: [[0, 1, 'HASH']] } // prettier-ignore

const fragmentOf = (shared: Parameters<typeof encodeLink>[0]): string => {
  const encoded = encodeLink(shared)
  if ('problem' in encoded) throw new Error(encoded.problem.code)
  return encoded.fragment
}
const codeOf = (fragment: string): string | null => {
  const decoded = decodeLink(fragment)
  return 'problem' in decoded ? decoded.problem.code : null
}

describe('links', () => {
  test('a program of 60 lines with its configuration fits into 2,000 characters, and comes back the same', () => {
    expect(sixtyLines.trimEnd().split('\n')).toHaveLength(60)
    const fragment = fragmentOf({ scenario, bookmark, plan })
    expect(fragment.length).toBeLessThan(2000)
    expect(fragment).toMatch(/^s1\.[\w-]+$/)
    expect(decodeLink(`#${fragment}`)).toEqual({ scenario, bookmark, plan })
    expect(decodeLink(fragmentOf({ scenario }))).toEqual({ scenario })
  })

  test('a step of a lesson is a place that one can link to', () => {
    const there = {
      scenario: { ...scenario, lesson: '02-time/06-watermarks' },
      bookmark: { ...bookmark, pane: 'lesson' as const, step: 3 },
    }
    expect(decodeLink(fragmentOf(there))).toEqual(there)
    for (const step of [-1, 0.5, 1e9]) expect(codeOf(fragmentOf({ scenario, bookmark: { ...bookmark, step } }))).toBe('scenario-shape')
  })

  test('the links that were ever published still open, on what they held', () => {
    const published = readdirSync(fixtures).filter((name) => name.endsWith('.link'))
    expect(published.length).toBeGreaterThan(0)
    for (const name of published) {
      const held: unknown = JSON.parse(readFileSync(join(fixtures, name.replace('.link', '.json')), 'utf8'))
      expect([name, decodeLink(readFileSync(join(fixtures, name), 'utf8').trim())]).toEqual([name, held])
    }
  })

  test('what does not fit into a link is sent to a file', () => {
    const rows = Array.from({ length: 2000 }, (_, i) => [i * 7919, `user-${(i * 31) % 97}`])
    const big = newScenario({
      topics: [{ ...FLIGHTS_TOPIC, table: { from: 'inline', columns: ['date', 'arrival'], rows } }],
    })
    expect(encodeLink({ scenario: big })).toMatchObject({ problem: { code: 'link-too-long-to-share' } })
    expect(decodeFile(encodeFile({ scenario: big, bookmark }), 'big.tidemark.json')).toEqual({ scenario: big, bookmark })
    expect(decodeFile(JSON.stringify(big), 'alone.json')).toEqual({ scenario: big })
  })
})

/** A link around any JSON, with the hash that an honest writer would give it. */
const forge = (json: string): string => {
  const bytes = strToU8(json)
  const hash = new RollingHash().update(bytes).value32()
  const packed = deflateSync(bytes, { dictionary: strToU8(DICTIONARIES.get(1)!) })
  return `s1.${toBase64Url(Uint8Array.of(hash >>> 24, hash >>> 16, hash >>> 8, hash, ...packed))}`
}

describe('hostile links', () => {
  const good = fragmentOf({ scenario, bookmark })

  test.each([
    ['', 'link-damaged'],
    ['#', 'link-damaged'],
    ['s1.', 'link-damaged'],
    ['s1.AAAA', 'link-damaged'],
    ['s1.%%%', 'link-damaged'],
    ['s2.AAAAAAAAAAAA', 'link-newer'],
    ['s0.AAAAAAAAAAAA', 'link-damaged'],
    ['lesson=1', 'link-damaged'],
  ])('%s: %s', (fragment, code) => expect(codeOf(fragment)).toBe(code))

  test('ten megabytes are not looked at', () => expect(codeOf(`s1.${'A'.repeat(10_000_000)}`)).toBe('link-too-long'))

  test('truncated anywhere: damaged', () => {
    for (let length = 0; length < good.length; length += 7) expect(codeOf(good.slice(0, length))).toBe('link-damaged')
  })

  test('a bomb is stopped at the limit', { timeout: 60_000 }, () => {
    const bomb = deflateSync(new Uint8Array(40 * 1024 * 1024), { level: 9 })
    expect(bomb.length * 4 / 3).toBeLessThan(LIMITS.link) // prettier-ignore
    const before = process.memoryUsage().arrayBuffers
    expect(codeOf(`s1.${toBase64Url(new Uint8Array([0, 0, 0, 0, ...bomb]))}`)).toBe('link-inflates')
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024)
  })

  const json = (change: object): string => JSON.stringify({ scenario: { ...scenario, ...change } })
  test.each([
    ['a newer scenario', json({ version: 5 }), 'scenario-newer'],
    ['no version', json({ version: undefined }), 'scenario-version'],
    ['a field nobody knows', json({ evil: 1 }), 'scenario-shape'],
    ['10,000 TaskManagers', json({ cluster: { ...scenario.cluster, taskManagers: 10_000 } }), 'scenario-shape'],
    ['a path as a file', json({ topics: [{ ...FLIGHTS_TOPIC, table: { from: 'app', file: '../../etc', edits: [] } }] }), 'scenario-shape'],
    ['text for a number', json({ seed: '1' }), 'scenario-shape'],
    ['a seed below 0', json({ seed: -1 }), 'scenario-shape'],
    ['a wrong bookmark', JSON.stringify({ scenario, bookmark: { time: -1, views: [] } }), 'scenario-shape'],
    [
      'a prototype',
      `{"scenario":${JSON.stringify(scenario).replace('"configuration":{', '"configuration":{"__proto__":{"a":"b"},')}}`,
      'scenario-shape',
    ],
    ['a constructor', json({ configuration: { constructor: 'x' } }), 'scenario-shape'],
    ['an object that cannot be text', json({ version: { toString: 1, valueOf: 1 } }), 'scenario-version'],
    ['a list', '[]', 'scenario-shape'],
    ['null', 'null', 'scenario-shape'],
    ['deep nesting', `{"scenario":{"version":1,"name":${'['.repeat(5000)}${']'.repeat(5000)}}}`, 'scenario-shape'],
    ['no JSON', 'scenario!', 'link-damaged'],
  ])('%s', (_name, text, code) => {
    expect(codeOf(forge(text))).toBe(code)
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })

  test('bytes at random, and a good link with one character changed, are damaged and nothing worse', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => codeOf(`s1.${toBase64Url(bytes)}`) !== null))
    const same = JSON.stringify(decodeLink(good))
    fc.assert(
      fc.property(fc.nat(good.length - 4), fc.constantFrom(...'AZaz09-_'), (at, char) => {
        const changed = good.slice(0, at + 3) + char + good.slice(at + 4)
        // Bits behind the end of what was packed mean nothing: such a link says the same.
        return codeOf(changed) === 'link-damaged' || JSON.stringify(decodeLink(changed)) === same
      }),
    )
  })

  test('any JSON in a scenario’s place is a problem, never an exception', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const decoded = decodeFile(text, 'x.tidemark.json')
        return 'problem' in decoded
      }),
    )
  })

  test('nor is anything in the place of any part of a good one', () => {
    const whole = { scenario, bookmark, plan }
    const paths = (of: unknown, path: readonly string[] = []): (readonly string[])[] =>
      typeof of === 'object' && of !== null ? [path, ...Object.entries(of).flatMap(([key, held]) => paths(held, [...path, key]))] : [path]
    const put = (of: unknown, [key, ...rest]: readonly string[], value: unknown): unknown => {
      if (key === undefined) return value
      const copy = (Array.isArray(of) ? [...(of as unknown[])] : { ...(of as object) }) as Record<string, unknown>
      copy[key] = put(copy[key], rest, value)
      return copy
    }
    fc.assert(
      fc.property(
        fc.constantFrom(...paths(whole)),
        fc.anything({ withBigInt: true, withNullPrototype: true, withSparseArray: true }),
        (path, value) => {
          const decoded = decodeShared(put(whole, path, value), { in: 'link' })
          // Either it is a problem, or it is a scenario that can be sent on.
          return 'problem' in decoded || 'fragment' in encodeLink(decoded)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('any scenario of the right shape comes back the same', () => {
    const arbitrary = fc.record({
      name: fc.string({ maxLength: LIMITS.name }),
      seed: fc.nat(),
      text: fc.string({ unit: 'grapheme', maxLength: 300 }),
      configuration: fc.dictionary(fc.stringMatching(/^[a-z]{1,9}\.[a-z]{1,9}$/), fc.string({ maxLength: 20 }), { maxKeys: 5 }),
    })
    fc.assert(
      fc.property(arbitrary, ({ name, seed, text, configuration }) => {
        const made = newScenario({ name, seed, configuration, program: { language: 'typescript', text } })
        expect(decodeLink(fragmentOf({ scenario: made }))).toEqual({ scenario: made })
      }),
    )
  })
})

test('base64url', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => Buffer.compare(fromBase64Url(toBase64Url(bytes))!, bytes) === 0))
  expect(['A', 'AB', 'AAB', 'A+', 'é'].map(fromBase64Url)).toEqual([null, null, null, null, null])
})
