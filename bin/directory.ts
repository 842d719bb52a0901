import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { normalPath, readByRestore } from '../src/core/paths'
import { problem, ProblemError } from '../src/core/problem'
import type { RunFiles } from '../src/minicluster/types'
import type { FileStore } from '../src/runtime/external/fileStore'

const UNFINISHED = '.unfinished'

/** A name as a directory of any system takes it; nothing leads out of the folder. */
const nameOf = (part: string): string => (/^\.+$/.test(part) ? part.replaceAll('.', '%2E') : encodeURIComponent(part))

const told = <T>(work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw new ProblemError(problem('files-failed', { message: (error as Error).message }, { in: 'run' }))
  }
}

/**
 * The files of a run in a folder on this disk: `/a/b` lies in `folder/a/b`, `s3://bucket/a` in `folder/s3%3A/bucket/a`. What one run leaves is there for
 * the next one that is restored from it.
 */
export function filesInFolder(folder: string): RunFiles {
  const placeOf = (path: string): string =>
    join(
      folder,
      ...path
        .split('/')
        .filter((part) => part !== '')
        .map(nameOf),
    )
  const pathOf = (file: string): string => {
    const parts = relative(folder, file).split(sep).map(decodeURIComponent)
    return /^\w[\w+.-]*:$/.test(parts[0]!) ? normalPath(`${parts[0]!}//${parts.slice(1).join('/')}`) : `/${parts.join('/')}`
  }
  const all = (): string[] =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !entry.name.endsWith(UNFINISHED))
          .map((entry) => join(entry.parentPath, entry.name))
      : []
  const store: FileStore = {
    write: (path, bytes) =>
      told(() => {
        const place = placeOf(path)
        mkdirSync(dirname(place), { recursive: true })
        // Whole or not at all.
        writeFileSync(place + UNFINISHED, bytes)
        renameSync(place + UNFINISHED, place)
      }),
    read: (path) => told(() => new Uint8Array(readFileSync(placeOf(path)))),
    delete: (path) => told(() => rmSync(placeOf(path), { force: true })),
    rename: (from, to) =>
      told(() => {
        mkdirSync(dirname(placeOf(to)), { recursive: true })
        renameSync(placeOf(from), placeOf(to))
      }),
  }
  return {
    store,
    found: (path) => {
      const prefixes = readByRestore(path)
      const files = all().map((file) => ({ path: pathOf(file), size: statSync(file).size }))
      return Promise.resolve(
        files.filter((file) => prefixes.some((prefix) => file.path.startsWith(prefix))).sort((a, b) => (a.path < b.path ? -1 : 1)),
      )
    },
  }
}
