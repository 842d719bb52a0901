import { Configuration } from '../../core/configuration'
import { planOf } from '../../graph/plan'
import { streamGraphOf } from '../../graph/streamGraph'
import { StreamExecutionEnvironment } from '../../streaming'
import { JobID } from '../../streaming/environment/JobClient'

export interface PlanBench {
  readonly operators: number
  readonly parallelism: number
  readonly tasks: number
  readonly subtasks: number
  /** ms from the program's transformations to slots: the median, and the first one, in cold code. */
  readonly median: number
  readonly first: number
}

/** Operators in rows that part and meet: maps, keyed reductions, side branches, a union every ten. */
function program(operators: number, parallelism: number): StreamExecutionEnvironment {
  let ids = 0
  const env = new StreamExecutionEnvironment({
    configuration: Configuration.fromMap({}),
    nextId: () => ++ids,
    register: () => {},
    currentLine: () => undefined,
    executionPlan: () => '',
    execute: () => JobID.of(0, ''),
  })
  env.setParallelism(parallelism)
  let stream = env.fromSequence(1, 9).map((n) => n)
  for (let made = 2; made < operators - 1; made++) {
    const turn = made % 10
    if (turn === 0) stream = stream.map((n) => n).name('united')
    else if (turn === 5) stream = stream.union(stream.filter((n) => n > 0)).map((n) => n)
    else if (turn % 3 === 0) stream = stream.keyBy((n) => n % 7).reduce((a, b) => a + b)
    else stream = stream.rebalance().map((n) => n)
    if (turn === 5) made++
  }
  stream.print()
  return env
}

/** From transformations to slots, `rounds` times. */
export function benchPlan(operators = 200, parallelism = 128, rounds = 20): PlanBench {
  const times: number[] = []
  let last: ReturnType<typeof planOf> | null = null
  for (let round = 0; round < rounds; round++) {
    const env = program(operators, parallelism)
    const before = performance.now()
    last = planOf([{ streamGraph: streamGraphOf(env), submission: 'attached' }], Configuration.fromMap({}))
    times.push(performance.now() - before)
  }
  const [first] = times
  times.sort((a, b) => a - b)
  return {
    operators: last!.streamGraph.nodes.length,
    parallelism,
    tasks: last!.jobGraph.vertices.length,
    subtasks: last!.executionGraph.vertices.length,
    median: times[Math.floor(rounds / 2)]!,
    first: first!,
  }
}
