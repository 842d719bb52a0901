import { ProblemError, problem, type Problem } from '../core/problem'
import { say, type Arguments, type Language, type Text } from '../i18n'
import { plans } from '../i18n/plans'
import { setPlan } from '../scenario/edits'
import { LIMITS } from '../scenario/limits'
import type { Session } from '../session/session.svelte'

/** One thing to do with plans, for the menu of the program and the palette. */
export interface PlanAction {
  readonly id: string
  readonly label: string
}

/** What can be done with plans now: only a run tells its program's plan, for the plan comes of running the program's main part. */
export function planActions(session: Session, language: Language): readonly PlanAction[] {
  const t = (text: Text, args?: Arguments) => say(text, language, args)
  const jobs = session.runner.phase === 'planned' ? [] : (session.runner.header?.executionGraph.job.jobs ?? [])
  return [
    { id: 'plan:paste', label: t(plans.paste) },
    ...(session.scenario.plan === undefined ? [] : [{ id: 'plan:back', label: t(plans.back) }]),
    ...jobs.flatMap(({ name }, job) => [
      { id: `plan:execution:${job}`, label: jobs.length === 1 ? t(plans.copyExecution) : t(plans.copyExecutionOf, { job: name }) },
      { id: `plan:rest:${job}`, label: jobs.length === 1 ? t(plans.copyRest) : t(plans.copyRestOf, { job: name }) },
    ]),
  ]
}

/** Does one of `planActions` but `plan:paste`, which opens a dialog. `save` is for browsers that do not let a page copy. */
export async function doPlanAction(session: Session, id: string, save: (name: string, text: string) => void): Promise<void> {
  const t = (text: Text) => say(text, session.settings.get('language'))
  const [, what, job] = id.split(':')
  if (what === 'back') return session.edit('program', (scenario) => setPlan(scenario, undefined))
  const { header } = session.runner
  if (header === null || (what !== 'execution' && what !== 'rest')) return
  const { planTextOf } = await import('./plans')
  const text = planTextOf(header, Number(job), what)
  try {
    await navigator.clipboard.writeText(text)
    session.tell(t(session.edited ? plans.copiedOfRun : plans.copied))
  } catch {
    // No clipboard here, or the browser says no: a file serves as well.
    save(`plan-${what}.json`, text)
    session.tell(t(plans.notCopied))
  }
}

/** Puts a plan in place of the program, in one undo step, if it can be read; answers with what is wrong with it otherwise. */
export async function showPlan(session: Session, text: string): Promise<Problem | null> {
  if (text.length > LIMITS.plan) return problem('plan-too-long', { length: text.length, limit: LIMITS.plan })
  try {
    const { readScenarioPlan } = await import('./plans')
    await readScenarioPlan(setPlan(session.scenario, text))
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  session.pane = 'program'
  if (!PICTURES.includes(session.views[session.focused] ?? '')) session.openView(PICTURES[0]!)
  session.edit('program', (scenario) => setPlan(scenario, text))
  return null
}

/** Views that show a plan. */
const PICTURES: readonly string[] = ['graph', 'slots']
