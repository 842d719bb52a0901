import type { Run, StartRun } from './types'

/**
 * A pool: each of `places` carries one run at a time, and those that find none free wait in the order they came. A run's place is
 * free again when the run is disposed of, or could not start. Any number of callers may share it: a sweep need not know how many
 * runs go on at once, only dispose of each.
 */
export function inTurn(places: readonly StartRun[]): StartRun {
  const free = [...places]
  const waiting: ((place: StartRun) => void)[] = []
  const take = (): StartRun | Promise<StartRun> => free.shift() ?? new Promise((done) => waiting.push(done))
  const giveBack = (place: StartRun): void => {
    const next = waiting.shift()
    if (next === undefined) free.push(place)
    else next(place)
  }
  return async (request) => {
    const place = await take()
    let run: Run
    try {
      run = await place(request)
    } catch (error) {
      giveBack(place)
      throw error
    }
    let disposed = false
    return {
      header: run.header,
      advance: (until, onPage) => run.advance(until, onPage),
      pause: () => run.pause(),
      dispose: () => {
        if (disposed) return
        disposed = true
        run.dispose()
        giveBack(place)
      },
    }
  }
}
