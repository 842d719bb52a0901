import { expect, test } from 'vitest'
import type { Intervention } from '../scenario/types'
import { testRun } from './testRun'

const PROGRAM = `
  import { StreamExecutionEnvironment } from 'flink'
  const env = StreamExecutionEnvironment.getExecutionEnvironment()
  env.fromSequence(1, 5).setParallelism(1).rebalance().map((n) => n).setParallelism(2).print()
  env.execute()
`

test('what is not in the plan is said after planning, where it stands, and the job runs', async () => {
  const interventions: Intervention[] = [
    { at: 1000, do: 'fail-task', vertex: 1, subtask: 1 },
    { at: 1000, do: 'fail-task', vertex: 9, subtask: 0 },
    { at: 1000, do: 'decline-checkpoints', vertex: 1, subtask: 2, until: 2000 },
    { at: 1000, do: 'throw-at-record', node: 99, subtask: 0, record: 1, times: 1 },
    { at: 1000, do: 'trigger-savepoint', job: 1 },
  ]
  const run = await testRun(PROGRAM, { scenario: { interventions } })
  expect(run.header.warnings.map(({ code, place }) => `${code} ${place?.in === 'cluster' ? place.key : ''}`)).toEqual([
    'intervention-no-task interventions.2',
    'intervention-no-subtask interventions.3',
    'intervention-no-operator interventions.4',
    'intervention-no-job interventions.5',
  ])
})
