import { normalPath, readByRestore } from '../../core/paths'
import { problem, ProblemError } from '../../core/problem'
import type { SnapshotBundle } from '../../minicluster/files/storageApi'
import { fromBase64Url, toBase64Url } from '../../scenario/base64url'
import { LIMITS } from '../../scenario/limits'
import type { DroppedFile } from './files'

const ENDING = '.tidemark-snapshot.json'
const VERSION = 1

/** Whether a dropped file is a checkpoint or savepoint. */
export const isSnapshotFile = (file: Pick<DroppedFile, 'name'>): boolean => file.name.endsWith(ENDING)

/** A checkpoint or savepoint as one file to download. */
export function exportSnapshot({ path, name, at, files }: SnapshotBundle): { readonly name: string; readonly text: string } {
  const directory = path.slice(path.lastIndexOf('/') + 1)
  const contents = Object.fromEntries(files.map((file) => [file.path, toBase64Url(file.bytes)]))
  return {
    name: `${directory}${ENDING}`,
    text: JSON.stringify({ tidemark: 'snapshot', version: VERSION, path, name, at, files: contents }),
  }
}

/** Reads such a file, or a part of a scenario's `files`; rejects with ProblemError, and nothing else happens. */
export async function importSnapshot(file: DroppedFile): Promise<SnapshotBundle> {
  const place = { in: 'file', name: file.name } as const
  if (file.size > LIMITS.fileText) {
    const limit = Math.floor(LIMITS.fileText / 1048576)
    throw new ProblemError(problem('file-too-big', { megabytes: Math.ceil(file.size / 1048576), limit }, place))
  }
  const bundle = bundleOf(await file.text())
  if (bundle === null) throw new ProblemError(problem('snapshot-file', {}, place))
  return bundle
}

/** null: it is none, or only a part of one. */
function bundleOf(text: string): SnapshotBundle | null {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof read !== 'object' || read === null) return null
  const { tidemark, version, path, name, at, files } = read as Record<string, unknown>
  if (tidemark !== 'snapshot' || version !== VERSION || typeof path !== 'string' || typeof name !== 'string') return null
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0 || typeof files !== 'object' || files === null) return null
  const entries = Object.entries(files)
  if (entries.length === 0 || entries.length > LIMITS.files) return null
  const prefixes = readByRestore(path)
  const found: { path: string; bytes: Uint8Array }[] = []
  for (const [key, content] of entries) {
    const bytes = typeof content === 'string' ? fromBase64Url(content) : null
    // It may bring nothing but what a restore from it reads.
    if (bytes === null || key.length > LIMITS.filePath || !prefixes.some((prefix) => normalPath(key).startsWith(prefix))) return null
    found.push({ path: normalPath(key), bytes })
  }
  return { path: normalPath(path), name: name.slice(0, 200), at, files: found }
}
