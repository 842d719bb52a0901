import { describe, expect, test } from 'vitest'
import { checkScenario } from './checks'
import { newScenario } from './defaults'
import { addIntervention, removeIntervention, replaceIntervention } from './edits'
import { sameRunUntil } from './identity'
import type { Intervention, Scenario } from './types'

const stop = (at: number, host: number): Intervention => ({ at, do: 'stop-task-manager', host })
const start = (at: number): Intervention => ({ at, do: 'start-task-manager' })
const withAll = (...interventions: Intervention[]): Scenario =>
  interventions.reduce(addIntervention, newScenario({ program: { language: 'typescript', text: '…' } }))
const problemsOf = (scenario: Scenario): string[] =>
  checkScenario(scenario).map(({ code, severity, place }) => `${severity} ${code} ${place?.in === 'cluster' ? place.key : ''}`)

describe('interventions', () => {
  test('stand in order of time, equal times in the order in which they were added; a new time moves one', () => {
    const scenario = withAll(stop(5, 1), start(9), stop(5, 2), start(1))
    expect(scenario.interventions).toEqual([start(1), stop(5, 1), stop(5, 2), start(9)])
    expect(replaceIntervention(scenario, 1, stop(20, 1)).interventions).toEqual([start(1), stop(5, 2), start(9), stop(20, 1)])
    expect(replaceIntervention(scenario, 1, stop(5, 2)).interventions[1]).toEqual(stop(5, 2))
    expect(replaceIntervention(scenario, 1, stop(5, 1))).toBe(scenario)
    expect(replaceIntervention(scenario, 7, stop(5, 1))).toBe(scenario)
  })

  test('who is stopped stays the same one when late TaskManagers are numbered anew', () => {
    // taskmanager-3 starts at 4, taskmanager-4 at 8; the latter is stopped.
    const scenario = withAll(start(4), start(8), stop(20, 4))
    expect(addIntervention(scenario, start(6)).interventions.at(-1)).toEqual(stop(20, 5))
    expect(addIntervention(scenario, start(9)).interventions.at(-1)).toEqual(stop(20, 4))
    expect(removeIntervention(scenario, 0).interventions).toEqual([start(8), stop(20, 3)])
    expect(removeIntervention(scenario, 1).interventions).toEqual([start(4)])
    expect(replaceIntervention(scenario, 0, start(10)).interventions).toEqual([start(8), start(10), stop(20, 3)])
    expect(replaceIntervention(scenario, 1, start(2)).interventions).toEqual([start(2), start(4), stop(20, 3)])
    expect(replaceIntervention(scenario, 2, stop(20, 1)).interventions.at(-1)).toEqual(stop(20, 1))
  })

  test('nobody is stopped who is not there, and nobody twice', () => {
    expect(problemsOf(withAll(stop(5, 1), stop(6, 2)))).toEqual([])
    expect(problemsOf(withAll(stop(5, 3)))).toEqual(['warning intervention-no-task-manager interventions.1'])
    expect(problemsOf(withAll(start(4), stop(5, 3), stop(6, 3)))).toEqual(['warning intervention-stopped-already interventions.3'])
    expect(problemsOf(withAll(stop(4, 3), start(5)))).toEqual(['warning intervention-no-task-manager interventions.1'])
  })

  test('hands on data that is not there do nothing, and that is said', () => {
    const topics = [
      { name: 'e', partitions: 2, table: { from: 'inline', columns: ['t'], rows: [] }, arrival: { by: 'rate', every: 1 } },
    ] as const
    const silence = { at: 5, do: 'silence-partition', topic: 'e', partition: 1 } as const
    const scenario = withAll(
      silence,
      { ...silence, topic: 'f' },
      { ...silence, do: 'delay-partition', partition: 2, by: 1 },
      { ...silence, until: 5 },
    )
    expect(problemsOf({ ...scenario, topics: topics.map((topic) => ({ ...topic, eventTime: 't' })) })).toEqual([
      'warning intervention-no-topic interventions.2',
      'warning intervention-no-partition interventions.3',
      'warning intervention-no-silence interventions.4',
    ])
  })

  test('TaskManagers without end are refused before there is a worker for each', () => {
    expect(problemsOf(withAll(...Array.from({ length: 126 }, () => start(1))))).toEqual([])
    expect(problemsOf(withAll(...Array.from({ length: 127 }, () => start(1))))).toEqual([
      'error intervention-too-many-task-managers interventions.127',
    ])
  })
})

test('two scenarios make the same run up to where their interventions differ', () => {
  const both = withAll(stop(5, 1), start(9))
  expect(sameRunUntil(both, { ...both, name: 'another' })).toBe(Infinity)
  expect(sameRunUntil(both, removeIntervention(both, 1))).toBe(9)
  expect(sameRunUntil(both, removeIntervention(both, 0))).toBe(5)
  expect(sameRunUntil(both, addIntervention(both, start(7)))).toBe(7)
  expect(sameRunUntil(withAll(start(9)), withAll(start(30)))).toBe(9)
  expect(sameRunUntil(both, { ...both, seed: 2 })).toBeNull()
})
