import type { Problem } from '../../core/problem'
import { say } from '../../i18n'
import type { Language } from '../../i18n'
import { problems } from '../../i18n/problems'
import type { ProblemText } from '../../i18n/problems'

const texts: Readonly<Record<string, ProblemText | undefined>> = problems

/** A problem in a sentence. What a trace from elsewhere holds under a code we do not have is told by its code. */
export function tellProblem({ code, args }: Problem, language: Language): string {
  const text = texts[code]
  return text === undefined ? `${code} ${Object.values(args ?? {}).join(' ')}`.trim() : say(text.sentence, language, args)
}
