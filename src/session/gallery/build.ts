import { assert } from '../../base/assert'
import { decodeFile } from '../../scenario/codec'
import type { Scenario } from '../../scenario/types'

/** Puts a scenario of the gallery together from its files; its name is in English. Throws AssertionFailure for a folder that holds none. */
export function buildScenario(name: string, files: { readonly scenario: string; readonly program: string }): Scenario {
  const held = JSON.parse(files.scenario) as Readonly<Record<string, unknown>>
  const decoded = decodeFile(JSON.stringify({ ...held, program: { language: 'typescript', text: files.program } }), `${name}/scenario.json`)
  assert(!('problem' in decoded), `${name}/scenario.json: ${JSON.stringify('problem' in decoded ? decoded.problem : null)}`)
  return decoded.scenario
}
