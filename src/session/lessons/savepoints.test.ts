import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile } from '../../client/compile'
import { StateRecoveryOptions } from '../../core/options'
import { runToEnd } from '../../minicluster/headless'
import { startLocal } from '../../minicluster/local'
import { MemoryFileStore } from '../../runtime/external/fileStore'
import { toBase64Url } from '../../scenario/base64url'
import { resolveTopics } from '../../scenario/topics'
import type { Scenario } from '../../scenario/types'
import { buildScenario } from '../gallery/build'

/**
 * A scenario that begins from a savepoint has the program that wrote it beside it: before.ts, and in before.json what else was different. What
 * the scenario brings along is what that run leaves; UPDATE=1 writes it anew, for when programs, formats or ids have changed.
 */
const root = join(__dirname, '../../../lessons')
const folders = readdirSync(root, { withFileTypes: true })
  .filter((part) => part.isDirectory())
  .flatMap((part) => readdirSync(join(root, part.name)).map((name) => `${part.name}/${name}`))
  .filter((folder) => existsSync(join(root, folder, 'before.ts')))

type Raw = Record<string, unknown> & {
  readonly topics: readonly { readonly name: string }[]
  readonly configuration: Record<string, string>
}
interface Before {
  readonly configuration?: Record<string, string>
  readonly interventions: readonly unknown[]
  /** By topic: how its records came then. */
  readonly arrivals?: Readonly<Record<string, unknown>>
}

const text = (folder: string, file: string): string => readFileSync(join(root, folder, file), 'utf8')
const PATH = StateRecoveryOptions.SAVEPOINT_PATH.key

/** The scenario of the run that wrote the savepoint. */
function scenarioBefore(folder: string, scenario: Raw): Scenario {
  const before = JSON.parse(text(folder, 'before.json')) as Before
  const recovery = Object.values(StateRecoveryOptions).map(({ key }) => key as string)
  const own = Object.entries(scenario.configuration).filter(([key]) => !recovery.includes(key))
  const raw = {
    ...scenario,
    files: {},
    configuration: { ...Object.fromEntries(own), ...before.configuration },
    interventions: before.interventions,
    topics: scenario.topics.map((topic) => ({ ...topic, ...(before.arrivals?.[topic.name] === undefined ? {} : { arrival: before.arrivals[topic.name] }) })), // prettier-ignore
  }
  return buildScenario(folder, { scenario: JSON.stringify(raw), program: text(folder, 'before.ts') })
}

/** The savepoints that are left when the run is over. */
async function savepointsOf(scenario: Scenario): Promise<Record<string, string>> {
  const files = new Map<string, Uint8Array>()
  const store = new (class extends MemoryFileStore {
    override write(path: string, bytes: Uint8Array): void {
      super.write(path, bytes)
      files.set(path, bytes)
    }
    override delete(path: string): void {
      super.delete(path)
      files.delete(path)
    }
    override rename(from: string, to: string): void {
      super.rename(from, to)
      files.set(to, this.read(to))
      files.delete(from)
    }
  })()
  const topics = await resolveTopics(scenario, () => Promise.reject(new Error('lessons with savepoints have their data with them')))
  const request = { scenario, compiled: compile(scenario.program.text), topics, tracing: false }
  await runToEnd({ ...request, files: { store, found: () => Promise.resolve([]) } }, { start: startLocal, onPage: () => {}, until: 60e6 })
  const kept = [...files].filter(([path]) => path.includes('/savepoint-')).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(kept.map(([path, bytes]) => [path, toBase64Url(bytes)]))
}

describe.each(folders)('%s', (folder) => {
  test('begins from what its earlier run left', async () => {
    const held = JSON.parse(text(folder, 'scenario.json')) as { readonly scenario?: Raw } & Raw
    const scenario = held.scenario ?? held
    const files = await savepointsOf(scenarioBefore(folder, scenario))
    const path = Object.keys(files)[0]?.replace(/\/[^/]*$/, '')
    expect(path).toBeDefined()
    const same = JSON.stringify(files) === JSON.stringify(scenario['files']) && scenario.configuration[PATH] === path
    if (process.env.UPDATE !== undefined && !same) {
      const fresh = { ...scenario, files, configuration: { ...scenario.configuration, [PATH]: path! } }
      writeFileSync(
        join(root, folder, 'scenario.json'),
        JSON.stringify(held.scenario === undefined ? fresh : { ...held, scenario: fresh }, null, 2),
      )
      return
    }
    expect(scenario['files']).toEqual(files)
    expect(scenario.configuration[PATH]).toBe(path)
  })
})
