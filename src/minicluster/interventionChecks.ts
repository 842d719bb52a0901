import type { Problem } from '../core/problem'
import { warning } from '../core/problem'
import type { Plan } from '../graph/types'
import { interventionKey } from '../scenario/checks'
import type { Intervention } from '../scenario/types'

type Wrong = readonly [code: string, args: Problem['args']]

/** Interventions on tasks, operators and jobs that the program does not have: they do nothing, which only its plan can tell. */
export function checkAgainstPlan(interventions: readonly Intervention[], plan: Plan): readonly Problem[] {
  return interventions.flatMap((intervention, index) => {
    const wrong = wrongWith(intervention, plan)
    return wrong === null ? [] : [warning(wrong[0], wrong[1], { in: 'cluster', key: interventionKey(index) })]
  })
}

function wrongWith(intervention: Intervention, { jobGraph }: Plan): Wrong | null {
  switch (intervention.do) {
    case 'fail-task':
    case 'decline-checkpoints': {
      const { vertex, subtask } = intervention
      return jobGraph.vertices[vertex] === undefined ? ['intervention-no-task', { vertex }] : beyond(jobGraph, vertex, subtask)
    }
    case 'slow':
    case 'throw-at-record': {
      const { node, subtask } = intervention
      const vertex = jobGraph.vertices.findIndex(({ chain }) => chain.some((operator) => operator.node === node))
      return vertex === -1 ? ['intervention-no-operator', { node }] : beyond(jobGraph, vertex, subtask)
    }
    case 'cancel':
    case 'trigger-checkpoint':
    case 'trigger-savepoint':
    case 'stop-with-savepoint': {
      const { job = 0 } = intervention
      return job < jobGraph.jobs.length ? null : ['intervention-no-job', { job, jobs: jobGraph.jobs.length }]
    }
    default:
      return null
  }
}

/** Subtasks count from 0. Undecided parallelism has room for any. */
function beyond({ vertices }: Plan['jobGraph'], vertex: number, subtask: number): Wrong | null {
  const { name, parallelism } = vertices[vertex]!
  return parallelism === -1 || subtask < parallelism ? null : ['intervention-no-subtask', { name, subtask, parallelism }]
}
