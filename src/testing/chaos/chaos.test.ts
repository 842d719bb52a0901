import { expect, it } from 'vitest'
import { planOf } from './plan'
import { judge, told } from './run'

/** Few enough for a run of all tests; `npm run chaos` takes as many as one likes. */
const SEEDS = 60

it(`${SEEDS} random jobs under random failures: nothing lost, nothing twice`, { timeout: 240_000 }, async () => {
  const wrong: string[] = []
  for (let seed = 1; seed <= SEEDS; seed++) {
    const verdict = await judge(planOf(seed))
    if (verdict.violations.length > 0) wrong.push(told(verdict))
  }
  expect(wrong).toEqual([])
})
