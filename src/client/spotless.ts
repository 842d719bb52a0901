import * as flink from '../streaming/index'

// Held here: a program that changes them changes what it sees, not what looks at it.
const { getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect

interface Seen {
  readonly object: object
  readonly prototype: object | null
  readonly keys: readonly PropertyKey[]
  readonly values: readonly unknown[]
}

const isObject = (value: unknown): value is object => (typeof value === 'object' && value !== null) || typeof value === 'function'

/** Objects of the language that have no name: the prototypes of iterators and of functions of other kinds. */
const nameless = (): object[] => [
  [][Symbol.iterator](),
  new Map().entries(),
  new Set().values(),
  ''[Symbol.iterator](),
  ''.matchAll(/x/g),
  function* () {},
  async () => {},
  async function* () {},
]

/** Of all that programs share on this thread: the language's objects and Flink's. */
export const spotlessThread = (): (() => boolean) =>
  spotless([globalThis, ...nameless(), ...Object.values<unknown>(flink).filter(isObject)])

/**
 * Remembers everything that can be reached from `roots` by properties and prototypes, and returns a question: is it all as it was?
 * So a thread can tell whether a program left something behind. What is no property (what a Map holds, a closure's variable) is not looked at.
 */
export function spotless(roots: readonly object[]): () => boolean {
  const seen: Seen[] = []
  const known = new Set<object>()
  const waiting: object[] = [...roots]
  const meet = (value: unknown): void => {
    if (isObject(value)) waiting.push(value)
  }
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    if (known.has(object)) continue
    known.add(object)
    const now = look(object)
    seen.push(now)
    meet(now.prototype)
    now.values.forEach(meet)
  }
  // From here on no method of any object that a program may have changed.
  return () => {
    for (let i = 0; i < seen.length; i++) if (!same(seen[i]!, look(seen[i]!.object))) return false
    return true
  }
}

function look(object: object): Seen {
  const keys = ownKeys(object)
  const values: unknown[] = []
  for (let i = 0; i < keys.length; i++) {
    const property = getOwnPropertyDescriptor(object, keys[i]!)!
    values[2 * i] = 'value' in property ? property.value : property.get
    values[2 * i + 1] = 'value' in property ? undefined : property.set
  }
  return { object, prototype: getPrototypeOf(object), keys, values }
}

function same(before: Seen, now: Seen): boolean {
  if (before.prototype !== now.prototype || before.keys.length !== now.keys.length) return false
  for (let i = 0; i < now.keys.length; i++) if (before.keys[i] !== now.keys[i]) return false
  for (let i = 0; i < now.values.length; i++) {
    const was = before.values[i]
    const is = now.values[i]
    // NaN is not itself.
    if (was !== is && (was === was || is === is)) return false
  }
  return true
}
