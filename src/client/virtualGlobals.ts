/**
 * A Date on a virtual clock, in UTC whatever the machine's zone, so that a program does the same everywhere. Its instances are real
 * dates: they survive structured cloning and pass `instanceof Date` of either kind.
 */
export function virtualDate(now: () => number): DateConstructor {
  const Real = Date
  const parse = (text: string): number => {
    const trimmed = text.trim()
    if (/^[+-]?\d{4,6}-\d\d-\d\dT[\d:.]+$/.test(trimmed)) return Real.parse(`${trimmed}Z`)
    if (/^[+-]?\d{4,6}(-\d\d(-\d\d)?)?$/.test(trimmed) || /(Z|GMT|UTC|UT|[+-]\d\d:?\d\d)\)?$/i.test(trimmed)) return Real.parse(trimmed)
    const asUtc = Real.parse(`${trimmed} UTC`)
    return asUtc === asUtc ? asUtc : Real.parse(trimmed)
  }
  const millis = (args: readonly unknown[]): number => {
    if (args.length === 0) return now()
    if (args.length > 1) return Real.UTC(...(args as [number, number]))
    const [only] = args
    if (only instanceof Real) return only.getTime()
    const primitive = typeof only === 'object' && only !== null ? (only as { valueOf(): unknown }).valueOf() : only
    return typeof primitive === 'string' ? parse(primitive) : Number(primitive)
  }
  function VirtualDate(this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return new (VirtualDate as unknown as DateConstructor)().toString()
    return Reflect.construct(Real, [millis(args)], new.target)
  }
  const prototype = Object.create(Real.prototype) as Date & Record<string, unknown>
  const methods: Record<string, unknown> = { constructor: VirtualDate }
  for (const part of ['FullYear', 'Month', 'Date', 'Day', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const) {
    methods[`get${part}`] = Real.prototype[`getUTC${part}`]
    if (part !== 'Day') methods[`set${part}`] = Real.prototype[`setUTC${part}`]
  }
  methods.getTimezoneOffset = () => 0
  methods.getYear = function (this: Date) {
    return this.getUTCFullYear() - 1900
  }
  methods.toDateString = function (this: Date) {
    return isNaN(this.getTime()) ? 'Invalid Date' : this.toUTCString().replace(/^(\w+), (\d+) (\w+) (\S+) .*$/, '$1 $3 $2 $4')
  }
  methods.toTimeString = function (this: Date) {
    return isNaN(this.getTime()) ? 'Invalid Date' : `${this.toISOString().slice(-13, -5)} GMT+0000 (Coordinated Universal Time)`
  }
  methods.toString = function (this: VirtualDateMethods) {
    return isNaN(this.getTime()) ? 'Invalid Date' : `${this.toDateString()} ${this.toTimeString()}`
  }
  for (const name of ['toLocaleString', 'toLocaleDateString', 'toLocaleTimeString'] as const) {
    methods[name] = function (this: Date, locales?: string, options?: Intl.DateTimeFormatOptions) {
      return Real.prototype[name].call(this, locales ?? 'en-US', { timeZone: 'UTC', ...options })
    }
  }
  for (const [name, value] of Object.entries(methods)) Object.defineProperty(prototype, name, { value, writable: true, configurable: true })
  VirtualDate.prototype = prototype
  const statics: Record<string | symbol, unknown> = { now: () => now(), parse: (text: unknown) => parse(String(text)), UTC: Real.UTC }
  for (const [name, value] of Object.entries(statics))
    Object.defineProperty(VirtualDate, name, { value, writable: true, configurable: true })
  Object.defineProperty(VirtualDate, Symbol.hasInstance, { value: (other: unknown) => other instanceof Real })
  Object.defineProperty(VirtualDate, 'name', { value: 'Date' })
  Object.defineProperty(VirtualDate, 'length', { value: 7 })
  return VirtualDate as unknown as DateConstructor
}
type VirtualDateMethods = Pick<Date, 'getTime' | 'toDateString' | 'toTimeString'>

/** The language's Math with a seeded `random`: 53 bits out of two draws. */
export function virtualMath(nextUint32: () => number): Math {
  const math = Object.defineProperties({}, Object.getOwnPropertyDescriptors(Math)) as Math
  const random = (): number => ((nextUint32() >>> 5) * 67108864 + (nextUint32() >>> 6)) / 9007199254740992
  Object.defineProperty(math, 'random', { value: random, writable: true, configurable: true })
  return math
}

const LONGEST_LINE = 10_000

/** A console whose lines go to `print`; only the methods that write something do. */
export function virtualConsole(print: (line: string) => void): Console {
  const write = (...args: unknown[]): void => {
    const line = args.map(show).join(' ')
    print(line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line)
  }
  const silent = (): void => {}
  const names = [
    'assert',
    'clear',
    'count',
    'countReset',
    'dir',
    'dirxml',
    'group',
    'groupCollapsed',
    'groupEnd',
    'table',
    'time',
    'timeEnd',
    'timeLog',
    'trace',
  ]
  const methods: Record<string, unknown> = Object.fromEntries(names.map((name) => [name, silent]))
  for (const name of ['log', 'info', 'warn', 'error', 'debug', 'dir', 'table']) methods[name] = write
  return methods as unknown as Console
}

function show(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value !== null && !(value instanceof Error)) {
    // An own toString says how the value wants to be read (a Tuple2 does); plain data reads as JSON.
    const { toString } = value as { toString?: unknown }
    if (typeof toString !== 'function' || toString === Object.prototype.toString || Array.isArray(value)) {
      try {
        return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part)) ?? '[object]'
      } catch {
        // A cycle: what JSON cannot say, the language's own text does.
        return Object.prototype.toString.call(value)
      }
    }
  }
  return String(value)
}
