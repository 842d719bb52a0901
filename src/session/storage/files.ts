import { problem, ProblemError } from '../../core/problem'
import type { ReadTable } from '../../scenario/cells'
import { decodeFile, encodeFile, FILE_ENDING, type Shared } from '../../scenario/codec'
import { readTable } from '../../scenario/imports'
import { LIMITS } from '../../scenario/limits'

/** A file as the browser hands it out: read only when it is small enough. */
export interface DroppedFile {
  readonly name: string
  readonly size: number
  text(): Promise<string>
}

/** A name for the file of a scenario: letters, digits and dashes of the title, in any script. */
export const fileNameOf = (shared: Shared): string => {
  const stem = shared.scenario.name
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return `${stem === '' ? 'scenario' : stem}${FILE_ENDING}`
}

/** The scenario as a file to download. */
export const exportScenario = (shared: Shared): { readonly name: string; readonly text: string } => ({
  name: fileNameOf(shared),
  text: encodeFile(shared),
})

/** In MB, if the file is bigger than that. */
const tooBig = (file: DroppedFile, limit: number): { megabytes: number; limit: number } | null =>
  file.size > limit ? { megabytes: Math.ceil(file.size / 1048576), limit: limit / 1048576 } : null

/** Reads a dropped scenario file; rejects with ProblemError, and nothing else happens. */
export async function importScenario(file: DroppedFile): Promise<Shared> {
  const big = tooBig(file, LIMITS.scenarioFile)
  if (big !== null) throw new ProblemError(problem('file-too-big', big, { in: 'file', name: file.name }))
  const decoded = decodeFile(await file.text(), file.name)
  if ('problem' in decoded) throw new ProblemError(decoded.problem)
  return decoded
}

/** Whether a dropped file is a scenario rather than a table. */
export const isScenarioFile = (file: DroppedFile): boolean => file.name.endsWith(FILE_ENDING)

/** Reads a dropped CSV or JSON file as the table of a topic; told apart by ending, then by the first character. */
export async function importTable(file: DroppedFile, topic: string): Promise<ReadTable> {
  const big = tooBig(file, LIMITS.file)
  if (big !== null) return { problems: [problem('table-too-big', big, { in: 'events', topic })] }
  return readTable(await file.text(), file.name, topic)
}
