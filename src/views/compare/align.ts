import type { Output } from './rows'

/** How the two sides of a row differ. */
export type Difference = 'same' | 'time' | 'value' | 'onlyA' | 'onlyB'

export interface Pair {
  readonly a: Output | null
  readonly b: Output | null
}

/** Longest lists that are aligned by what is in them; longer ones go by their order. */
const MOST = 400

const identity = ({ sink, key, window }: Output): string => JSON.stringify([sink, key, window?.start ?? null, window?.end ?? null])

/**
 * Puts the outputs of two runs side by side. Those of one sink, key and window belong together, firing by firing. Where there is no window, what is
 * the same on both sides holds the rest in place, as in a comparison of texts; what is left over between goes by its order.
 */
export function align(a: readonly Output[], b: readonly Output[]): Pair[] {
  const groups = new Map<string, { readonly a: Output[]; readonly b: Output[] }>()
  const put = (output: Output, side: 'a' | 'b'): void => {
    const id = identity(output)
    let group = groups.get(id)
    if (group === undefined) groups.set(id, (group = { a: [], b: [] }))
    group[side].push(output)
  }
  for (const output of a) put(output, 'a')
  for (const output of b) put(output, 'b')
  const pairs: Pair[] = []
  for (const group of groups.values()) {
    const windowed = (group.a[0] ?? group.b[0])!.window !== null
    if (windowed || group.a.length > MOST || group.b.length > MOST) zip(group.a, group.b, pairs)
    else byContent(group.a, group.b, pairs)
  }
  return pairs.sort((one, other) => startOf(one) - startOf(other))
}

/** Virtual µs at which the row begins to be there. */
export const startOf = ({ a, b }: Pair): number => Math.min(a?.time ?? Infinity, b?.time ?? Infinity)

function zip(a: readonly Output[], b: readonly Output[], into: Pair[]): void {
  for (let i = 0; i < Math.max(a.length, b.length); i++) into.push({ a: a[i] ?? null, b: b[i] ?? null })
}

const alike = (a: Output, b: Output): boolean => a.text === b.text && Object.is(a.eventTime, b.eventTime)

/** The longest common subsequence holds; what lies between two of its members is paired by order. */
function byContent(a: readonly Output[], b: readonly Output[], into: Pair[]): void {
  const width = b.length + 1
  const longest = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i * width + j] = alike(a[i]!, b[j]!)
        ? longest[(i + 1) * width + j + 1]! + 1
        : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!)
  let [i, j, fromA, fromB] = [0, 0, 0, 0]
  while (i < a.length && j < b.length) {
    if (alike(a[i]!, b[j]!)) {
      zip(a.slice(fromA, i), b.slice(fromB, j), into)
      into.push({ a: a[i]!, b: b[j]! })
      ;[fromA, fromB] = [++i, ++j]
    } else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++
    else j++
  }
  zip(a.slice(fromA), b.slice(fromB), into)
}

/** How a row differs, as far as is known by virtual µs `now`; null: nothing of it is there yet. */
export function differenceAt({ a, b }: Pair, now: number): Difference | null {
  const hasA = a !== null && a.time <= now
  const hasB = b !== null && b.time <= now
  if (!hasA) return hasB ? 'onlyB' : null
  if (!hasB) return 'onlyA'
  if (!alike(a, b)) return 'value'
  return a.time === b.time ? 'same' : 'time'
}
