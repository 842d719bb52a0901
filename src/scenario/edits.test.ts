import { describe, expect, test } from 'vitest'
import { checkScenario } from './checks'
import { parseClusterText, printClusterText } from './cluster-text'
import { FLIGHTS_TOPIC, newScenario } from './defaults'
import * as edit from './edits'
import { scenarioHash } from './identity'

const scenario = newScenario({ program: { language: 'typescript', text: 'x' }, topics: [FLIGHTS_TOPIC] })

describe('edits', () => {
  test('what changes nothing gives back the same scenario', () => {
    expect(edit.rename(scenario, scenario.name)).toBe(scenario)
    expect(edit.setProgram(scenario, 'x')).toBe(scenario)
    expect(edit.setCluster(scenario, { taskManagers: 2 })).toBe(scenario)
    expect(edit.setOption(scenario, 'parallelism.default', '2')).toBe(scenario)
    expect(edit.setOption(scenario, 'not.there', null)).toBe(scenario)
    expect(edit.setConfiguration(scenario, { ...scenario.configuration })).toBe(scenario)
    expect(edit.removeIntervention(scenario, 3)).toBe(scenario)
    expect(edit.removeTopic(scenario, 'none')).toBe(scenario)
    expect(edit.setCell(scenario, 'none', 0, 'delay', 1)).toBe(scenario)
  })
  test('what did not change is shared', () => {
    const after = edit.setCell(scenario, 'flights', 0, 'delay', 1)
    expect(after.program).toBe(scenario.program)
    expect(after.cluster).toBe(scenario.cluster)
    expect(scenario.topics[0]).toBe(FLIGHTS_TOPIC)
  })
  test('typing into one cell is one edit', () => {
    const typed = [1, 12, 120].reduce((s, value) => edit.setCell(s, 'flights', 5, 'delay', value), scenario)
    expect(typed.topics[0]!.table).toEqual({ from: 'app', file: 'flights-2k', edits: [{ op: 'set', row: 5, column: 'delay', value: 120 }] })
  })
  test('interventions stand in the order of their times', () => {
    const at = (time: number) => ({ at: time, do: 'cancel' }) as const
    const three = [at(5), at(1), at(3)].reduce(edit.addIntervention, scenario)
    expect(three.interventions.map((one) => one.at)).toEqual([1, 3, 5])
    expect(edit.removeIntervention(three, 1).interventions.map((one) => one.at)).toEqual([1, 5])
  })
  test('inline tables change in place', () => {
    const inline = edit.replaceTable(scenario, 'flights', { columns: ['date', 'v'], rows: [[1, 'a'], [2, 'b']] }) // prettier-ignore
    // The arrival column is gone with the old table.
    expect(inline.topics[0]).toMatchObject({ eventTime: 'date', arrival: { by: 'rate' } })
    const after = edit.deleteRow(edit.addRow(edit.setCell(inline, 'flights', 0, 'v', 'z'), 'flights', { v: 'c' }), 'flights', 1)
    expect(after.topics[0]!.table).toMatchObject({ rows: [[1, 'z'], [null, 'c']] }) // prettier-ignore
  })
})

test('the hash is that of the run: names and the order of keys say nothing', () => {
  const hash = scenarioHash(scenario)
  expect(hash).toMatch(/^[0-9a-f]{16}$/)
  expect(scenarioHash(edit.rename(scenario, 'other'))).toBe(hash)
  expect(scenarioHash({ ...scenario, configuration: Object.fromEntries(Object.entries(scenario.configuration).reverse()) })).toBe(hash)
  expect(scenarioHash(edit.setSeed(scenario, 2))).not.toBe(hash)
})

describe('checks', () => {
  const said = (of: typeof scenario) =>
    checkScenario(of).map(({ code, place }) => `${code} ${place?.in === 'cluster' ? place.key : ''}`.trim())
  test('a good scenario', () => expect(said(scenario)).toEqual([]))
  test.each([0, 10_000, 1.5, NaN])('%d TaskManagers', (taskManagers) =>
    expect(said(edit.setCluster(scenario, { taskManagers }))).toEqual(['cluster-task-managers tidemark.taskmanagers']),
  )
  test.each([0, 129])('%d partitions', (partitions) =>
    expect(said(edit.setTopic(scenario, 'flights', { partitions }))).toEqual(['topic-partitions']),
  )
  test('an empty program, a topic twice, a clock at 0', () => {
    expect(said(edit.setProgram(scenario, ' \n'))).toEqual(['program-empty'])
    expect(said(edit.addTopic(scenario, FLIGHTS_TOPIC))).toEqual(['topic-twice'])
    expect(said(edit.setCluster(scenario, { clockStart: 0 }))).toEqual(['cluster-clock-start tidemark.clock-start'])
  })
})

test('external services are told apart, answer after the question, and know their own columns', () => {
  const service = { name: 'a', latency: { least: 1, most: 5 } }
  const table = { key: 'k', columns: ['k', 'v'], rows: [['x', 1]] }
  const said = (...services: NonNullable<typeof scenario.services>) =>
    checkScenario({ ...scenario, services }).map(({ code, place }) => `${code} ${place?.in === 'cluster' ? place.key : ''}`)
  expect(said({ ...service, failing: 20, table })).toEqual([])
  expect(
    said(
      { ...service, latency: { least: 6, most: 5 } },
      { ...service, failing: 1001, table: { ...table, key: 'z' } },
      { ...service, name: '', table: { ...table, rows: [['x']] } },
    ),
  ).toEqual([
    'service-latency services.1',
    'service-twice services.2',
    'service-failing services.2',
    'service-key services.2',
    'service-unnamed services.3',
    'service-ragged-row services.3',
  ])
})

describe('the cluster as text', () => {
  test('there and back, our keys first', () => {
    const text = printClusterText(scenario)
    expect(text.split('\n').slice(0, 4)).toEqual([
      'tidemark.taskmanagers: 2',
      'tidemark.link-latency: 10 ms',
      'tidemark.clock-start: 2001-01-01T00:00:00Z',
      'tidemark.record-cost: 20',
    ])
    expect(parseClusterText(text, scenario)).toEqual({ scenario, problems: [] })
  })
  test('an edit in the text is an edit of the scenario; comments stay', () => {
    const text = '# three\ntidemark.taskmanagers: 3\nparallelism.default: 6\n'
    const { scenario: after } = parseClusterText(text, scenario)
    expect(after.cluster).toEqual({ ...scenario.cluster, taskManagers: 3 })
    expect(after.configuration).toEqual({ 'parallelism.default': '6' })
    expect(printClusterText(after, text)).toContain(
      '# three\ntidemark.taskmanagers: 3\nparallelism.default: 6\ntidemark.link-latency: 10 ms\n',
    )
  })
  test.each([
    ['tidemark.taskmanagers: 0', 'configuration-bounds'],
    ['tidemark.taskmanagers: 10000', 'configuration-bounds'],
    ['tidemark.clock-start: never', 'configuration-time'],
    ['parallelism.default: two', 'configuration-integer'],
    ['what', 'conf-no-colon'],
  ])('%s: an error on its line, and the scenario stays as it was', (line, code) => {
    const read = parseClusterText(`# first\n${line}\n`, scenario)
    expect(read.scenario).toBe(scenario)
    expect(read.problems).toMatchObject([{ code, severity: 'error', place: { line: 2 } }])
  })
})
