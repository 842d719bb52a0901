import { Prng } from '../../base/prng'
import { LIMITS } from '../limits'
import type { Cell } from '../types'
import { onItsWay } from './draw'
import type { Generator } from './index'

/**
 * Temperatures, °C with one decimal, of sensors that each report every `period` ms, not all at once: a slow wave, a level of
 * its own for each, and noise. `silent` of 1,000 of the time, in one stretch, the last sensor says nothing; `late` of
 * 1,000 readings reach the log late, up to `maxDelay` ms.
 */
export const sensors: Generator = {
  id: 'sensors',
  columns: ['time', 'sensor', 'value', 'arrival'],
  eventTime: 'time',
  arrival: 'arrival',
  key: 'sensor',
  parameters: [
    { name: 'count', defaultValue: 600, min: 1, max: LIMITS.rows, unit: 'count' },
    { name: 'sensors', defaultValue: 6, min: 1, max: 10_000, unit: 'count' },
    { name: 'period', defaultValue: 1_000, min: 1, max: 86_400_000, unit: 'ms' },
    { name: 'silent', defaultValue: 0, min: 0, max: 1_000, unit: 'permille' },
    { name: 'late', defaultValue: 50, min: 0, max: 1_000, unit: 'permille' },
    { name: 'maxDelay', defaultValue: 5_000, min: 0, max: 86_400_000, unit: 'ms' },
    { name: 'start', defaultValue: 978_307_200_000, min: 0, max: 253_402_300_799_000, unit: 'ms' },
  ],
  generate(seed, params) {
    const { count, sensors: howMany, period, silent, late, maxDelay, start } = params as Record<string, number> & typeof params
    const each = new Array(howMany!).fill(0).map((_, sensor) => {
      const prng = new Prng(seed, sensor + 1)
      return { prng, offset: prng.nextInt(period!), level: 150 + prng.nextInt(100), phase: prng.nextInt(WAVE) }
    })
    const rounds = Math.ceil(count! / howMany!)
    const quiet = Math.floor((rounds * silent!) / 1000)
    const quietFrom = Math.floor((rounds - quiet) / 2)
    const rows: Cell[][] = []
    const order = each.map((_, sensor) => sensor).sort((a, b) => each[a]!.offset - each[b]!.offset || a - b)
    const width = String(howMany).length
    for (let round = 0; rows.length < count!; round++) {
      for (const sensor of order) {
        if (rows.length === count) break
        const { prng, offset, level, phase } = each[sensor]!
        const time = start! + round * period! + offset
        const value = level + wave(round + phase) + prng.nextInt(9) - 4
        const arrival = time + onItsWay(prng, late!, maxDelay!)
        const isQuiet = sensor === howMany! - 1 && round >= quietFrom && round < quietFrom + quiet
        // One sensor alone cannot be silent for ever: the table would have no end.
        if (isQuiet && howMany! > 1) continue
        rows.push([time, `sensor-${String(sensor + 1).padStart(width, '0')}`, value / 10, arrival])
      }
    }
    return { columns: sensors.columns, rows }
  },
}

/** Rounds of one wave up and down. */
const WAVE = 60
/** −30 … 30 tenths of a degree, in straight lines: sines differ from engine to engine. */
const wave = (at: number): number => {
  const within = at % WAVE
  return within < WAVE / 2 ? -30 + 2 * within : 30 - 2 * (within - WAVE / 2)
}
