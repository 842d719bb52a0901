import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Configuration, parseOption } from './configuration'
import { parseFlinkConf, printFlinkConf } from './flink-conf'
import { checkConfiguration, nearestKey, optionOf, printOption } from './option-check'
import * as options from './options'
import { type CatalogueOption, ExecutionOptions, OPTIONS, PipelineOptions, RestartStrategyOptions } from './options'

const said = (configuration: Record<string, string>): string[] => checkConfiguration(configuration).map((p) => `${p.severity} ${p.code}`)

describe('the catalogue', () => {
  test('every key is there once, old keys included, and every default is a value of its own type', () => {
    const keys = OPTIONS.flatMap((option) => [option.key, ...option.fallbackKeys])
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
    for (const option of OPTIONS) {
      if (option.defaultValue !== undefined)
        expect([option.key, parseOption(option, printOption(option))]).toEqual([option.key, option.defaultValue])
    }
  })

  test('old keys still work, the newest wins', () => {
    const old = Configuration.fromMap({ 'execution.buffer-timeout': '5 ms', 'restart-strategy': 'Fixed-Delay' })
    expect(old.get(ExecutionOptions.BUFFER_TIMEOUT)).toBe(5)
    expect(old.get(RestartStrategyOptions.RESTART_STRATEGY)).toBe('fixed-delay')
    expect(old.merge(Configuration.fromMap({ 'execution.buffer-timeout.interval': '7' })).get(ExecutionOptions.BUFFER_TIMEOUT)).toBe(7)
    expect(Configuration.fromMap({}).get(PipelineOptions.AUTO_WATERMARK_INTERVAL)).toBe(200)
  })
})

test('what the catalogue calls honoured is read by the simulator', () => {
  const code = ['graph', 'runtime', 'streaming', 'minicluster']
    .flatMap((room) => readdirSync(join(__dirname, '..', room), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('')
  const unread = Object.entries(options)
    .filter(([group]) => group.endsWith('Options') && group !== 'TidemarkOptions')
    .flatMap(([group, held]) =>
      Object.entries(held as Record<string, CatalogueOption<unknown>>).map(([name, option]) => ({ name: `${group}.${name}`, option })),
    )
    .filter(({ name, option }) => option.honoured && !new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(code))
  expect(unread.map(({ name }) => name)).toEqual([])
})

describe('what is said about a configuration', () => {
  test.each([
    ['parallelism.defualt', 'parallelism.default'],
    ['pipeline.auto-watermark-intervall', 'pipeline.auto-watermark-interval'],
    ['taskmanager.numberoftaskslots', 'taskmanager.numberOfTaskSlots'],
    ['numberOfTaskSlots', 'taskmanager.numberOfTaskSlots'],
    ['state.backend.typ', 'state.backend.type'],
    ['my.own.key', null],
  ])('%s is nearest to %s', (typed, nearest) => expect(nearestKey(typed)).toBe(nearest))

  test.each<[string, string, string[]]>([
    ['parallelism.default', '4', []],
    ['parallelism.default', '4 threads', ['error configuration-integer']],
    ['parallelism.default', '0', ['error configuration-bounds']],
    ['pipeline.auto-watermark-interval', '200 ms', []],
    ['pipeline.auto-watermark-interval', '200 mb', ['error configuration-duration']],
    ['pipeline.auto-watermark-interval', 'soon', ['error configuration-duration']],
    ['taskmanager.memory.segment-size', '32 kb', []],
    ['taskmanager.memory.segment-size', '32 s', ['error configuration-memory']],
    ['taskmanager.memory.segment-size', '1 b', ['error configuration-bounds']],
    ['execution.runtime-mode', 'turbo', ['error configuration-choice']],
    ['pipeline.object-reuse', 'yes', ['error configuration-boolean']],
    ['execution.buffer-timeout', '5 ms', ['warning configuration-old-key']],
    ['execution.checkpointing.interval', '5 ms', ['error configuration-bounds']],
    ['rest.port', '8081', ['warning configuration-not-simulated']],
    ['no.such.key', '1', ['warning configuration-unknown']],
    ['tidemark.cost.Source: flights', '250', []],
    ['tidemark.cost.map', '1 ms', ['error configuration-integer']],
  ])('%s: %s', (key, value, expected) => expect(said({ [key]: value })).toEqual(expected))

  test('a cost key is an option of its own', () => expect(optionOf('tidemark.cost.')).toBeUndefined())
})

describe('flink-conf.yaml', () => {
  const text = [
    '# The cluster',
    'parallelism.default: 2   # both TaskManagers',
    '',
    'taskmanager.numberOfTaskSlots: 1',
    'execution.runtime-mode: "STREAMING"',
    '',
  ].join('\n')

  test('reads and prints back, comments kept', () => {
    const { configuration, problems } = parseFlinkConf(text)
    expect(configuration).toEqual({
      'parallelism.default': '2',
      'taskmanager.numberOfTaskSlots': '1',
      'execution.runtime-mode': 'STREAMING',
    })
    expect(problems).toEqual([])
    expect(printFlinkConf(configuration, text)).toBe(text)
  })

  test('an edit touches its own line', () => {
    const { 'execution.runtime-mode': _gone, ...rest } = parseFlinkConf(text).configuration
    expect(printFlinkConf({ ...rest, 'parallelism.default': '4', 'pipeline.object-reuse': 'true' }, text)).toBe(
      '# The cluster\nparallelism.default: 4 # both TaskManagers\n\ntaskmanager.numberOfTaskSlots: 1\npipeline.object-reuse: true\n',
    )
  })

  test('problems stand on their lines; of two lines the later counts', () => {
    const conf = parseFlinkConf(
      'parallelism.default:2\nnonsense\nstate:\n  backend: x\nparallelism.default: 2\nparallelism.default: 3 km\n',
    )
    expect(conf.problems.map((p) => [p.place?.in === 'cluster' && p.place.line, p.code])).toEqual([
      [1, 'conf-no-space'],
      [2, 'conf-no-colon'],
      [3, 'conf-no-value'],
      [4, 'conf-nested'],
      [6, 'conf-twice'],
      [6, 'configuration-integer'],
    ])
    expect(printFlinkConf({ 'parallelism.default': '9' }, 'parallelism.default: 1\nwhat\nparallelism.default: 2\n')).toBe(
      'what\nparallelism.default: 9\n',
    )
  })

  test('keys with spaces and values with # are quoted, and come back', () => {
    const configuration = {
      'tidemark.cost.Source: flights': '250',
      'execution.checkpointing.dir': 's3://a#b/c',
      'pipeline.name': ' # "x"\n',
    }
    const text = printFlinkConf(configuration)
    expect(text).toBe('"tidemark.cost.Source: flights": 250\nexecution.checkpointing.dir: s3://a#b/c\npipeline.name: " # \\"x\\"\\n"\n')
    expect(parseFlinkConf(text).configuration).toEqual(configuration)
    expect(printFlinkConf({ ...configuration, 'pipeline.name': 'y' }, `${text.trimEnd()} # why\n`)).toContain('pipeline.name: y # why\n')
    expect(parseFlinkConf("a: 'it''s' # x\nb: \"\\q\"\nc: 'x' y\n\"k\": 1").problems.map(({ code }) => code)).toEqual([
      'configuration-unknown',
      'conf-quotes',
      'conf-quotes',
      'configuration-unknown',
    ])
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (map) => {
        const entries = Object.entries(map)
        expect(Object.entries(parseFlinkConf(printFlinkConf(Object.fromEntries(entries))).configuration)).toEqual(entries)
      }),
    )
  })

  test('any text at all is read without an exception, and printing what was read changes no line', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('a.b: c', 'a.b: d # e', ' x: y', '# z', '"q": r', 'a.b:c'))), (lines) => {
        const text = `${lines.join('\n')}\n`
        const { configuration } = parseFlinkConf(text)
        expect(parseFlinkConf(printFlinkConf(configuration, text)).configuration).toEqual(configuration)
      }),
    )
  })

  test('hostile keys are only keys', () => {
    const { configuration } = parseFlinkConf('__proto__: 1\nconstructor: 2\n')
    expect(Object.getPrototypeOf(configuration)).toBe(Object.prototype)
    expect(Object.entries(configuration)).toEqual([['__proto__', '1'], ['constructor', '2']]) // prettier-ignore
  })
})
