import type { Arguments, Text } from '../../i18n'
import { costOption } from '../../core/options'
import { Configuration } from '../../core/configuration'
import { networkView as words } from '../../i18n/networkView'
import type { Intervention, Scenario } from '../../scenario/types'
import { taskName } from '../../trace/narration'
import type { Verdict } from '../../trace/network/bottleneck'
import { durationText } from '../../trace/units'
import type { TraceHeader } from '../../trace/types'

export type Say = (text: Text, args?: Arguments) => string

/** A share of 1; NaN as Flink's dashboard shows it. */
export const percent = (share: number): string => (Number.isNaN(share) ? 'NaN' : `${Math.round(share * 100)}%`)

/** Who holds the job up, and why: a sentence or two. */
export function verdictWords(verdict: Verdict, t: Say, header: TraceHeader, scenario: Scenario, time: number): string[] {
  const name = (task: number): string => taskName(header, task)
  const subtask = (vertex: number): number => (header.executionGraph.vertices[vertex]?.subtask ?? 0) + 1
  switch (verdict.kind) {
    case 'nothing':
      return [t(words.nothing)]
    case 'free':
      return [t(words.free, { task: name(verdict.task), busy: percent(verdict.busy) })]
    case 'busy':
      return [t(words.atLimit, { task: name(verdict.task), subtask: subtask(verdict.vertex), busy: percent(verdict.busy) })]
    case 'bottleneck': {
      const waiting = verdict.waiting.map(name).join(t(words.comma))
      const args = { task: name(verdict.task), subtask: subtask(verdict.vertex), busy: percent(verdict.busy), waiting }
      return [t(verdict.busy >= 0.5 ? words.bottleneck : words.bottleneckIdle, args), ...reasonWords(verdict, t, header, scenario, time)]
    }
  }
}

function reasonWords(verdict: Verdict & { kind: 'bottleneck' }, t: Say, header: TraceHeader, scenario: Scenario, time: number): string[] {
  const { reason, records, cost } = verdict
  const costs =
    records === 0 ? t(words.noRecords) : t(words.cost, { cost: durationText(Math.round(cost)), records: records.toLocaleString('en') })
  switch (reason.kind) {
    case 'alignment':
      return [t(words.alignment, { id: reason.checkpoint })]
    case 'async':
      return [t(words.async, { count: reason.inFlight })]
    case 'skew':
      return [t(words.skew, { share: percent(reason.share), subtasks: reason.subtasks }), costs]
    case 'cost': {
      const { vertex: task, subtask } = header.executionGraph.vertices[verdict.vertex]!
      const hands = header.executionGraph.job.vertices[task]!.chain.some(
        ({ node }) => slowedBy(scenario, node, subtask, time) !== undefined,
      )
      const set = configuredCost(verdict.vertex, time, header, scenario)
      if (hands) return [costs, t(words.slowed)]
      return records > 0 && cost > 1.5 * set + 1 ? [costs, t(words.more, { cost: durationText(set) })] : [costs]
    }
  }
}

/** µs that a record costs in a subtask's chain as it is set at a moment: by name, for all, or by a hand (`slow`). */
function configuredCost(vertex: number, time: number, { executionGraph, streamGraph }: TraceHeader, scenario: Scenario): number {
  const { vertex: task, subtask } = executionGraph.vertices[vertex]!
  const { chain, job } = executionGraph.job.vertices[task]!
  const configuration = Configuration.fromMap({ ...scenario.configuration, ...executionGraph.job.jobs[job]?.configuration })
  return chain.reduce((sum, { node }) => {
    const name = streamGraph.nodes.find(({ id }) => id === node)?.name ?? ''
    const slowed = slowedBy(scenario, node, subtask, time)
    return sum + (slowed?.cost ?? configuration.get(costOption(name)) ?? scenario.cluster.recordCost)
  }, 0)
}

const slowedBy = ({ interventions }: Scenario, node: number, subtask: number, time: number) =>
  interventions.findLast(
    (one) => one.do === 'slow' && one.node === node && (one.subtask < 0 || one.subtask === subtask) && one.at <= time,
  ) as (Intervention & { do: 'slow' }) | undefined
