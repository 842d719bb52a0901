import { kindOf } from './classify'
import { Tuple } from './tuples'

/** Java's `equals` between values: by content, NaN equals NaN, 0 and −0 differ only as in Double (here: equal, as integers are), arrays as lists. */
export function valueEquals(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a !== a && b !== b
  const kind = kindOf(a)
  if (kind !== kindOf(b)) return false
  switch (kind) {
    case 'tuple':
      if ((a as Tuple).getArity() !== (b as Tuple).getArity()) return false
      return recordEquals(a as Record<string, unknown>, b as Record<string, unknown>)
    case 'record':
      return recordEquals(a as Record<string, unknown>, b as Record<string, unknown>)
    case 'array':
    case 'typed': {
      const left = a as readonly unknown[]
      const right = b as readonly unknown[]
      if (left.length !== right.length || (kind === 'typed' && a.constructor !== b.constructor)) return false
      for (let i = 0; i < left.length; i++) if (!valueEquals(left[i], right[i])) return false
      return true
    }
    case 'date':
      return valueEquals((a as Date).getTime(), (b as Date).getTime())
    case 'set': {
      const left = [...(a as Set<unknown>)]
      const right = b as Set<unknown>
      return left.length === right.size && left.every((item) => right.has(item) || [...right].some((other) => valueEquals(item, other)))
    }
    case 'map': {
      const left = [...(a as Map<unknown, unknown>)]
      const right = [...(b as Map<unknown, unknown>)]
      return left.length === right.length && left.every(([k, v]) => right.some(([k2, v2]) => valueEquals(k, k2) && valueEquals(v, v2)))
    }
    case 'none':
      return false
  }
}

function recordEquals(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  const names = Object.keys(a)
  if (names.length !== Object.keys(b).length) return false
  for (const name of names) if (!Object.hasOwn(b, name) || !valueEquals(a[name], b[name])) return false
  return true
}
