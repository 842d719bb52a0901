/**
 * What interventions break, as everyone may work it out: plain data that all processes of a run have from the start, asked with the moment at hand. Nobody
 * may look ahead with it. Times are virtual µs.
 */
export interface FaultSettings {
  /** Hosts that die: whatever runs on them ends at that time, and nothing reaches them from then on. */
  readonly deaths: readonly { readonly at: number; readonly host: number }[]
  /**
   * Between two hosts nothing gets through, either way, from `at` until before `until`; then what was sent meanwhile arrives, as TCP sends it again.
   * Who has given the other up by then does not listen to it any more.
   */
  readonly cuts: readonly { readonly at: number; readonly until: number; readonly hosts: readonly [number, number] }[]
  /** The file system from then on, until the next of these. */
  readonly disk: readonly ({ readonly at: number } & DiskSettings)[]
  /** External systems that answer nothing from `at` until before `until`; what is asked of them meanwhile fails. */
  readonly outages: readonly { readonly at: number; readonly until: number; readonly system: string; readonly intervention: number }[]
  /** The JobManager's process is not there from `at` until before `until`; who is there then knows nothing of what was said before. */
  readonly downs: readonly { readonly at: number; readonly until: number }[]
  /** Subtasks (of the job graph's vertices) whose asynchronous part of a snapshot fails if it ends from `at` until before `until`. */
  readonly declines: readonly {
    readonly at: number
    readonly until: number
    readonly vertex: number
    readonly subtask: number
    readonly intervention: number
  }[]
}

/** How a file system does. */
export interface DiskSettings {
  /** Virtual ms until the first byte. */
  readonly latency: number
  /** Bytes in a virtual ms, > 0. */
  readonly bandwidth: number
  /** Bytes that fit; null: any number. What does not fit fails as a full disk does. */
  readonly capacity: number | null
  /** Every write fails. */
  readonly failing: boolean
}

export const NO_FAULTS: FaultSettings = { deaths: [], cuts: [], disk: [], outages: [], downs: [], declines: [] }

/** Whether the host is (still) there. */
export const isAlive = ({ deaths }: FaultSettings, host: number, now: number): boolean =>
  !deaths.some((death) => death.host === host && death.at <= now)

export const isCut = ({ cuts }: FaultSettings, from: number, to: number, now: number): boolean =>
  cuts.some(({ at, until, hosts: [a, b] }) => now >= at && now < until && ((a === from && b === to) || (a === to && b === from)))

/** When what is sent now leaves: at once, or at the end of a cut. */
export function leavesAt(faults: FaultSettings, from: number, to: number, now: number): number {
  let time = now
  for (;;) {
    const at = time
    const cut = faults.cuts.find((one) => isCut({ ...faults, cuts: [one] }, from, to, at))
    if (cut === undefined) return time
    time = cut.until
  }
}

/** Whether the JobManager's process is there. */
export const isJobManagerUp = ({ downs }: FaultSettings, now: number): boolean => !downs.some(({ at, until }) => now >= at && now < until)

/** Which intervention makes the subtask's snapshots fail now; undefined: none does. */
export const declinesNow = ({ declines }: FaultSettings, vertex: number, subtask: number, now: number): number | undefined =>
  declines.find((one) => one.vertex === vertex && one.subtask === subtask && now >= one.at && now < one.until)?.intervention

/** Which intervention has the system answer nothing now; undefined: none does. */
export const outNow = ({ outages }: FaultSettings, system: string, now: number): number | undefined =>
  outages.find((outage) => outage.system === system && now >= outage.at && now < outage.until)?.intervention
