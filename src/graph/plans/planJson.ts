import { UPPER_BOUND_MAX_PARALLELISM } from '../../core/keygroups'
import { problem, ProblemError, type Problem } from '../../core/problem'

/** More are drawn by no picture, and recursion over one line of them would go too deep. */
const MAX_NODES = 3_000
const MAX_INPUTS = 30_000

export interface GivenInput {
  /** The node it comes from. */
  readonly id: string
  /** As the plan writes it; empty if it does not. */
  readonly strategy: string
  /** REST plans only, in lower case. */
  readonly exchange?: string
}

export interface GivenNode {
  /** A number in an execution plan, hexadecimal digits in a REST plan. */
  readonly id: string
  readonly text: string
  readonly description: string
  /** −1: undecided. */
  readonly parallelism: number
  readonly inputs: readonly GivenInput[]
  /** `Data Source`, `Data Sink`, `Operator`; empty in a REST plan. */
  readonly pact: string
}

/** What `/jobs/:id` says of a task beside the plan. */
export interface GivenVertex {
  readonly name?: string
  readonly maxParallelism?: number
  readonly slotSharingGroup?: string
}

export interface GivenPlan {
  readonly kind: 'execution-plan' | 'rest-plan'
  readonly name?: string
  readonly type?: 'STREAMING' | 'BATCH'
  readonly nodes: readonly GivenNode[]
  readonly vertices: ReadonlyMap<string, GivenVertex>
}

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const stringOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/**
 * The plan in a text, checked: ids are unique and lead somewhere, nothing reads itself, parallelism is one of Flink's.
 * Throws ProblemError with a place in the plan: `plan-not-json`, `plan-none`, `plan-empty`, `plan-too-many`, `plan-member`,
 * `plan-parallelism`, `plan-duplicate-id`, `plan-unknown-id`, `plan-cycle`.
 */
export function planJson(text: string): GivenPlan {
  return new PlanJson(bare(text)).read()
}

/** `flink info` writes lines of its own around the plan; they are blanked, so that lines keep their numbers. */
const bare = (text: string): string =>
  /^\s*[[{]/.test(text.replace(/^\uFEFF/, ''))
    ? text.replace(/^\uFEFF/, '')
    : text
        .split('\n')
        .map((line) => (/^\s*(-{5,}.*|No description provided\.)\s*$/.test(line) ? '' : line))
        .join('\n')

class PlanJson {
  constructor(private readonly text: string) {}

  read(): GivenPlan {
    const root = this.parse()
    const plan = isObject(root) && isObject(root.plan) ? root.plan : root
    if (!isObject(plan) || !Array.isArray(plan.nodes)) throw new ProblemError(this.problem('plan-none'))
    const given: readonly unknown[] = plan.nodes
    if (given.length === 0) throw new ProblemError(this.problem('plan-empty'))
    if (given.length > MAX_NODES) throw new ProblemError(this.problem('plan-too-many', { count: given.length, limit: MAX_NODES }))
    const isExecutionPlan = isObject(given[0]) && typeof given[0].id === 'number'
    const nodes = given.map((node, i) => (isExecutionPlan ? this.executionNode(node, i) : this.restNode(node, i)))
    this.check(nodes)
    const type = stringOf(plan.type) ?? (isObject(root) ? stringOf(root['job-type']) : undefined)
    const name = stringOf(plan.name) ?? (isObject(root) ? stringOf(root.name) : undefined)
    return {
      kind: isExecutionPlan ? 'execution-plan' : 'rest-plan',
      ...(name === undefined ? {} : { name }),
      ...(type === 'STREAMING' || type === 'BATCH' ? { type } : {}),
      nodes,
      vertices: verticesOf(root),
    }
  }

  private parse(): unknown {
    try {
      return JSON.parse(this.text)
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      // Engines tell the place in words of their own.
      const line = /line (\d+)/.exec(error.message)?.[1]
      const position = /position (\d+)/.exec(error.message)?.[1]
      const at =
        line !== undefined ? Number(line) : position !== undefined ? this.lineAt(Number(position)) : this.text.trimEnd().split('\n').length
      throw new ProblemError(problem('plan-not-json', {}, { in: 'plan', line: at }))
    }
  }

  private executionNode(node: unknown, at: number): GivenNode {
    if (!isObject(node) || !Number.isSafeInteger(node.id)) throw this.member(at, 'id')
    const id = String(node.id as number)
    const text = stringOf(node.type) ?? stringOf(node.contents)
    if (text === undefined) throw this.member(at, 'type', id)
    const inputs = this.list(node.predecessors, at, 'predecessors', id).map((input): GivenInput => {
      if (!isObject(input) || !Number.isSafeInteger(input.id)) throw this.member(at, 'predecessors', id)
      return { id: String(input.id as number), strategy: stringOf(input.ship_strategy) ?? '' }
    })
    const parallelism = this.parallelism(node.parallelism, id, at)
    return { id, text, description: stringOf(node.contents) ?? text, parallelism, inputs, pact: stringOf(node.pact) ?? '' }
  }

  private restNode(node: unknown, at: number): GivenNode {
    if (!isObject(node) || typeof node.id !== 'string' || node.id === '') throw this.member(at, 'id')
    const { id } = node
    const inputs = this.list(node.inputs, at, 'inputs', id).map((input): GivenInput => {
      if (!isObject(input) || typeof input.id !== 'string') throw this.member(at, 'inputs', id)
      return { id: input.id, strategy: stringOf(input.ship_strategy) ?? '', exchange: (stringOf(input.exchange) ?? '').toLowerCase() }
    })
    const description = stringOf(node.description) ?? stringOf(node.operator)
    if (description === undefined) throw this.member(at, 'description', id)
    return { id, text: description, description, parallelism: this.parallelism(node.parallelism, id, at), inputs, pact: '' }
  }

  /** Both kinds leave the inputs of a source out. */
  private list(value: unknown, at: number, member: string, id: string): readonly unknown[] {
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) throw this.member(at, member, id)
    return value
  }

  private parallelism(value: unknown, id: string, at: number): number {
    if (typeof value !== 'number') throw this.member(at, 'parallelism', id)
    if (value === -1 || (Number.isInteger(value) && value >= 1 && value <= UPPER_BOUND_MAX_PARALLELISM)) return value
    throw new ProblemError(
      this.problem('plan-parallelism', { id, parallelism: value, limit: UPPER_BOUND_MAX_PARALLELISM }, this.lineOf(id)),
    )
  }

  private check(nodes: readonly GivenNode[]): void {
    const byId = new Map<string, GivenNode>()
    for (const node of nodes) {
      if (byId.has(node.id)) throw new ProblemError(this.problem('plan-duplicate-id', { id: node.id }, this.lineOf(node.id, 2)))
      byId.set(node.id, node)
    }
    let count = 0
    for (const { id, inputs } of nodes) {
      count += inputs.length
      if (count > MAX_INPUTS) throw new ProblemError(this.problem('plan-too-many', { count, limit: MAX_INPUTS }))
      const lost = inputs.find((input) => !byId.has(input.id))
      if (lost !== undefined) throw new ProblemError(this.problem('plan-unknown-id', { id: lost.id, node: id }, this.lineOf(lost.id)))
    }
    const stuck = inCycle(nodes)
    if (stuck !== undefined) throw new ProblemError(this.problem('plan-cycle', { id: stuck }, this.lineOf(stuck)))
  }

  private member(at: number, member: string, id?: string): ProblemError {
    return new ProblemError(
      this.problem('plan-member', { node: id ?? `#${at + 1}`, member }, id === undefined ? undefined : this.lineOf(id)),
    )
  }

  private problem(code: string, args: Problem['args'] = {}, line?: number): Problem {
    return problem(code, args, { in: 'plan', ...(line === undefined ? {} : { line }) })
  }

  /** Where an id stands for the nth time. */
  private lineOf(id: string, occurrence = 1): number | undefined {
    const written = /^-?\d+$/.test(id) ? `"?${id}"?` : JSON.stringify(id).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    const matches = this.text.matchAll(new RegExp(`"id"\\s*:\\s*${written}(?![\\w"])`, 'g'))
    let seen = 0
    for (const match of matches) if (++seen === occurrence) return this.lineAt(match.index)
    return undefined
  }

  private lineAt(position: number): number {
    return this.text.slice(0, position).split('\n').length
  }
}

/** A node that can never be reached because it waits for itself, directly or not; undefined: there is none. */
function inCycle(nodes: readonly GivenNode[]): string | undefined {
  const waiting = new Map(nodes.map(({ id, inputs }) => [id, inputs.length]))
  const readers = new Map<string, string[]>(nodes.map(({ id }) => [id, []]))
  for (const { id, inputs } of nodes) for (const input of inputs) readers.get(input.id)!.push(id)
  const ready = nodes.filter(({ inputs }) => inputs.length === 0).map(({ id }) => id)
  for (const id of ready) {
    for (const reader of readers.get(id)!) {
      const left = waiting.get(reader)! - 1
      waiting.set(reader, left)
      if (left === 0) ready.push(reader)
    }
  }
  if (ready.length === nodes.length) return undefined
  // What waits may only stand behind the cycle: going back over inputs that wait leads into it.
  const isStuck = (id: string): boolean => waiting.get(id)! > 0
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const seen = new Set<string>()
  let at = nodes.find(({ id }) => isStuck(id))!.id
  while (!seen.has(at)) {
    seen.add(at)
    at = byId.get(at)!.inputs.find((input) => isStuck(input.id))!.id
  }
  return at
}

/** `/jobs/:id` lists its tasks with what the plan in it leaves out. */
function verticesOf(root: unknown): ReadonlyMap<string, GivenVertex> {
  const vertices = new Map<string, GivenVertex>()
  if (!isObject(root) || !Array.isArray(root.vertices)) return vertices
  for (const vertex of root.vertices as readonly unknown[]) {
    if (!isObject(vertex) || typeof vertex.id !== 'string') continue
    const { maxParallelism: max } = vertex
    const name = stringOf(vertex.name)
    const slotSharingGroup = stringOf(vertex.slotSharingGroupId)
    const inBounds = typeof max === 'number' && Number.isInteger(max) && max >= 1 && max <= UPPER_BOUND_MAX_PARALLELISM
    vertices.set(vertex.id, {
      ...(name === undefined ? {} : { name }),
      ...(inBounds ? { maxParallelism: max } : {}),
      ...(slotSharingGroup === undefined ? {} : { slotSharingGroup }),
    })
  }
  return vertices
}
