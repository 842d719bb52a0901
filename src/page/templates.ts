import { say, type Language } from '../i18n'
import type { Session } from '../session/session.svelte'

/** Scenarios by question. Their texts and programs are fetched when the menu first wants them. */
export const loadTemplateEntries = async (language: Language): Promise<readonly { readonly id: string; readonly title: string }[]> => {
  const { templates } = await import('../i18n/scenario')
  return Object.entries(templates).map(([id, { question }]) => ({ id, title: say(question, language) }))
}

export async function openTemplate(session: Session, id: string): Promise<void> {
  const [{ TEMPLATES }, { templates }] = await Promise.all([import('../scenario/templates'), import('../i18n/scenario')])
  const template = TEMPLATES.find((known) => known.id === id)
  const text = templates[id]
  if (template === undefined || text === undefined) return
  const views = [template.view ?? 'graph']
  session.open(template.scenario(say(text.question, session.settings.get('language'))), 'template', { bookmark: { time: 0, views } })
  session.pane = 'program'
}
