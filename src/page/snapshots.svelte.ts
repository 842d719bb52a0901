import { below, normalPath, snapshotDirectory } from '../core/paths'
import { warning, type Problem } from '../core/problem'
import { say, type Arguments, type Text } from '../i18n'
import { shell } from '../i18n/shell'
import { snapshots as texts } from '../i18n/snapshots'
import type { KeptSnapshot, StorageUse } from '../minicluster/files/storageApi'
import { toBase64Url } from '../scenario/base64url'
import type { Shared } from '../scenario/codec'
import { setOption } from '../scenario/edits'
import type { Scenario } from '../scenario/types'
import type { Session } from '../session/session.svelte'
import { bytesText } from '../trace/units'
import type { Files } from './files'
import { storage } from './services'

export const PATH = 'execution.state-recovery.path'

/** Bytes of files that are tried to go into a link: they hardly shrink, and more fits into none. */
const MOST_IN_A_LINK = 24 * 1024

/** Where the scenario starts from, as somebody wrote it; null: from nothing. */
export const startOf = ({ configuration }: Scenario): string | null =>
  configuration[PATH] ?? configuration['execution.savepoint.path'] ?? null

/** Whether the scenario brings along what it starts from. */
const carried = ({ files }: Scenario, path: string): boolean =>
  Object.keys(files ?? {}).some((file) => normalPath(file).startsWith(below(snapshotDirectory(path))))

/** Checkpoints and savepoints of this machine: listed, started from, deleted, in and out as files. */
export class Snapshots {
  list: readonly KeptSnapshot[] | null = $state.raw(null)
  use: StorageUse | null = $state.raw(null)

  constructor(
    private readonly session: Session,
    private readonly files: Files,
  ) {}

  /** The path that the scenario in hand starts from, in the spelling of the list. */
  get current(): string | null {
    const path = startOf(this.session.scenario)
    return path === null ? null : snapshotDirectory(path)
  }

  refresh(): Promise<void> {
    return this.told(async () => {
      const client = await storage()
      ;[this.list, this.use] = await Promise.all([client.list(), client.use()])
    })
  }

  /** An edit like others: the next run starts from there. */
  startFrom(path: string | null): void {
    const { session } = this
    const label = path === null ? this.t(texts.fromNothing) : this.t(texts.start)
    session.edit('cluster', (scenario) => setOption(setOption(scenario, 'execution.savepoint.path', null), PATH, path), null, label)
    const after = session.scenario
    session.tell(path === null ? this.t(texts.emptied) : this.t(texts.started, { path }), {
      label: this.t(shell.undo),
      act: () => session.scenario === after && session.undo(),
    })
  }

  remove(path: string): Promise<void> {
    return this.told(async () => {
      await (await storage()).remove(path)
      this.session.tell(this.t(texts.removed, { path }))
      await this.refresh()
    })
  }

  download(path: string): Promise<void> {
    return this.told(async () => {
      const { exportSnapshot } = await import('../session/storage/snapshotFile')
      const { name, text } = exportSnapshot(await (await storage()).bundle(path))
      this.files.download(name, new Blob([text], { type: 'application/json' }))
    })
  }

  add(file: File): Promise<void> {
    return this.told(async () => {
      const { importSnapshot } = await import('../session/storage/snapshotFile')
      const bundle = await importSnapshot(file)
      await (await storage()).add(bundle)
      this.session.tell(this.t(texts.added, { path: bundle.path }))
      await this.refresh()
    })
  }

  /** What a link takes along of the files that its scenario starts from, and what whoever sends it has to know of them. */
  async forLink(shared: Shared): Promise<{ readonly shared: Shared; readonly note: string | null }> {
    const { scenario } = shared
    const path = startOf(scenario)
    if (path === null || path === '' || carried(scenario, path)) return { shared, note: null }
    const client = await storage()
    const kept = (await client.list()).find((one) => one.path === snapshotDirectory(path))
    if (kept === undefined) return { shared, note: this.t(texts.linkNone, { path }) }
    const size = bytesText(kept.size)
    const lacks = { shared, note: this.t(texts.linkLacks, { path, size }) }
    if (kept.size > MOST_IN_A_LINK) return lacks
    const { files } = await client.bundle(path)
    const along = Object.fromEntries(files.map((file) => [file.path, toBase64Url(file.bytes)]))
    const whole: Shared = { ...shared, scenario: { ...scenario, files: { ...scenario.files, ...along } } }
    const { encodeLink } = await import('../scenario/codec')
    return 'problem' in encodeLink(whole) ? lacks : { shared: whole, note: this.t(texts.linkCarries, { path, size }) }
  }

  private async told(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      await this.files.tellError(error)
    }
  }

  private t(text: Text, args?: Arguments): string {
    return say(text, this.session.settings.get('language'), args)
  }
}

/** What to say of a scenario that starts from a path at which nothing lies; null: something does, or it starts from nothing. */
export function missingStart(scenario: Scenario, path: string, list: readonly KeptSnapshot[]): Problem | null {
  if (carried(scenario, path)) return null
  const there = list.map((one) => one.path).join(', ')
  const place = { in: 'cluster', key: PATH } as const
  return there === '' ? warning('restore-nothing', { path }, place) : warning('restore-missing', { path, there }, place)
}
