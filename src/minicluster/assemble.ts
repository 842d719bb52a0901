import { assert } from '../base/assert'
import type { CompiledProgram } from '../client/types'
import { evaluate, lineOfError } from '../client'
import { Configuration } from '../core/configuration'
import type { FaultSettings } from '../core/faults'
import { TaskManagerOptions } from '../core/options'
import { ProcessingClock } from '../core/processingClock'
import type { ClockSetting } from '../core/processingClock'
import type { Problem } from '../core/problem'
import { problem, ProblemError } from '../core/problem'
import type { ExecutionGraph, Plan, StreamGraph } from '../graph/types'
import { planOf } from '../graph/plan'
import type { ProgramJob } from '../graph/union'
import { addressOf } from '../kernel/types'
import type { HostSpec, Injection, KernelConfig, Process } from '../kernel/types'
import { Prng } from '../base/prng'
import { fileSystemAddress, outsideAddress, ReplayableLog, serviceAddress } from '../runtime/external/log'
import { MemoryFileStore, type FileStore } from '../runtime/external/fileStore'
import { FileSystemProcess, type FileAtStart } from '../runtime/external/fileSystem'
import { CLIENT_STREAM } from '../runtime/deployment'
import type { JobEnvironment, MainLine } from '../runtime/deployment'
import { JobManagerHost } from '../runtime/jobmanager/jobManagerHost'
import { operatorFactory } from '../runtime/operators'
import { checkJobs, tooFewSlots } from './jobChecks'
import { topicsOfHeader, unpackTopics, type PackedTopic } from './packedTopics'
import { injectionsOf, startsOf } from './injections'
import { refusalOf } from './refusal'
import { Task } from '../runtime/task/task'
import { TaskManager } from '../runtime/taskmanager/taskManager'
import { faultsOf } from '../scenario/faults'
import { fromBase64Url } from '../scenario/base64url'
import { checkAgainstPlan } from './interventionChecks'
import { withInterventions } from '../scenario/arrivals'
import { runIdentity, scenarioHash } from '../scenario/identity'
import type { Intervention, ResolvedTopic, Scenario, Service } from '../scenario/types'
import type { TraceHeader } from '../trace/types'
import type { RunRequest } from './types'

/**
 * Everything that a host's processes are made of, on whatever thread: plain data. Host 0 is the JobManager, 1 … n are the
 * TaskManagers, those that come later included, n + 1 is the replayable log, and the external services beside it.
 */
export interface HostInput {
  readonly role: 'jobmanager' | 'taskmanager' | 'log'
  readonly compiled: CompiledProgram
  readonly streamGraph: StreamGraph
  readonly executionGraph: ExecutionGraph
  /** As submitted, and with the program's own settings on top. */
  readonly submitted: Readonly<Record<string, string>>
  readonly configuration: Readonly<Record<string, string>>
  readonly seed: number
  readonly run: string
  readonly tracing: boolean
  readonly clockStart: number
  readonly clockSettings: readonly ClockSetting[]
  readonly linkLatency: number
  readonly recordCost: number
  readonly faults: FaultSettings
  /** Number of partitions, by topic. */
  readonly partitions: Readonly<Record<string, number>>
  readonly logHost: number
  /** External services: on the log's host, in this order. */
  readonly services: readonly Service[]
  /** JobManager: what the program's main part printed. */
  readonly mainOutput: readonly MainLine[]
  /** Log: what falls silent and comes late of its topics. */
  readonly interventions: readonly Intervention[]
  /** Log: the files that are there at the start. */
  readonly files: readonly FileAtStart[]
  /** Log: the topics with their records, packed if they came from another thread. */
  readonly topics: readonly ResolvedTopic[]
  readonly packed?: readonly PackedTopic[]
}

/** A scenario as a kernel takes it. */
export interface Assembly {
  readonly header: TraceHeader
  readonly kernel: KernelConfig
  readonly inputs: ReadonlyMap<number, HostInput>
  readonly injections: readonly Injection[]
  /** Why none of this can be simulated, though the graphs can be looked at; null: it can. */
  readonly refusal: Problem | null
}

const MICROS_PER_MILLI = 1000

/** Evaluates the program's main part and plans the job. Throws ProblemError, or one of Flink's exceptions, for what the user can mend. */
export function assemble(request: RunRequest): Assembly {
  const { scenario, topics, tracing } = request
  const { cluster } = scenario
  const mainOutput: MainLine[] = []
  const plan = planProgram(request, mainOutput)
  const { streamGraph, executionGraph } = plan
  checkJobs(plan.jobGraph, Configuration.fromMap(scenario.configuration))
  const configuration = { ...scenario.configuration, ...streamGraph.configuration }
  const slots = Configuration.fromMap(configuration).get(TaskManagerOptions.NUM_TASK_SLOTS)
  const starts = startsOf(scenario)
  const logHost = starts.length + 1
  const hosts = hostsOf(starts.length)
  const linkLatency = cluster.linkLatency * MICROS_PER_MILLI
  const shared = {
    compiled: request.compiled,
    streamGraph,
    executionGraph,
    submitted: scenario.configuration,
    configuration,
    seed: scenario.seed,
    run: runIdentity(scenario),
    tracing,
    clockStart: cluster.clockStart,
    clockSettings: scenario.interventions
      .filter((intervention) => intervention.do === 'set-clock')
      .map(({ at, running, forward }) => ({ at, running, forward })),
    linkLatency,
    recordCost: cluster.recordCost,
    faults: faultsOf(scenario),
    partitions: Object.fromEntries(topics.map(({ name, partitions }) => [name, partitions.length])),
    logHost,
    services: scenario.services ?? [],
  }
  const inputs = new Map<number, HostInput>()
  for (const { host } of hosts) {
    const role = host === 0 ? 'jobmanager' : host === logHost ? 'log' : 'taskmanager'
    inputs.set(host, {
      ...shared,
      role,
      mainOutput: role === 'jobmanager' ? mainOutput : [],
      topics: role === 'log' ? topics : [],
      interventions: role === 'log' ? scenario.interventions : [],
      files: role === 'log' ? filesOfScenario(scenario) : [],
    })
  }
  return {
    header: {
      scenarioHash: scenarioHash(scenario),
      streamGraph,
      executionGraph,
      hosts: hosts.map(({ host, name }) => {
        const { role } = inputs.get(host)!
        if (role !== 'taskmanager') return { host, name, kind: role === 'log' ? 'external' : role, slots: 0 }
        const startsAt = starts[host - 1]!
        return { host, name, kind: role, slots, ...(startsAt === 0 ? {} : { startsAt }) }
      }),
      topics: topicsOfHeader(topics),
      clockStart: cluster.clockStart,
      linkLatency,
      interventions: scenario.interventions,
      warnings: [
        ...plan.warnings,
        ...tooFewSlots(plan.jobGraph, Configuration.fromMap(scenario.configuration), slots * starts.length),
        ...checkAgainstPlan(scenario.interventions, plan),
      ],
    },
    // The kernel always writes: how much a run says about itself is the runtime's own affair (JobEnvironment.tracing).
    kernel: { seed: scenario.seed, hosts, lookahead: linkLatency, latency: () => linkLatency, tracing: true, faults: shared.faults },
    inputs,
    injections: injectionsOf(scenario, hosts, starts),
    refusal: refusalOf(plan),
  }
}

function hostsOf(taskManagers: number): readonly HostSpec[] {
  const hosts: HostSpec[] = [{ host: 0, name: 'jobmanager' }]
  for (let i = 1; i <= taskManagers; i++) hosts.push({ host: i, name: `taskmanager-${i}` })
  hosts.push({ host: taskManagers + 1, name: 'log' })
  return hosts
}

/** Evaluates the program's main part, with the run's own clock and dice, and plans its jobs; what it prints is appended to `mainOutput`. */
export const planProgram = (request: RunRequest, mainOutput: MainLine[]): Plan =>
  planOf(jobsOf(request, mainOutput), Configuration.fromMap(request.scenario.configuration))

/** What the program submits, in order. */
export function jobsOf({ scenario, compiled, topics }: RunRequest, mainOutput: MainLine[]): readonly ProgramJob[] {
  const configuration = Configuration.fromMap(scenario.configuration)
  const random = new Prng(scenario.seed, CLIENT_STREAM)
  const { jobs } = evaluate(compiled, {
    configuration,
    services: (scenario.services ?? []).map(({ name }) => name),
    now: () => scenario.cluster.clockStart,
    nextUint32: () => random.nextUint32(),
    print: (line, submitted) => void mainOutput.push({ line, submitted }),
  })
  for (const node of jobs.flatMap(({ streamGraph }) => streamGraph.nodes)) {
    const { source, topic } = node.operator.params
    if (source === 'log' && !topics.some(({ name }) => name === topic))
      throw new ProblemError(unknownTopic(String(topic), topics, node.line))
  }
  return jobs
}

const unknownTopic = (topic: string, topics: readonly ResolvedTopic[], line: number | undefined): Problem =>
  problem(
    topics.length === 0 ? 'topic-none' : 'topic-unknown',
    { topic, topics: topics.map(({ name }) => name).join(', ') },
    line === undefined ? { in: 'run' } : { in: 'program', line },
  )

const filesOfScenario = ({ files }: Scenario): readonly FileAtStart[] =>
  Object.entries(files ?? {}).map(([path, text]) => {
    // What is no base64url at all is a file with nothing in it, which no restore takes for a snapshot.
    const bytes = fromBase64Url(text) ?? new Uint8Array()
    return { path, size: bytes.length, bytes }
  })

/**
 * The root process of a host, from nothing but its arguments: works on any thread.
 * @param store where the file system of that thread keeps its bytes
 */
export function createRoot(spec: HostSpec, input: HostInput, store: FileStore = new MemoryFileStore()): Process {
  const environment = environmentOf(input)
  switch (input.role) {
    case 'jobmanager':
      return new JobManagerHost(environment, input.mainOutput, [
        environment.log,
        ...Object.values(environment.services),
        environment.outside,
      ])
    case 'taskmanager':
      return new TaskManager(environment, (environmentOfTask, deployment) => new Task(environmentOfTask, deployment, operatorFactory))
    case 'log':
      return new ReplayableLog(
        withInterventions(input.packed === undefined ? input.topics : unpackTopics(input.packed), input.interventions),
        input.services,
        new FileSystemProcess({ disk: input.faults.disk, files: input.files, tracing: input.tracing }, store),
      )
    default:
      assert(false, `host ${spec.name} has no role`)
  }
}

function environmentOf(input: HostInput): JobEnvironment {
  return {
    streamGraph: input.streamGraph,
    executionGraph: input.executionGraph,
    submitted: Configuration.fromMap(input.submitted),
    configuration: Configuration.fromMap(input.configuration),
    seed: input.seed,
    run: input.run,
    tracing: input.tracing,
    clock: new ProcessingClock(input.clockStart, input.clockSettings),
    linkLatency: input.linkLatency,
    recordCost: input.recordCost,
    topics: input.partitions,
    log: addressOf(input.logHost, 0),
    fileSystem: fileSystemAddress(input.logHost, input.services.length),
    outside: outsideAddress(input.logHost, input.services.length),
    faults: input.faults,
    services: Object.fromEntries(input.services.map(({ name }, index) => [name, serviceAddress(input.logHost, index)])),
    program: {
      evaluate: (world) => evaluate(input.compiled, world),
      lineOf: lineOfError,
    },
  }
}
