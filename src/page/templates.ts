import type { Language } from '../i18n'
import type { Session } from '../session/session.svelte'

/** Scenarios by question; none yet. */
export const templateEntries = (_language: Language): readonly { readonly id: string; readonly title: string }[] => []
export async function openTemplate(_session: Session, _id: string): Promise<void> {}
