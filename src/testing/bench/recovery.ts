import { encodeLink } from '../../scenario/codec'
import { newScenario } from '../../scenario/defaults'
import type { Intervention, Scenario } from '../../scenario/types'
import { launch } from '../browser'
import { open, servePlayground } from '../e2e/playground'

const KEYS = 10_000
const BYTES = 1000

/** A text of 1,000 characters for each of 10,000 keys: 10 MB of state, all of it there after two virtual seconds or so. */
const PROGRAM = `
import { DataGeneratorSource, DiscardingSink, KeyedProcessFunction, StreamExecutionEnvironment, ValueStateDescriptor, WatermarkStrategy } from 'flink'

class Keep extends KeyedProcessFunction {
  open() {
    this.text = this.getRuntimeContext().getState(new ValueStateDescriptor('text'))
  }
  processElement(n, ctx, out) {
    if (this.text.value() === null) this.text.update(String(n).padStart(${BYTES}, '.'))
  }
}
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.setParallelism(2)
env.fromSource(new DataGeneratorSource(n => n % ${KEYS}, 40000), WatermarkStrategy.noWatermarks(), 'numbers').keyBy(n => n).process(new Keep()).sinkTo(new DiscardingSink())
env.execute('ten megabytes')
`

const scenarioWith = (interventions: readonly Intervention[]): Scenario =>
  newScenario({
    name: 'ten megabytes',
    program: { language: 'typescript', text: PROGRAM },
    configuration: {
      'taskmanager.numberOfTaskSlots': '1',
      'execution.checkpointing.interval': '1 s',
      'execution.checkpointing.dir': 'file:///checkpoints',
      'restart-strategy.type': 'fixed-delay',
      'restart-strategy.fixed-delay.attempts': '10',
      'restart-strategy.fixed-delay.delay': '10 ms',
      'heartbeat.interval': '100 ms',
    },
    cluster: { ...newScenario().cluster, recordCost: 200 },
    interventions,
  })

export interface RecoveryBench {
  readonly stateMb: number
  /** Real ms from Run to the end of the run, without and with a TaskManager killed and replaced; medians. */
  readonly calmMs: number
  readonly killedMs: number
  /** What the failure cost: finding it, reading state out of IndexedDB, replaying what was behind the checkpoint. */
  readonly recoveryMs: number
}

const median = (numbers: readonly number[]): number => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]!

/** In a real browser, by the playground as built in dist/: in turn with and without the failure. */
export async function benchRecovery(rounds = 5): Promise<RecoveryBench> {
  const browser = await launch()
  const { url, close } = await servePlayground()
  const kill: readonly Intervention[] = [
    { at: 3_500_000, do: 'kill-task-manager', host: 2 },
    { at: 3_500_000, do: 'start-task-manager' },
  ]
  const times = { calm: [] as number[], killed: [] as number[] }
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [name, interventions] of [
        ['calm', []],
        ['killed', kill],
      ] as const) {
        const link = encodeLink({ scenario: scenarioWith(interventions), bookmark: { time: 0, views: ['jobs'] } })
        if ('problem' in link) throw new Error(link.problem.code)
        const { page, context } = await open(browser, `${url}#${link.fragment}`)
        const button = page.getByRole('banner').getByRole('button', { name: /^Run/ })
        await button.waitFor()
        const took = await page.evaluate(async () => {
          const run = [...document.querySelectorAll<HTMLButtonElement>('header button, [role=banner] button')].find((one) =>
            one.textContent.trim().startsWith('Run'),
          )!
          const started = performance.now()
          run.click()
          while (!document.body.innerText.includes('The run has ended')) await new Promise((done) => setTimeout(done, 5))
          return performance.now() - started
        })
        // The first of each warms up.
        if (round > 0) times[name].push(took)
        await context.close()
      }
    }
  } finally {
    await browser.close()
    await close()
  }
  const [calmMs, killedMs] = [median(times.calm), median(times.killed)]
  return {
    stateMb: (KEYS * BYTES) / 1e6,
    calmMs: Math.round(calmMs),
    killedMs: Math.round(killedMs),
    recoveryMs: Math.round(killedMs - calmMs),
  }
}
