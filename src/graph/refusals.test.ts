import { describe, expect, test } from 'vitest'
import { compile } from '../client/compile'
import { evaluate } from '../client/evaluate'
import { Configuration } from '../core/configuration'
import { ProblemError, type Problem } from '../core/problem'
import { planOf } from './index'

const PREAMBLE =
  "import { DiscardingSink, OutputTag, SlotSharingGroup, StreamExecutionEnvironment } from 'flink'\nconst env = StreamExecutionEnvironment.getExecutionEnvironment()\n"

function refused(body: string, configuration: Readonly<Record<string, string>> = {}): Problem {
  const cluster = Configuration.fromMap(configuration)
  const world = { configuration: cluster, now: () => 0, nextUint32: () => 0, print: () => {} }
  try {
    planOf(evaluate(compile(`${PREAMBLE}${body}\nenv.execute()`), world).jobs, cluster)
  } catch (error) {
    if (error instanceof ProblemError) return error.problem
    throw error
  }
  throw new Error('nothing was refused')
}

const BATCH = { 'execution.runtime-mode': 'BATCH' }
const FIXED = { ...BATCH, 'jobmanager.scheduler': 'Default' }
const CHECKPOINTS = { 'execution.checkpointing.interval': '1 s' }

/** Programs begin on line 3; `at` is the line that is told. */
const illegal: readonly {
  readonly what: string
  readonly program: string
  readonly configuration?: Readonly<Record<string, string>>
  readonly at?: number
  readonly exception: string
  readonly message: string
}[] = [
  {
    what: 'forward between unlike ends',
    program: 'env.fromSequence(1, 2).setParallelism(2)\n  .forward()\n  .map(n => n).setParallelism(3)\n  .print()',
    at: 5,
    exception: 'java.lang.UnsupportedOperationException',
    message:
      'Forward partitioning does not allow change of parallelism. Upstream operation: Source: Sequence Source-1 parallelism: 2, ' +
      'downstream operation: Map-3 parallelism: 3 You must use another partitioning strategy, such as broadcast, rebalance, shuffle or global.',
  },
  {
    what: 'more subtasks than key groups',
    program: 'env.fromSequence(1, 2).map(n => n)\n.setParallelism(4).setMaxParallelism(3)\n.print()',
    at: 3,
    exception: 'org.apache.flink.runtime.JobException',
    message:
      "Vertex Map's parallelism (4) is higher than the max parallelism (3). Please lower the parallelism or increase the max parallelism.",
  },
  {
    what: 'one uid twice',
    program: "env.fromSequence(1, 2).uid('a')\n.print().uid('a')",
    at: 4,
    exception: 'java.lang.IllegalArgumentException',
    message:
      'Hash collision on user-specified ID "a". Most likely cause is a non-unique ID. Please check that all IDs specified via `uid(String)` are unique.',
  },
  {
    what: 'no uid where none is generated',
    program: "env.fromSequence(1, 2).uid('a')\n.map(n => n)\n.print().uid('b')",
    configuration: { 'pipeline.auto-generate-uids': 'false' },
    at: 4,
    exception: 'java.lang.IllegalStateException',
    message: 'Auto generated UIDs have been disabled but no UID or hash has been assigned to operator Map',
  },
  {
    what: 'one slot sharing group with two resources',
    program: `const group = (cpu) => SlotSharingGroup.newBuilder('a').setCpuCores(cpu).setTaskHeapMemoryMB(100).build()
env.fromSequence(1, 2).slotSharingGroup(group(1))
  .map(n => n).slotSharingGroup(group(2))
  .print()`,
    at: 5,
    exception: 'java.lang.IllegalArgumentException',
    message: 'The slot sharing group a has been configured with two different resource spec.',
  },
  {
    what: 'co-location across slot sharing groups',
    program: `const a = env.fromSequence(1, 2).map(n => n).slotSharingGroup('a')
const b = env.fromSequence(1, 2).map(n => n).startNewChain()
a.getTransformation().setCoLocationGroupKey('together')
b.getTransformation().setCoLocationGroupKey('together')
a.print()
b.print()`,
    exception: 'java.lang.IllegalStateException',
    message: 'Cannot co-locate operators from different slot sharing groups',
  },
  {
    what: 'an iteration with checkpoints',
    program: 'const loop = env.fromSequence(1, 2)\n  .iterate()\nconst body = loop.map(n => n)\nloop.closeWith(body)\nbody.print()',
    configuration: CHECKPOINTS,
    at: 4,
    exception: 'java.lang.UnsupportedOperationException',
    message: 'Checkpointing is currently not supported by default for iterative jobs, as we cannot guarantee exactly once semantics.',
  },
  {
    what: 'an iteration with unaligned checkpoints, though forced',
    program: 'const loop = env.fromSequence(1, 2)\n  .iterate()\nconst body = loop.map(n => n)\nloop.closeWith(body)\nbody.print()',
    configuration: { ...CHECKPOINTS, 'execution.checkpointing.force': 'true', 'execution.checkpointing.unaligned.enabled': 'true' },
    at: 4,
    exception: 'java.lang.UnsupportedOperationException',
    message: 'Unaligned Checkpoints are currently not supported for iterative jobs',
  },
  {
    what: 'an iteration that nothing comes back to',
    program: 'env.fromSequence(1, 2)\n  .iterate()\n  .print()',
    at: 4,
    exception: 'java.lang.IllegalStateException',
    message: "Iteration FeedbackTransformation{id=2, name='Feedback', outputType=Long, parallelism=1} does not have any feedback edges.",
  },
  {
    what: 'an iteration in batch mode',
    program: 'const loop = env.fromSequence(1, 2)\n  .iterate()\nconst body = loop.map(n => n)\nloop.closeWith(body)\nbody.print()',
    configuration: BATCH,
    at: 4,
    exception: 'java.lang.UnsupportedOperationException',
    message: 'Iterations are not supported in BATCH execution mode.',
  },
  {
    what: 'unaligned checkpoints over a custom partitioner',
    program: 'env.fromSequence(1, 2)\n  .partitionCustom((key, n) => 0, n => n)\n  .print()',
    configuration: { ...CHECKPOINTS, 'execution.checkpointing.unaligned.enabled': 'true' },
    at: 4,
    exception: 'java.lang.UnsupportedOperationException',
    message: 'Unaligned checkpoints are currently not supported for custom partitioners',
  },
  {
    what: 'batch over an unbounded source',
    program: 'env.addSource({ run() {}, cancel() {} }).print()',
    configuration: BATCH,
    exception: 'java.lang.IllegalStateException',
    message: "Detected an UNBOUNDED source with the 'execution.runtime-mode' set to 'BATCH'.",
  },
  {
    what: 'a buffer timeout on an exchange that blocks',
    program: 'env.fromSequence(1, 2)\n  .map(n => n).setBufferTimeout(0)\n  .keyBy(n => n).sum(0).print()',
    configuration: FIXED,
    at: 4,
    exception: 'java.lang.UnsupportedOperationException',
    message: 'only canBePipelinedConsumed partition support buffer timeout 0 for src operator in edge (Map-2 -> Keyed Aggregation-4,',
  },
  {
    what: 'hybrid shuffles with a slot sharing group of its own',
    program: "env.fromSequence(1, 2).rebalance()\n  .map(n => n).slotSharingGroup('a').print()",
    configuration: { ...FIXED, 'execution.batch-shuffle-mode': 'ALL_EXCHANGES_HYBRID_FULL' },
    at: 4,
    exception: 'java.lang.IllegalStateException',
    message: 'hybrid shuffle mode currently does not support setting non-default slot sharing group.',
  },
  {
    what: 'resources for a slot sharing group in batch mode',
    program:
      "env.fromSequence(1, 2).slotSharingGroup(SlotSharingGroup.newBuilder('a').setCpuCores(1).setTaskHeapMemoryMB(1).build()).print()",
    configuration: BATCH,
    exception: 'org.apache.flink.configuration.IllegalConfigurationException',
    message:
      'At the moment, fine-grained resource management requires batch workloads to be executed with types of all edges being BLOCKING.',
  },
  {
    what: 'a forward group that is wider than its key groups',
    program:
      'env.fromSequence(1, 2).setParallelism(4)\n  .forward()\n  .map(n => n).startNewChain().setParallelism(4).setMaxParallelism(2)\n  .print()',
    configuration: BATCH,
    at: 5,
    exception: 'java.lang.IllegalStateException',
    message: "There is a job vertex in the forward group whose maximum parallelism is smaller than the group's parallelism",
  },
  {
    what: 'another partitioning behind keyBy',
    program: 'env.fromSequence(1, 2).keyBy(n => n)\n  .rebalance()\n  .print()',
    exception: 'java.lang.UnsupportedOperationException',
    message: 'Cannot override partitioning for KeyedStream.',
  },
  {
    what: 'nothing to run',
    program: 'env.fromSequence(1, 2)',
    exception: 'java.lang.IllegalStateException',
    message: 'No operators defined in streaming topology. Cannot execute.',
  },
  {
    what: 'no parallelism',
    program: 'env.fromSequence(1, 2)\n  .map(n => n).setParallelism(0)\n  .print()',
    exception: 'java.lang.IllegalArgumentException',
    message: 'The parallelism of an operator must be at least 1, or ExecutionConfig.PARALLELISM_DEFAULT (use system default).',
  },
]

describe('what Flink refuses, with its exception, its words and the line at fault', () => {
  test.each(illegal)('$what', ({ program, configuration, at, exception, message }) => {
    const problem = refused(program, configuration)
    expect(problem.code).toBe('program-exception')
    expect(problem.args).toMatchObject({ class: exception, message: expect.stringContaining(message) as string })
    if (at !== undefined) expect(problem.place).toMatchObject({ in: 'program', line: at })
  })
})
