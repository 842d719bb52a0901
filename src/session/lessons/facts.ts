import type { Language } from '../../i18n'
import { say } from '../../i18n'
import type { Fact, LessonChecks, TraceOfRun } from '../../trace/predicates'
import type { Scene } from './types'

/** Every fact of a lesson as this run shows it; null where the run has nothing of the kind (yet). */
export type Facts = ReadonlyMap<string, Fact | null>

export const readFacts = (checks: LessonChecks, run: TraceOfRun): Facts =>
  new Map(Object.entries(checks.facts).map(([name, of]) => [name, of(run)]))

const escapeHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** The text with its `{{…}}` filled in; a fact that the run does not have is an ellipsis: no number is invented. */
export function fillFacts(html: string, facts: Facts, language: Language): string {
  return html.replace(/\{\{(\w+)\}\}/g, (_whole, name: string) => {
    const fact = facts.get(name) ?? null
    if (fact === null) return '<span class="fact missing">…</span>'
    const text = typeof fact.show === 'string' ? fact.show : say(fact.show, language)
    return `<span class="fact">${escapeHtml(text)}</span>`
  })
}

/** Names in `{{…}}`. */
export const factsIn = (html: string): string[] => [...html.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!)

/** Where a scene stops: a virtual time in µs, or an event; null while the run has not come there. */
export function momentOf(scene: Scene, facts: Facts): { readonly time: number } | { readonly event: number } | null {
  const { at } = scene
  if (at === undefined) return null
  if ('time' in at) return at
  const event = facts.get(at.fact)?.event
  return event === undefined ? null : { event }
}
