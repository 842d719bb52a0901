/**
 * JSON as Jackson's toPrettyString writes it: two blanks a level, a blank on both sides of the colon, the elements of an array one
 * behind the other. `value` is plain JSON data; members that are undefined are left out.
 */
export function prettyJson(value: unknown, indent = ''): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? '[ ]' : `[ ${value.map((item) => prettyJson(item, indent)).join(', ')} ]`
  }
  if (typeof value === 'object' && value !== null) {
    const inner = `${indent}  `
    const members = Object.entries(value).filter(([, member]) => member !== undefined)
    if (members.length === 0) return '{ }'
    const lines = members.map(([name, member]) => `${inner}${text(name)} : ${prettyJson(member, inner)}`)
    return `{\n${lines.join(',\n')}\n${indent}}`
  }
  return typeof value === 'string' ? text(value) : JSON.stringify(value)
}

/** Control characters are written with capital digits. */
const text = (string: string): string =>
  `"${string.replace(/["\\\0-\x1f]/g, (character) => {
    const short = SHORT[character]
    return short ?? `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  })}"`

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
}
