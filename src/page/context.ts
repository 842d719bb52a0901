import { getContext, setContext } from 'svelte'
import type { Session } from '../session/session.svelte'

const KEY = Symbol('session')
export const provideSession = (session: Session): void => void setContext(KEY, session)
export const useSession = (): Session => getContext<Session>(KEY)

/** Which of the places that do not belong to the session's state are open. */
export interface Sheets {
  palette: boolean
  keys: boolean
  share: string | null
}
