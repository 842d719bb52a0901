import type { Problem } from '../core/problem'
import { say, type Language } from '../i18n'
import type { ProblemText } from '../i18n/problems'

type Texts = Readonly<Record<string, ProblemText | undefined>>

// What is well has no need of them: they come after the first picture, or with the first problem.
let texts: Texts | null = $state.raw(null)
let lost = $state(false)
let coming: Promise<void> | null = null

/** Fetches what problems say. Never rejects: without a network a problem is told by its code, and the next one asks again. */
export function bringProblemTexts(): Promise<void> {
  return (coming ??= import('../i18n/problems').then(
    ({ problems }) => {
      texts = problems
      lost = false
    },
    () => {
      coming = null
      lost = true
    },
  ))
}

/**
 * A problem in words, empty for the moment in which they are fetched; where it is read in markup, the markup follows.
 * A code without an entry is a fault of ours; it is still told, by its code.
 */
export function tellProblem({ code, args }: Problem, language: Language): { readonly sentence: string; readonly hint: string } {
  if (texts === null) {
    void bringProblemTexts()
    if (!lost) return { sentence: '', hint: '' }
  }
  const entry = texts?.[code]
  if (entry === undefined) return { sentence: `${code} ${Object.values(args ?? {}).join(' ')}`, hint: '' }
  return { sentence: say(entry.sentence, language, args), hint: say(entry.hint, language, args) }
}
