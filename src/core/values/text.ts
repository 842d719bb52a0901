import { LONG_MAX, LONG_MIN } from '../time'
import { kindOf } from './classify'
import { Tuple } from './tuples'

const number = (n: number): string =>
  n === LONG_MAX ? '9223372036854775807' : n === LONG_MIN ? '-9223372036854775808' : Object.is(n, -0) ? '0' : String(n)

/** What a template string makes of an end of Java's long, and of nothing else; Java writes no number of its own like this. */
const LONG_END = String(LONG_MAX)
const LONG_ENDS = new RegExp(`(?<!\\d)(-?)${LONG_END}(?!\\d)`, 'g')

/** JSON with what JSON has not: bigint as digits, Map as an object, Set and typed arrays as arrays, tuples as their text. */
function json(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value)
    case 'number':
      return number(value)
    case 'object': {
      if (value === null) return 'null'
      switch (kindOf(value)) {
        case 'record':
          return `{${Object.entries(value)
            .map(([name, field]) => `${JSON.stringify(name)}:${json(field)}`)
            .join(',')}}`
        case 'map':
          return `{${[...(value as Map<unknown, unknown>)].map(([key, item]) => `${JSON.stringify(javaToString(key))}:${json(item)}`).join(',')}}`
        case 'array':
        case 'set':
        case 'typed':
          return `[${[...(value as Iterable<unknown>)].map(json).join(',')}]`
        default:
          return JSON.stringify(javaToString(value))
      }
    }
    default:
      return String(value)
  }
}

/**
 * A value as a print sink writes it: tuples `(a,1)`, lists `[a, b]` and maps `{a=1}` as in Java, strings bare, plain objects as JSON, dates in ISO form.
 * Whole numbers have no fraction; the ends of Java's long read as in Java, within a string as well.
 */
export function javaToString(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.includes(LONG_END) ? value.replace(LONG_ENDS, (_, sign: string) => number(sign === '' ? LONG_MAX : LONG_MIN)) : value
    case 'number':
      return number(value)
    case 'object':
      break
    default:
      return String(value)
  }
  if (value === null) return 'null'
  switch (kindOf(value)) {
    case 'tuple': {
      let text = ''
      for (let i = 0; i < (value as Tuple).getArity(); i++) text += (i === 0 ? '' : ',') + javaToString((value as Tuple).getField(i))
      return `(${text})`
    }
    case 'array':
    case 'set':
    case 'typed':
      return `[${[...(value as Iterable<unknown>)].map(javaToString).join(', ')}]`
    case 'map':
      return `{${[...(value as Map<unknown, unknown>)].map(([key, item]) => `${javaToString(key)}=${javaToString(item)}`).join(', ')}}`
    case 'date':
      return Number.isNaN((value as Date).getTime()) ? 'Invalid Date' : (value as Date).toISOString()
    case 'record':
      return json(value)
    case 'none':
      return String(value)
  }
}
