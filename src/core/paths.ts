/**
 * A path in one spelling, by which files are found: `file:///a//b/` and `/a/b` are the same file, as in Flink's Path with the local file system
 * as the default one. Other schemes keep theirs and their authority.
 */
export function normalPath(path: string): string {
  const found = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/s.exec(path)
  const [scheme, rest] = found === null ? ['file', path] : [found[1]!.toLowerCase(), found[2]!]
  const slashes = scheme === 'file' ? rest.replace(/^\/{2,}/, '/') : rest
  const authority = /^\/\/[^/]*/.exec(slashes)?.[0] ?? ''
  const folders = slashes
    .slice(authority.length)
    .split('/')
    .filter((part) => part !== '')
  return `${scheme === 'file' ? '' : `${scheme}:${authority}`}/${folders.join('/')}`
}

/** Of a directory: what all paths below it begin with. */
export const below = (directory: string): string => {
  const path = normalPath(directory)
  return path.endsWith('/') ? path : `${path}/`
}

/** The directory that a path lies in; of the root the root. */
export const parentOf = (path: string): string => {
  const normal = normalPath(path)
  return normal.slice(0, Math.max(normal.lastIndexOf('/'), 1))
}

export const METADATA_FILE = '_metadata'

/** The directory of a snapshot that is named by itself or by its `_metadata`. */
export const snapshotDirectory = (path: string): string => {
  const normal = normalPath(path)
  return normal.endsWith(`/${METADATA_FILE}`) ? parentOf(normal) : normal
}

/**
 * What a restore from a snapshot may read, as prefixes: the snapshot's own directory, and of a checkpoint what its job's checkpoints share (`shared`,
 * `taskowned`), which lie beside it.
 */
export function readByRestore(path: string): readonly string[] {
  const own = snapshotDirectory(path)
  const job = below(parentOf(own))
  return /\/chk-\d+$/.test(own) ? [below(own), `${job}shared/`, `${job}taskowned/`] : [below(own)]
}
