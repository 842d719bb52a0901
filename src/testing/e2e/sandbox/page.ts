import { wrap } from 'comlink'
import { Sandbox } from '../../../minicluster/sandbox/sandbox'
import hostile from './hostile?worker-text'
import naked from './naked?worker-text'

interface Hostile {
  left(): string[]
  run(code: string): string
  runSloppy(code: string): string
}

const text = (): Promise<string> => Promise.resolve(hostile)
const tools = {
  async sandbox() {
    const sandbox = await Sandbox.build({ client: text, jobmanager: text, taskmanager: text }, 'sandbox.html')
    const remote = wrap<Hostile>(sandbox.spawn('client').port)
    return { sandbox, remote }
  },
  /** What each piece of code gives, in one fresh sandbox. */
  async run(codes: readonly string[], how: 'run' | 'runSloppy' = 'run'): Promise<string[]> {
    const { sandbox, remote } = await tools.sandbox()
    const results: string[] = []
    for (const code of codes) results.push(await remote[how](code))
    sandbox.dispose()
    return results
  },
  /** The same without the fence: 'refused' where the code throws or its promise is rejected. */
  async runNaked(codes: readonly string[]): Promise<string[]> {
    const nakedText = (): Promise<string> => Promise.resolve(naked)
    const sandbox = await Sandbox.build({ client: nakedText, jobmanager: nakedText, taskmanager: nakedText }, 'sandbox.html')
    const remote = wrap<{ run(code: string): Promise<string> }>(sandbox.spawn('client').port)
    const results: string[] = []
    for (const code of codes) results.push(await remote.run(code))
    sandbox.dispose()
    return results
  },
  /** Runs codes one after another, and counts what the worker says meanwhile. */
  async countAnswers(...codes: string[]): Promise<number> {
    const sandbox = await Sandbox.build({ client: text, jobmanager: text, taskmanager: text }, 'sandbox.html')
    const { port } = sandbox.spawn('client')
    const remote = wrap<Hostile>(port)
    let count = 0
    port.addEventListener('message', () => count++)
    for (const code of codes) await Promise.race([remote.run(code), new Promise((done) => setTimeout(done, 5000))])
    await new Promise((done) => setTimeout(done, 500))
    sandbox.dispose()
    return count
  },
  async left(): Promise<string[]> {
    const { sandbox, remote } = await tools.sandbox()
    const left = await remote.left()
    sandbox.dispose()
    return left
  },
}
Object.assign(globalThis, { tools })
export type Tools = typeof tools
