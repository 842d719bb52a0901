import { describe, expect, test } from 'vitest'
import { hashOfText } from '../../base/hash'
import { completeParams, GENERATORS, generatorOf } from './index'

describe.each(GENERATORS.map((generator) => [generator.id, generator] as const))('%s', (_id, generator) => {
  const make = (seed: number, params: Record<string, number> = {}) => {
    const complete = completeParams(generator, params)
    if ('wrong' in complete) throw new Error(complete.wrong)
    return generator.generate(seed, complete.params)
  }

  test('the same seed gives the same table, another seed another', () => {
    expect(make(7)).toEqual(make(7))
    expect(make(7)).not.toEqual(make(8))
  })
  test('as many rows as asked for, in the order of event time, whole times, arrivals not before', () => {
    const cases: Record<string, number>[] = [{}, { count: 1 }, { count: 997, late: 1000, maxDelay: 0 }, { count: 50, late: 1000 }]
    for (const params of cases) {
      const { columns, rows } = make(3, params)
      const time = columns.indexOf(generator.eventTime)
      const arrival = columns.indexOf(generator.arrival)
      expect(rows).toHaveLength(params['count'] ?? generator.parameters[0]!.defaultValue)
      expect(rows.every((row, i) => i === 0 || Number(row[time]) >= Number(rows[i - 1]![time]))).toBe(true)
      expect(
        rows.every((row) => Number.isSafeInteger(row[time]) && Number.isSafeInteger(row[arrival]) && row[arrival]! >= row[time]!),
      ).toBe(true)
    }
  })
  test('parameters: bounds and names', () => {
    expect(completeParams(generator, { count: 0 })).toMatchObject({ wrong: 'count' })
    expect(completeParams(generator, { count: 1.5 })).toMatchObject({ wrong: 'count' })
    expect(completeParams(generator, { what: 1 })).toMatchObject({ wrong: 'what' })
  })
})

test('clicks come in sessions; a sensor falls silent for a while', () => {
  const clicks = generatorOf('clickstream')!.generate(
    1,
    (completeParams(generatorOf('clickstream')!, {}) as { params: Record<string, number> }).params,
  )
  const one = clicks.rows.filter((row) => row[1] === 'user-01').map((row) => Number(row[0]))
  const gaps = one.slice(1).map((time, i) => time - one[i]!)
  expect(gaps.filter((gap) => gap > 30_000).length).toBeGreaterThan(2)
  expect(gaps.filter((gap) => gap <= 30_000).length).toBeGreaterThan(gaps.length / 2)
  const { params } = completeParams(generatorOf('sensors')!, { silent: 500 }) as { params: Record<string, number> }
  const readings = generatorOf('sensors')!.generate(1, params)
  const last = readings.rows.filter((row) => row[1] === 'sensor-6').map((row) => Number(row[0]))
  expect(Math.max(...last.slice(1).map((time, i) => time - last[i]!))).toBeGreaterThan(40_000)
})

/** Links name a generator and a seed: what they give is part of the format. */
test('the data of a seed never changes', () => {
  const hashes = GENERATORS.map((generator) => {
    const { params } = completeParams(generator, {}) as { params: Record<string, number> }
    return `${generator.id} ${hashOfText(JSON.stringify(generator.generate(1, params)))}`
  })
  expect(hashes).toMatchInlineSnapshot(`
    [
      "clickstream 3e67ab10e0b16847",
      "sensors 329933fdad92c1cd",
    ]
  `)
})
