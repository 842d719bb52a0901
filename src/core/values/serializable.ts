import { problem, ProblemError } from '../problem'
import { kindOf, typeName } from './classify'

/** Deeper than this is taken for a cycle or for a mistake. */
export const MAX_DEPTH = 500

interface Fault {
  readonly path: string
  readonly type: string
  readonly reason: 'function' | 'symbol' | 'undefined' | 'class' | 'cycle' | 'deep'
}

const step = (path: string, name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`

function find(value: unknown, path: string, above: object[]): Fault | null {
  switch (typeof value) {
    case 'undefined':
    case 'function':
    case 'symbol':
      return { path, type: typeof value, reason: typeof value as Fault['reason'] }
    case 'object':
      break
    default:
      return null
  }
  if (value === null) return null
  if (above.includes(value)) return { path, type: typeName(value), reason: 'cycle' }
  if (above.length > 1000) return { path: 'value…', type: typeName(value), reason: 'deep' }
  const kind = kindOf(value)
  if (kind === 'none') return { path, type: typeName(value), reason: 'class' }
  const parts: [string, unknown][] = []
  if (kind === 'array') for (let i = 0; i < (value as unknown[]).length; i++) parts.push([`${path}[${i}]`, (value as unknown[])[i]])
  if (kind === 'set') for (const item of value as Set<unknown>) parts.push([`${path}[…]`, item])
  if (kind === 'map') {
    for (const [key, item] of value as Map<unknown, unknown>)
      parts.push([`${path}[key]`, key], [`${path}.get(${JSON.stringify(String(key))})`, item])
  }
  if (kind === 'record' || kind === 'tuple')
    for (const name of Object.keys(value)) parts.push([step(path, name), (value as Record<string, unknown>)[name]])
  above.push(value)
  for (const [at, part] of parts) {
    const fault = find(part, at, above)
    if (fault !== null) return fault
  }
  above.pop()
  return null
}

function isValue(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'bigint':
      return true
    case 'object':
      break
    default:
      return false
  }
  if (value === null) return true
  if (depth > MAX_DEPTH) return false
  switch (kindOf(value)) {
    case 'record':
    case 'tuple':
      for (const name of Object.keys(value)) if (!isValue((value as Record<string, unknown>)[name], depth + 1)) return false
      return true
    case 'array':
      for (let i = 0; i < (value as unknown[]).length; i++) if (!isValue((value as unknown[])[i], depth + 1)) return false
      return true
    case 'set':
      for (const item of value as Set<unknown>) if (!isValue(item, depth + 1)) return false
      return true
    case 'map':
      for (const [key, item] of value as Map<unknown, unknown>) if (!isValue(key, depth + 1) || !isValue(item, depth + 1)) return false
      return true
    case 'none':
      return false
    default:
      return true
  }
}

/** Refuses what `encodeValue` refuses, without writing anything. */
export function checkValue(value: unknown): void {
  if (!isValue(value, 0)) throw notSerializable(value)
}

/** Why a value cannot travel or be stored, as Flink says it (ClosureCleaner.ensureSerializable). `path` leads to the part at fault, from `value`. */
export function notSerializable(value: unknown): ProblemError {
  const fault = find(value, 'value', []) ?? { path: 'value', type: typeName(value), reason: 'deep' }
  return new ProblemError(
    problem('value-not-serializable', {
      path: fault.path,
      type: fault.type,
      reason: fault.reason,
      exception: 'org.apache.flink.api.common.InvalidProgramException',
      message: `${fault.path} (${fault.type}) is not serializable`,
    }),
  )
}
