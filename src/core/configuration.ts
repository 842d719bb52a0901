import { problem, ProblemError } from './problem'

/** Mirrors org.apache.flink.configuration.ConfigOption: a key, a type, a default, and older keys that still work. Durations are in ms, memory in bytes. */
export interface ConfigOption<T> {
  readonly key: string
  readonly type: 'int' | 'long' | 'double' | 'boolean' | 'string' | 'duration' | 'memory' | 'enum' | 'list'
  /** undefined: Flink has no default. */
  readonly defaultValue: T
  readonly fallbackKeys: readonly string[]
  /** For enums, in Flink's spelling. */
  readonly choices?: readonly string[]
  readonly min?: number
  readonly max?: number
}

const DURATION_UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  nano: 1e-6,
  nanosecond: 1e-6,
  nanos: 1e-6,
  nanoseconds: 1e-6,
  µs: 1e-3,
  us: 1e-3,
  micro: 1e-3,
  micros: 1e-3,
  microsecond: 1e-3,
  microseconds: 1e-3,
  ms: 1,
  milli: 1,
  millis: 1,
  millisecond: 1,
  milliseconds: 1,
  s: 1000,
  sec: 1000,
  secs: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  mins: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
}
const MEMORY_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  bytes: 1,
  k: 1024,
  kb: 1024,
  kibibytes: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  mebibytes: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
  gibibytes: 1024 ** 3,
  t: 1024 ** 4,
  tb: 1024 ** 4,
  tebibytes: 1024 ** 4,
}

const measured = (text: string, units: Readonly<Record<string, number>>, bare: string): number | null => {
  const match = /^(\d+)\s*([a-zµ]*)$/.exec(text.trim().toLowerCase())
  const unit = match === null ? undefined : units[match[2] === '' ? bare : match[2]!]
  return match === null || unit === undefined ? null : Math.trunc(Number(match[1]) * unit)
}

/** The value that `text` stands for, or null if it is none of this type. Mirrors ConfigurationUtils.convertValue, TimeUtils, MemorySize. */
export function parseOption(option: ConfigOption<unknown>, text: string): unknown {
  const trimmed = text.trim()
  const within = (n: number): number | null => (n < (option.min ?? -Infinity) || n > (option.max ?? Infinity) ? null : n)
  switch (option.type) {
    case 'int':
    case 'long':
      return /^[+-]?\d+$/.test(trimmed) && Number.isSafeInteger(Number(trimmed)) ? within(Number(trimmed)) : null
    case 'double':
      return trimmed !== '' && Number.isFinite(Number(trimmed)) ? within(Number(trimmed)) : null
    case 'boolean':
      return /^(true|false)$/i.test(trimmed) ? trimmed.toLowerCase() === 'true' : null
    case 'duration': {
      const ms = measured(trimmed, DURATION_UNITS, 'ms')
      return ms === null ? null : within(ms)
    }
    case 'memory': {
      const bytes = measured(trimmed, MEMORY_UNITS, 'b')
      return bytes === null ? null : within(bytes)
    }
    case 'enum':
      return (
        option.choices?.find((choice) => choice.toLowerCase().replaceAll('_', '-') === trimmed.toLowerCase().replaceAll('_', '-')) ?? null
      )
    case 'list':
      return trimmed === '' ? [] : trimmed.split(';').map((item) => item.trim())
    case 'string':
      return text
  }
}

/** Mirrors org.apache.flink.configuration.Configuration: keys and texts, read through options. Immutable. */
export class Configuration {
  private constructor(private readonly entries: ReadonlyMap<string, string>) {}

  /** Makes a configuration of keys and values as text. */
  static fromMap(map: Readonly<Record<string, string>>): Configuration {
    return new Configuration(new Map(Object.entries(map)))
  }

  /** Entries of `other` win. */
  merge(other: Configuration): Configuration {
    return new Configuration(new Map([...this.entries, ...other.entries]))
  }

  /** Returns all keys and values. */
  toMap(): Record<string, string> {
    return Object.fromEntries(this.entries)
  }

  /** Returns the text that is set for a key. */
  raw(key: string): string | undefined {
    return this.entries.get(key)
  }

  /** The set value, else undefined; throws ProblemError `configuration-value` for a text that is none. */
  getOptional<T>(option: ConfigOption<T>): T | undefined {
    for (const key of [option.key, ...option.fallbackKeys]) {
      const text = this.entries.get(key)
      if (text === undefined) continue
      const value = parseOption(option, text)
      if (value === null)
        throw new ProblemError(problem('configuration-value', { key, value: text, type: option.type }, { in: 'cluster', key }))
      return value as T
    }
    return undefined
  }

  /** Returns the value of an option: what is set, else its default. */
  get<T>(option: ConfigOption<T>): T {
    return this.getOptional(option) ?? option.defaultValue
  }
}
