import { beforeAll, expect, test, vi } from 'vitest'
import { compile } from '../client/compile'
import { startLocal } from '../minicluster/local'
import { newScenario } from '../scenario/defaults'
import { Session } from './session.svelte'

beforeAll(() => {
  vi.stubGlobal('requestAnimationFrame', (done: () => void) => setTimeout(done, 0))
  vi.stubGlobal('cancelAnimationFrame', clearTimeout)
})

const program = `import { PrintSink, StreamExecutionEnvironment } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
env.fromSequence(1, 20).sinkTo(new PrintSink())
env.execute('numbers')`

test('a run that was given up may never answer: the next one does not wait for it', async () => {
  const scenario = newScenario({ program: { language: 'typescript', text: program } })
  let starts = 0
  const session = new Session(scenario, {
    compile: async (text) => compile(text),
    resolveTopics: async () => [],
    readPlan: () => Promise.reject(new Error('no plan here')),
    async startRun(request) {
      const run = await startLocal(request)
      // What a worker does that is ended in the midst of it.
      return starts++ === 0 ? { ...run, header: run.header, advance: () => new Promise(() => {}), pause() {}, dispose() {} } : run
    },
  })
  await session.run({ play: false })
  expect(session.runner.phase).toBe('simulating')
  session.open(scenario, 'lesson')
  await session.run({ play: false })
  await vi.waitFor(() => expect(session.runner.phase).toBe('ended'), { timeout: 20_000 })
  expect(session.runner.count).toBeGreaterThan(20)
})
