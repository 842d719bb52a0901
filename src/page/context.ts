import { getContext, setContext } from 'svelte'
import type { Desk } from './desk.svelte'
import type { Interventions } from './interventions.svelte'
import type { Session } from '../session/session.svelte'

const KEY = Symbol('session')
export const provideSession = (session: Session): void => void setContext(KEY, session)
export const useSession = (): Session => getContext<Session>(KEY)

const DESK = Symbol('desk')
export const provideDesk = (desk: Desk): void => void setContext(DESK, desk)
export const useDesk = (): Desk => getContext<Desk>(DESK)

const INTERVENTIONS = Symbol('interventions')
export const provideInterventions = (interventions: Interventions): void => void setContext(INTERVENTIONS, interventions)
export const useInterventions = (): Interventions => getContext<Interventions>(INTERVENTIONS)
