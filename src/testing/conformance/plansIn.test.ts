import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { GraphIndex } from '../../graph/chaining'
import { executionPlanOf, restPlanOf } from '../../graph/plansAsJson'
import { readPlan } from '../../graph/readPlan'

interface Described {
  readonly dynamic?: boolean
  readonly executionPlan?: unknown
  readonly restPlan?: { readonly nodes: readonly { readonly id: string }[] }
  readonly jobVertices: readonly {
    readonly id: string
    readonly name: string
    readonly description: string
    readonly parallelism: number
    readonly slotGroup: number
    readonly chain: readonly unknown[]
    readonly chainedSources?: readonly unknown[]
    readonly inputs: readonly { readonly from: number; readonly shipStrategy: string; readonly resultPartitionType: string }[]
  }[]
}

const vectors = readFileSync(new URL('../../../conformance/job-graph/vectors.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { readonly id: string; readonly expect: Described })
  .filter(({ expect: { executionPlan } }) => executionPlan !== undefined)

/** What a plan of tasks tells, in its own words: ids, not places. */
const told = ({ jobVertices }: Described): unknown =>
  jobVertices
    .map(({ id, parallelism, description, chain, chainedSources = [], inputs }) => ({
      id,
      parallelism,
      description,
      operators: chain.length + chainedSources.length,
      inputs: inputs.map(({ from, shipStrategy, resultPartitionType }) => [jobVertices[from]!.id, shipStrategy, resultPartitionType]),
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))

describe('plans of Flink’s, in and out again', () => {
  test.each(vectors)('$id, execution plan', ({ expect: { executionPlan } }) => {
    const { plan, kind } = readPlan(JSON.stringify(executionPlan))
    expect(kind).toBe('execution-plan')
    expect(executionPlanOf(plan.streamGraph)).toEqual(executionPlan)
  })

  test.each(vectors.filter(({ expect: { restPlan } }) => restPlan !== undefined))('$id, REST plan', ({ expect: described }) => {
    const { plan, kind } = readPlan(JSON.stringify({ plan: described.restPlan }))
    expect(kind).toBe('rest-plan')
    expect(restPlanOf(plan.jobGraph)).toEqual(described.restPlan)
    const { jobGraph, streamGraph } = plan
    const again = jobGraph.vertices.map((vertex) => ({
      ...vertex,
      slotGroup: 0,
      inputs: jobGraph.edges
        .filter(({ toVertex }) => toVertex === vertex.index)
        .map(({ fromVertex, partitioner, resultType }) => ({
          from: fromVertex,
          shipStrategy: partitioner.name,
          resultPartitionType: resultType,
        })),
    }))
    expect(told({ jobVertices: again })).toEqual(told(described))
    const index = new GraphIndex(streamGraph)
    const taskOf = new Map(jobGraph.vertices.flatMap(({ index: at, chain }) => chain.map(({ node }) => [node, at] as const)))
    for (const edge of streamGraph.edges) {
      const within = taskOf.get(edge.from) === taskOf.get(edge.to) || !taskOf.has(edge.from)
      if (taskOf.has(edge.from)) expect(index.chainBreak(edge) === null).toBe(within)
    }
  })

  /** Programs that set nothing but what the plan shows: chains, ids and slots come out as Flink had them. */
  test('tasks are those that Flink made, where the plan says enough', () => {
    const names = (tasks: readonly { readonly name: string }[]): string[] => tasks.map(({ name }) => name).sort()
    const agreeing = vectors.filter(({ expect: described }) => {
      const { plan } = readPlan(JSON.stringify(described.executionPlan))
      return names(plan.jobGraph.vertices).join() === names(described.jobVertices).join()
    })
    expect(agreeing.length / vectors.length).toBeGreaterThan(0.5)
  })
})
