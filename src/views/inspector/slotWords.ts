import { inspectorPlan as plan } from '../../i18n/inspectorPlan'
import type { SlotView } from '../../trace/cluster/queries'
import { jobName } from '../../trace/narration'
import type { Asking } from './ask'

/** What is in a slot, in a few words. */
export function slotWords(ask: Asking, { job, content }: SlotView): string {
  if (content === null) return job < 0 ? ask.t(plan.free) : ask.t(plan.kept, { job: jobName(ask.sources.header, job) })
  const tasks = content.subtasks.length
  return ask.t(tasks === 1 ? plan.slotSays1 : plan.slotSays, { tasks, group: content.group })
}
