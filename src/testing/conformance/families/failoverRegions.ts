import { executionGraphOf } from '../../../graph/executionGraph'
import { RegionFailover, type Partition } from '../../../graph/failover'
import { taskName } from '../../../graph/names'
import { family } from '../family'
import { jobOf, type GivenVertices } from './jobVertices'

interface GivenPartition {
  readonly producer: string
  readonly result: number
}
interface Given extends GivenVertices {
  readonly failures: readonly {
    readonly failed: string
    readonly unreadable?: GivenPartition
    readonly unavailable?: readonly GivenPartition[]
    readonly states?: Readonly<Record<string, string>>
  }[]
}

export const failoverRegions = family<Given>('failover-regions', (given) => {
  const graph = executionGraphOf(jobOf(given))
  const strategy = new RegionFailover(graph)
  const names = graph.vertices.map(({ vertex, subtask, parallelism }) => taskName(graph.job.vertices[vertex]!.name, subtask, parallelism))
  const numbers = new Map(names.map((name, index) => [name, index]))
  const partition = ({ producer, result }: GivenPartition): Partition => ({ producer: numbers.get(producer)!, result })
  const restarts = given.failures.map(({ failed, unreadable, unavailable = [], states = {} }) => {
    const lost = unavailable.map(partition)
    return strategy.tasksNeedingRestart(numbers.get(failed)!, {
      ...(unreadable === undefined ? {} : { unreadable: partition(unreadable) }),
      isLost: ({ producer, result }) => lost.some((other) => other.producer === producer && other.result === result),
      isCreated: (execution) => states[names[execution]!] === 'CREATED',
    })
  })
  const named = (tasks: readonly number[]): readonly string[] => tasks.map((task) => names[task]!)
  return { regions: strategy.regions.map(named), restarts: restarts.map(named) }
})
