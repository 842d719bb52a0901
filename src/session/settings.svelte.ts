import type { Language } from '../i18n'

const KEY = 'tidemark.settings'

export type Theme = 'system' | 'light' | 'dark'
export type Arrangement = 'one' | 'side' | 'stack'
export type TimesShown = 'clock' | 'offset' | 'raw'

interface Stored {
  language: Language
  theme: Theme
  timesShown: TimesShown
  clusterAs: 'form' | 'text'
  left: number
  leftCollapsed: boolean
  right: number
  rightCollapsed: boolean
  bottom: number
  bottomCollapsed: boolean
  share: number
  firstVisitDone: boolean
}

const fresh = (): Stored => ({
  language: typeof navigator !== 'undefined' && /^zh\b/i.test(navigator.language) ? 'zh' : 'en',
  theme: 'system',
  timesShown: 'clock',
  clusterAs: 'form',
  left: 404,
  leftCollapsed: false,
  right: 308,
  rightCollapsed: false,
  bottom: 178,
  bottomCollapsed: false,
  share: 0.5,
  firstVisitDone: false,
})

const CHOICES: Partial<Record<keyof Stored, readonly string[]>> = {
  language: ['en', 'zh'],
  theme: ['system', 'light', 'dark'],
  timesShown: ['clock', 'offset', 'raw'],
  clusterAs: ['form', 'text'],
}

/** Keeps of `text` what has the right type and drops the rest: the browser may hold anything. */
export function readSettings(text: string | null, base: Stored = fresh()): Stored {
  let found: unknown = null
  try {
    found = JSON.parse(text ?? 'null')
  } catch {
    return base
  }
  if (typeof found !== 'object' || found === null) return base
  const result: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(found)) {
    const known = base[key as keyof Stored]
    const choices = CHOICES[key as keyof Stored]
    if (known === undefined || typeof value !== typeof known) continue
    if (choices !== undefined && !choices.includes(value as string)) continue
    if (typeof value === 'number' && !(value >= 0 && value < 4000)) continue
    result[key] = value
  }
  return result as unknown as Stored
}

/** Storage may be forbidden (private windows, embeds): then settings live as long as the page. */
const stored = (): string | null => {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

/** What this browser remembers about a person: how, not what. */
export class Settings {
  private values: Stored = $state(readSettings(stored()))

  get<K extends keyof Stored>(key: K): Stored[K] {
    return this.values[key]
  }

  set(change: Partial<Stored>): void {
    Object.assign(this.values, change)
    try {
      localStorage.setItem(KEY, JSON.stringify(this.values))
    } catch {
      // Forbidden or full: see above.
    }
  }
}
