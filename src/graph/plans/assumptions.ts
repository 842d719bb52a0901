import { warning, type Problem } from '../../core/problem'

const NAMED = 3

/** What a plan does not say, each sort told once, with the things that it concerns: `names` of the first of them and `count`. */
export class Assumptions {
  private readonly told = new Map<string, Set<string>>()

  add(code: string, name?: string): void {
    let names = this.told.get(code)
    if (names === undefined) this.told.set(code, (names = new Set()))
    if (name !== undefined) names.add(name)
  }

  get all(): readonly Problem[] {
    return [...this.told].map(([code, all]) => {
      const names = [...all].slice(0, NAMED).join(', ') + (all.size > NAMED ? ', …' : '')
      return warning(code, all.size === 0 ? {} : { names, count: all.size }, { in: 'plan' })
    })
  }
}
