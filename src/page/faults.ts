import { say, type Language, type Text } from '../i18n'
import { interventions as texts } from '../i18n/interventions'
import { DEFAULT_DISK } from '../scenario/faults'
import { LIMITS } from '../scenario/limits'
import type { Intervention, Scenario, Selection } from '../scenario/types'
import type { ClusterState } from '../trace/cluster/state'
import type { TraceHeader } from '../trace/types'
import { costText } from './offers'

const FAULTS = [
  'kill-task-manager',
  'kill-job-manager',
  'cut-link',
  'fail-task',
  'throw-at-record',
  'decline-checkpoints',
  'set-disk',
  'system-outage',
  'trigger-checkpoint',
  'trigger-savepoint',
  'stop-with-savepoint',
] as const
export const FAULT_KINDS: readonly FaultKind[] = FAULTS
export type FaultKind = (typeof FAULTS)[number]
export type Fault = Extract<Intervention, { readonly do: FaultKind }>

export const isFault = (intervention: Intervention): intervention is Fault => (FAULTS as readonly string[]).includes(intervention.do)

/** One of a kind at a moment, to be changed in its form. `span`: virtual µs that one can see. */
export function faultOf(kind: FaultKind, at: number, span: number, header: TraceHeader | null): Fault {
  const until = at + span
  const vertices = header?.executionGraph.job.vertices ?? []
  const node = vertices.at(-1)?.chain[0]?.node ?? 1
  switch (kind) {
    case 'kill-task-manager':
      return { at, do: kind, host: 1 }
    case 'kill-job-manager':
      return { at, do: kind, downtime: 1_000_000 }
    case 'cut-link':
      return { at, do: kind, hosts: [1, 2], until }
    case 'fail-task':
      return { at, do: kind, vertex: 0, subtask: 0 }
    case 'throw-at-record':
      return { at, do: kind, node, subtask: 0, record: 1, times: 1 }
    case 'decline-checkpoints':
      return { at, do: kind, vertex: 0, subtask: 0, until }
    case 'set-disk':
      return { at, do: kind, ...DEFAULT_DISK, failing: true }
    case 'system-outage':
      return { at, do: kind, system: 'out', until }
    case 'trigger-checkpoint':
    case 'trigger-savepoint':
      return { at, do: kind }
    case 'stop-with-savepoint':
      return { at, do: kind, drain: false }
  }
}

export const hostName = (host: number): string => (host === 0 ? 'jobmanager' : `taskmanager-${host}`)

/** `flights #2`, as far as the run on screen knows the operator. */
export const thingName = (header: TraceHeader | null, node: number, subtask: number): string =>
  `${header?.streamGraph.nodes.find(({ id }) => id === node)?.name ?? node} #${subtask + 1}`

/** What it does, in words. */
export function faultText(fault: Fault, header: TraceHeader | null, language: Language): string {
  const t = (text: Text, args?: Record<string, string | number>): string => say(text, language, args)
  const task = (vertex: number, subtask: number): string => `${header?.executionGraph.job.vertices[vertex]?.name ?? vertex} #${subtask + 1}`
  switch (fault.do) {
    case 'kill-task-manager':
      return t(texts.killOne, { name: hostName(fault.host) })
    case 'kill-job-manager':
      return t(texts.killJobManager, { span: costText(fault.downtime) })
    case 'cut-link':
      return t(texts.cutOne, {
        a: hostName(fault.hosts[0]),
        b: hostName(fault.hosts[1]),
        span: costText(Math.max(0, fault.until - fault.at)),
      })
    case 'fail-task':
      return t(texts.failOne, { thing: task(fault.vertex, fault.subtask) })
    case 'throw-at-record':
      return t(texts.throwOne, { thing: thingName(header, fault.node, fault.subtask), record: fault.record, times: fault.times })
    case 'decline-checkpoints':
      return t(texts.declineOne, { thing: task(fault.vertex, fault.subtask), span: costText(Math.max(0, fault.until - fault.at)) })
    case 'set-disk':
      if (fault.failing) return t(texts.diskFails)
      if (fault.capacity === 0) return t(texts.diskFull)
      return t(texts.diskOne, { latency: fault.latency, bandwidth: fault.bandwidth })
    case 'system-outage':
      return t(texts.outageOne, { system: fault.system, span: costText(Math.max(0, fault.until - fault.at)) })
    case 'trigger-checkpoint':
      return t(texts.checkpointOne)
    case 'trigger-savepoint':
      return t(texts.savepointOne)
    case 'stop-with-savepoint':
      return t(fault.drain ? texts.drainOne : texts.stopWithOne)
  }
}

/** One field of a fault's form. */
export type Field =
  | {
      readonly is: 'number'
      readonly label: Text
      /** null: empty, where that is possible. */
      readonly value: number | null
      readonly unit: string
      /** What is stored is so many times what is shown. */
      readonly scale: number
      readonly least: number
      readonly most: number
      readonly canBeEmpty?: true
      readonly set: (value: number | null) => Fault
    }
  | { readonly is: 'text'; readonly label: Text; readonly value: string; readonly set: (value: string) => Fault }
  | { readonly is: 'flag'; readonly label: Text; readonly value: boolean; readonly set: (value: boolean) => Fault }

const number = (label: Text, value: number, least: number, most: number, set: (value: number) => Fault, unit = '', scale = 1): Field => ({
  is: 'number',
  label,
  value,
  unit,
  scale,
  least,
  most,
  set: (n) => set(n ?? value),
})

const HOSTS = 2 * LIMITS.taskManagers
const SUBTASKS = 32_767

export function fieldsOf(fault: Fault): readonly Field[] {
  const until = (of: Extract<Fault, { readonly until: number }>): Field =>
    number(texts.fieldUntil, of.until, 0, LIMITS.time, (n) => ({ ...of, until: n }), 's', 1e6)
  switch (fault.do) {
    case 'kill-task-manager':
      return [number(texts.fieldHost, fault.host, 1, HOSTS, (host) => ({ ...fault, host }))]
    case 'kill-job-manager':
      return [number(texts.fieldDowntime, fault.downtime, 0, LIMITS.time, (downtime) => ({ ...fault, downtime }), 's', 1e6)]
    case 'cut-link': {
      const [a, b] = fault.hosts
      return [
        number(texts.fieldFrom, a, 0, HOSTS, (n) => ({ ...fault, hosts: [n, b] })),
        number(texts.fieldTo, b, 0, HOSTS, (n) => ({ ...fault, hosts: [a, n] })),
        until(fault),
      ]
    }
    case 'fail-task':
      return [
        number(texts.fieldVertex, fault.vertex, 0, SUBTASKS, (vertex) => ({ ...fault, vertex })),
        number(texts.fieldSubtask, fault.subtask, 0, SUBTASKS, (subtask) => ({ ...fault, subtask })),
      ]
    case 'decline-checkpoints':
      return [
        number(texts.fieldVertex, fault.vertex, 0, SUBTASKS, (vertex) => ({ ...fault, vertex })),
        number(texts.fieldSubtask, fault.subtask, 0, SUBTASKS, (subtask) => ({ ...fault, subtask })),
        until(fault),
      ]
    case 'throw-at-record':
      return [
        number(texts.fieldNode, fault.node, 0, 1e6, (node) => ({ ...fault, node })),
        number(texts.fieldSubtask, fault.subtask, 0, SUBTASKS, (subtask) => ({ ...fault, subtask })),
        number(texts.fieldRecord, fault.record, 1, 1e9, (record) => ({ ...fault, record })),
        number(texts.fieldTimes, fault.times, 1, 1e6, (times) => ({ ...fault, times })),
      ]
    case 'set-disk':
      return [
        number(texts.fieldLatency, fault.latency, 0, 1e6, (latency) => ({ ...fault, latency }), 'ms'),
        number(texts.fieldBandwidth, fault.bandwidth, 1, 1e9, (bandwidth) => ({ ...fault, bandwidth }), 'B/ms'),
        {
          is: 'number',
          label: texts.fieldCapacity,
          value: fault.capacity,
          unit: 'B',
          scale: 1,
          least: 0,
          most: 1e12,
          canBeEmpty: true,
          set: (capacity) => ({ ...fault, capacity }),
        },
        { is: 'flag', label: texts.fieldFailing, value: fault.failing, set: (failing) => ({ ...fault, failing }) },
      ]
    case 'system-outage':
      return [{ is: 'text', label: texts.fieldSystem, value: fault.system, set: (system) => ({ ...fault, system }) }, until(fault)]
    case 'trigger-checkpoint':
      return []
    case 'trigger-savepoint':
      return [
        {
          is: 'flag',
          label: texts.fieldNative,
          value: fault.native ?? false,
          set: (native) =>
            native
              ? { ...fault, native }
              : {
                  at: fault.at,
                  do: fault.do,
                  ...(fault.job === undefined ? {} : { job: fault.job }),
                  ...(fault.directory === undefined ? {} : { directory: fault.directory }),
                },
        },
      ]
    case 'stop-with-savepoint':
      return [{ is: 'flag', label: texts.fieldDrain, value: fault.drain, set: (drain) => ({ ...fault, drain }) }]
  }
}

/** What can be broken of a thing at a moment. */
export function faultsOn(
  thing: Selection | null,
  header: TraceHeader,
  state: ClusterState | null,
  at: number,
  span: number,
): readonly Fault[] {
  const until = at + span
  if (thing?.kind === 'subtask') {
    const { vertex, subtask } = thing
    const node = header.executionGraph.job.vertices[vertex]!.chain.at(-1)!.node
    return [
      { at, do: 'fail-task', vertex, subtask },
      { at, do: 'throw-at-record', node, subtask, record: 1, times: 1 },
      { at, do: 'decline-checkpoints', vertex, subtask, until },
    ]
  }
  if (thing?.kind === 'channel' && state !== null) {
    const channel = state.graph.channels[thing.channel]
    if (channel === undefined) return []
    const hostOf = (index: number): number => state.slotHost[state.graph.vertices[index]!.sharedSlot] ?? -1
    const hosts = [hostOf(channel.from), hostOf(channel.to)] as const
    return hosts[0] < 0 || hosts[1] < 0 || hosts[0] === hosts[1] ? [] : [{ at, do: 'cut-link', hosts, until }]
  }
  if (thing?.kind === 'taskManager') return [{ at, do: 'cut-link', hosts: [0, thing.host], until }]
  return []
}

/** What one asks of the first job, and of the JobManager. */
export const jobFaults = (at: number): readonly Fault[] => [
  { at, do: 'trigger-checkpoint' },
  { at, do: 'trigger-savepoint' },
  { at, do: 'stop-with-savepoint', drain: false },
  { at, do: 'stop-with-savepoint', drain: true },
  { at, do: 'kill-job-manager', downtime: 1_000_000 },
]

/** The file system slow, full, failing, and as it was at the start. */
export function diskFaults(at: number, { fileSystem }: Pick<Scenario, 'fileSystem'>): readonly (readonly [Text, Fault])[] {
  const normal = { ...DEFAULT_DISK, ...fileSystem, capacity: fileSystem?.capacity ?? null }
  return [
    [texts.diskSlow, { at, do: 'set-disk', ...normal, latency: 1000, bandwidth: Math.max(1, normal.bandwidth / 1000) }],
    [texts.diskFull, { at, do: 'set-disk', ...normal, capacity: 0 }],
    [texts.diskFails, { at, do: 'set-disk', ...normal, failing: true }],
    [texts.diskNormal, { at, do: 'set-disk', ...normal }],
  ]
}
