import type { Language } from '../i18n'

const KEY = 'tidemark.settings'

export type Theme = 'system' | 'light' | 'dark'
export type Arrangement = 'one' | 'side' | 'stack'
export type TimesShown = 'clock' | 'offset' | 'raw'

/** How far a person came in a lesson: the furthest step, from 0, and whether the checks passed on all seeds. */
export interface LessonProgress {
  readonly step: number
  readonly done: boolean
}

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
  /** By the lesson's id. */
  lessons: Readonly<Record<string, LessonProgress>>
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
  lessons: {},
})

const CHOICES: Partial<Record<keyof Stored, readonly string[]>> = {
  language: ['en', 'zh'],
  theme: ['system', 'light', 'dark'],
  timesShown: ['clock', 'offset', 'raw'],
  clusterAs: ['form', 'text'],
}

const LESSON = /^[a-z0-9-]{1,64}\/[a-z0-9-]{1,64}$/

/** What is a lesson's progress of what a browser holds under that name. */
function readProgress(value: unknown): Stored['lessons'] {
  if (typeof value !== 'object' || value === null) return {}
  const entries = Object.entries(value as Record<string, unknown>).flatMap(([id, held]): [string, LessonProgress][] => {
    const { step, done } = (typeof held === 'object' && held !== null ? held : {}) as Record<string, unknown>
    if (!LESSON.test(id) || !Number.isInteger(step) || Number(step) < 0 || Number(step) > 99 || typeof done !== 'boolean') return []
    return [[id, { step: Number(step), done }]]
  })
  return Object.fromEntries(entries)
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
    result[key] = key === 'lessons' ? readProgress(value) : value
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
