import { Heap } from '../../base/heap'
import { Prng } from '../../base/prng'
import { LIMITS } from '../limits'
import type { Cell } from '../types'
import { onItsWay, skewed, waiting } from './draw'
import type { Generator } from './index'

const PAGES = ['home', 'search', 'product', 'cart', 'checkout', 'help', 'account', 'news']

/** `left`: clicks until this visit ends; 0: the next one is the first of a visit. */
interface Visitor {
  readonly user: number
  readonly prng: Prng
  readonly time: number
  readonly left: number
}

/**
 * Visits to a shop. Each user comes, clicks some pages with pauses of about `think` ms, goes, and comes back after about
 * `away` ms: sessions with gaps to be found. Some users come more often than others. `late` of 1,000 clicks reach the
 * log late, up to `maxDelay` ms.
 */
export const clickstream: Generator = {
  id: 'clickstream',
  columns: ['time', 'user', 'page', 'arrival'],
  eventTime: 'time',
  arrival: 'arrival',
  key: 'user',
  parameters: [
    { name: 'count', defaultValue: 500, min: 1, max: LIMITS.rows, unit: 'count' },
    { name: 'users', defaultValue: 12, min: 1, max: 10_000, unit: 'count' },
    { name: 'clicks', defaultValue: 6, min: 1, max: 1_000, unit: 'count' },
    { name: 'think', defaultValue: 4_000, min: 1, max: 3_600_000, unit: 'ms' },
    { name: 'away', defaultValue: 60_000, min: 1, max: 86_400_000, unit: 'ms' },
    { name: 'late', defaultValue: 80, min: 0, max: 1_000, unit: 'permille' },
    { name: 'maxDelay', defaultValue: 10_000, min: 0, max: 86_400_000, unit: 'ms' },
    { name: 'start', defaultValue: 978_307_200_000, min: 0, max: 253_402_300_799_000, unit: 'ms' },
  ],
  generate(seed, params) {
    const { count, users, clicks, think, away, late, maxDelay, start } = params as Record<string, number> & typeof params
    const width = String(users).length
    const visitors = new Heap<Visitor>((a, b) => a.time < b.time || (a.time === b.time && a.user < b.user))
    for (let user = 0; user < users!; user++) {
      const prng = new Prng(seed, user + 1)
      visitors.push({ user, prng, time: start! + prng.nextInt(away! + 1), left: 0 })
    }
    const rows: Cell[][] = []
    while (rows.length < count!) {
      const { user, prng, time, left } = visitors.peek()!
      const arrives = left === 0
      const page = arrives ? PAGES[0]! : PAGES[skewed(prng, PAGES.length)]!
      rows.push([time, `user-${String(user + 1).padStart(width, '0')}`, page, time + onItsWay(prng, late!, maxDelay!)])
      const still = (arrives ? 1 + skewed(prng, 2 * clicks!) : left) - 1
      // The first user comes back about three times as soon as the last.
      const pause = still > 0 ? 0 : think! + waiting(prng, Math.floor((away! * (users! + 2 * user)) / users!))
      visitors.replaceTop({ user, prng, time: time + 1 + waiting(prng, think!) + pause, left: still })
    }
    return { columns: clickstream.columns, rows }
  },
}
