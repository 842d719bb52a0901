import { METADATA_FILE, normalPath, parentOf, readByRestore, snapshotDirectory } from '../../src/core/paths'
import type { FileRow, RunRow } from './shelf'

/** A checkpoint or savepoint as it lies on the shelf. */
export interface Snapshot {
  /** Its directory. */
  readonly path: string
  readonly run: RunRow
  readonly metadata: FileRow
  /** All that a restore may read, the metadata included. */
  readonly rows: readonly FileRow[]
}

const isSavepoint = (directory: string): boolean => /\/savepoint-[^/]+$/.test(directory)

/**
 * What outlives its run: savepoints, and checkpoints that the configuration has kept; of the same path that of the last run. In order of path. A
 * directory without metadata is no snapshot: whatever wrote it was cut short.
 */
export function snapshotsOf(rows: readonly FileRow[], runs: readonly RunRow[]): readonly Snapshot[] {
  const byId = new Map(runs.map((run) => [run.id, run]))
  const byRun = new Map<string, FileRow[]>()
  for (const row of rows) {
    const of = byRun.get(row.run)
    if (of === undefined) byRun.set(row.run, [row])
    else of.push(row)
  }
  const newest = new Map<string, Snapshot>()
  for (const metadata of rows) {
    const run = byId.get(metadata.run)
    if (run === undefined || !metadata.path.endsWith(`/${METADATA_FILE}`)) continue
    const path = parentOf(metadata.path)
    if (!isSavepoint(path) && !run.retains) continue
    const before = newest.get(path)
    if (before !== undefined && before.run.started > run.started) continue
    const read = readByRestore(path)
    newest.set(path, { path, run, metadata, rows: byRun.get(run.id)!.filter((row) => read.some((prefix) => row.path.startsWith(prefix))) })
  }
  return [...newest.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** The snapshot that a path names: its directory, or the metadata in it. */
export const snapshotAt = (snapshots: readonly Snapshot[], path: string): Snapshot | undefined =>
  snapshots.find((snapshot) => snapshot.path === snapshotDirectory(normalPath(path)))

const keyOf = ({ run, path }: FileRow): string => `${run} ${path}`

/** Files that nobody will ask for any more: of runs that are over, and in no snapshot but those that are `leaving`. */
export function unwanted(
  rows: readonly FileRow[],
  runs: readonly RunRow[],
  isOver: (run: string) => boolean,
  leaving: readonly Snapshot[] = [],
): readonly FileRow[] {
  const staying = snapshotsOf(rows, runs).filter(({ path, run }) => !leaving.some((one) => one.path === path && one.run.id === run.id))
  const wanted = new Set(staying.flatMap((snapshot) => snapshot.rows.map(keyOf)))
  const left = new Set(leaving.flatMap((snapshot) => snapshot.rows.map(keyOf)))
  return rows.filter((row) => !wanted.has(keyOf(row)) && (isOver(row.run) || left.has(keyOf(row))))
}
