import { from, count, groupBy, map, mergeMap, tap } from 'rxjs'

/** The job of the bench: record n has key n % 100 and event time n ms; counts for each key and second. */
export const KEYS = 100
export const WINDOW = 1000

/** The same answer by a plain loop over a Map: what the machine can do when nothing is simulated. */
export function loop(records: number): number {
  const counts = new Map<number, Map<number, number>>()
  for (let n = 0; n < records; n++) {
    const record = { key: n % KEYS, time: n }
    const start = record.time - (record.time % WINDOW)
    let window = counts.get(start)
    if (window === undefined) counts.set(start, (window = new Map()))
    window.set(record.key, (window.get(record.key) ?? 0) + 1)
  }
  let results = 0
  for (const window of counts.values()) results += window.size
  return results
}

/** The same answer by RxJS: a group for each window and key, counted when it ends. */
export function rxjs(records: number): Promise<number> {
  let results = 0
  const numbers = function* (): Generator<number> {
    for (let n = 0; n < records; n++) yield n
  }
  return new Promise((resolve, reject) => {
    from(numbers())
      .pipe(
        map((n) => ({ key: n % KEYS, time: n })),
        groupBy((record) => (record.time - (record.time % WINDOW)) * KEYS + record.key),
        mergeMap((group) => group.pipe(count())),
        tap(() => results++),
      )
      .subscribe({ complete: () => resolve(results), error: reject })
  })
}
