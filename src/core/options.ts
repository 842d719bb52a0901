import type { ConfigOption } from './configuration'

/**
 * Flink's configuration options, grouped by the class that declares them in Flink 1.20 and under its field names,
 * so that `config.get(PipelineOptions.AUTO_WATERMARK_INTERVAL)` reads here as there. Only those that matter to a job's
 * behaviour are listed; security, REST, deployment and the like are known by their prefix alone (see option-check.ts).
 * Durations are ms, memory is bytes. A sentence about each key is in src/i18n/scenario.ts.
 */
export interface CatalogueOption<T> extends ConfigOption<T> {
  /** Whether the simulated cluster does what the key says; a key that it ignores is accepted with a warning. */
  readonly honoured: boolean
}

type Extra = Partial<Pick<CatalogueOption<unknown>, 'choices' | 'min' | 'max'>> & { readonly old?: readonly string[] }

const INT_MAX = 2147483647
const SECOND = 1000
const MINUTE = 60 * SECOND
const KB = 1024
const MB = 1024 * KB

const option = <T>(
  type: ConfigOption<T>['type'],
  honoured: boolean,
  key: string,
  defaultValue: T,
  extra: Extra = {},
): CatalogueOption<T> => {
  const { old = [], ...limits } = extra
  return { key, type, defaultValue, fallbackKeys: old, honoured, ...limits }
}
const unset = undefined
type Unset<T> = T | undefined
/** Honoured, and (`later`) accepted but without effect. */
const on = true
const later = false

export const CoreOptions = {
  DEFAULT_PARALLELISM: option<number>('int', on, 'parallelism.default', 1, { min: 1, max: 32768 }),
}

export const PipelineOptions = {
  NAME: option<Unset<string>>('string', on, 'pipeline.name', unset),
  AUTO_WATERMARK_INTERVAL: option<number>('duration', on, 'pipeline.auto-watermark-interval', 200),
  AUTO_GENERATE_UIDS: option<boolean>('boolean', on, 'pipeline.auto-generate-uids', true),
  GENERIC_TYPES: option<boolean>('boolean', later, 'pipeline.generic-types', true),
  MAX_PARALLELISM: option<number>('int', on, 'pipeline.max-parallelism', -1, { min: -1, max: 32768 }),
  OBJECT_REUSE: option<boolean>('boolean', on, 'pipeline.object-reuse', false),
  OPERATOR_CHAINING: option<boolean>('boolean', on, 'pipeline.operator-chaining.enabled', true, { old: ['pipeline.operator-chaining'] }),
  OPERATOR_CHAINING_CHAIN_OPERATORS_WITH_DIFFERENT_MAX_PARALLELISM: option<boolean>(
    'boolean',
    on,
    'pipeline.operator-chaining.chain-operators-with-different-max-parallelism',
    true,
  ),
  VERTEX_DESCRIPTION_MODE: option<string>('enum', on, 'pipeline.vertex-description-mode', 'TREE', { choices: ['TREE', 'CASCADING'] }),
  VERTEX_NAME_INCLUDE_INDEX_PREFIX: option<boolean>('boolean', on, 'pipeline.vertex-name-include-index-prefix', false),
  ALLOW_UNALIGNED_SOURCE_SPLITS: option<boolean>('boolean', on, 'pipeline.watermark-alignment.allow-unaligned-source-splits', false),
}

export const StreamPipelineOptions = {
  /** T-21. */
  TIME_CHARACTERISTIC: option<string>('enum', on, 'pipeline.time-characteristic', 'EventTime', {
    choices: ['ProcessingTime', 'IngestionTime', 'EventTime'],
  }),
}

export const ExecutionOptions = {
  RUNTIME_MODE: option<string>('enum', on, 'execution.runtime-mode', 'STREAMING', { choices: ['STREAMING', 'BATCH', 'AUTOMATIC'] }),
  BATCH_SHUFFLE_MODE: option<string>('enum', later, 'execution.batch-shuffle-mode', 'ALL_EXCHANGES_BLOCKING', {
    choices: ['ALL_EXCHANGES_PIPELINED', 'ALL_EXCHANGES_BLOCKING', 'ALL_EXCHANGES_HYBRID_FULL', 'ALL_EXCHANGES_HYBRID_SELECTIVE'],
  }),
  BUFFER_TIMEOUT_ENABLED: option<boolean>('boolean', on, 'execution.buffer-timeout.enabled', true),
  BUFFER_TIMEOUT: option<number>('duration', on, 'execution.buffer-timeout.interval', 100, { old: ['execution.buffer-timeout'] }),
  SORT_INPUTS: option<boolean>('boolean', later, 'execution.sorted-inputs.enabled', true),
  USE_BATCH_STATE_BACKEND: option<boolean>('boolean', later, 'execution.batch-state-backend.enabled', true),
  SNAPSHOT_COMPRESSION: option<boolean>('boolean', later, 'execution.checkpointing.snapshot-compression', false),
}

export const BatchExecutionOptions = {
  ADAPTIVE_AUTO_PARALLELISM_ENABLED: option<boolean>('boolean', on, 'execution.batch.adaptive.auto-parallelism.enabled', true),
  /** Without it the environment's parallelism is the bound. */
  ADAPTIVE_AUTO_PARALLELISM_MAX_PARALLELISM: option<Unset<number>>(
    'int',
    on,
    'execution.batch.adaptive.auto-parallelism.max-parallelism',
    unset,
    { min: 1, max: 32768, old: ['jobmanager.adaptive-batch-scheduler.max-parallelism'] },
  ),
}

export const TaskManagerOptions = {
  NUM_TASK_SLOTS: option<number>('int', on, 'taskmanager.numberOfTaskSlots', 1, { min: 1, max: 1024 }),
  MEMORY_SEGMENT_SIZE: option<number>('memory', on, 'taskmanager.memory.segment-size', 32 * KB, { min: 256, max: 64 * MB }),
  NETWORK_MEMORY_FRACTION: option<number>('double', later, 'taskmanager.memory.network.fraction', 0.1, {
    min: 0,
    max: 1,
    old: ['taskmanager.network.memory.fraction'],
  }),
  NETWORK_MEMORY_MIN: option<number>('memory', later, 'taskmanager.memory.network.min', 64 * MB, {
    old: ['taskmanager.network.memory.min'],
  }),
  /** Flink: Long.MAX_VALUE bytes, no bound. */
  NETWORK_MEMORY_MAX: option<Unset<number>>('memory', later, 'taskmanager.memory.network.max', unset, {
    old: ['taskmanager.network.memory.max'],
  }),
  /** Unset: state on the heap may be as large as it wants. */
  TASK_HEAP_MEMORY: option<Unset<number>>('memory', on, 'taskmanager.memory.task.heap.size', unset),
  MANAGED_MEMORY_FRACTION: option<number>('double', later, 'taskmanager.memory.managed.fraction', 0.4, { min: 0, max: 1 }),
  MANAGED_MEMORY_SIZE: option<Unset<number>>('memory', later, 'taskmanager.memory.managed.size', unset, {
    old: ['taskmanager.memory.size'],
  }),
  TOTAL_PROCESS_MEMORY: option<Unset<number>>('memory', later, 'taskmanager.memory.process.size', unset),
  TOTAL_FLINK_MEMORY: option<Unset<number>>('memory', later, 'taskmanager.memory.flink.size', unset),
  /** Of debloated buffers. */
  MIN_MEMORY_SEGMENT_SIZE: option<number>('memory', on, 'taskmanager.memory.min-segment-size', 256, { min: 1, max: 64 * MB }),
  BUFFER_DEBLOAT_ENABLED: option<boolean>('boolean', on, 'taskmanager.network.memory.buffer-debloat.enabled', false),
  BUFFER_DEBLOAT_TARGET: option<number>('duration', on, 'taskmanager.network.memory.buffer-debloat.target', SECOND, { min: 1 }),
  BUFFER_DEBLOAT_PERIOD: option<number>('duration', on, 'taskmanager.network.memory.buffer-debloat.period', 200, { min: 1 }),
  BUFFER_DEBLOAT_SAMPLES: option<number>('int', on, 'taskmanager.network.memory.buffer-debloat.samples', 20, { min: 1 }),
  BUFFER_DEBLOAT_THRESHOLD_PERCENTAGES: option<number>('int', on, 'taskmanager.network.memory.buffer-debloat.threshold-percentages', 25, {
    min: 0,
  }),
  TASK_MANAGER_LOAD_BALANCE_MODE: option<string>('enum', on, 'taskmanager.load-balance.mode', 'NONE', { choices: ['NONE', 'SLOTS'] }),
  TASK_CANCELLATION_INTERVAL: option<number>('duration', later, 'task.cancellation.interval', 30 * SECOND, {
    old: ['task.cancellation-interval'],
  }),
  TASK_CANCELLATION_TIMEOUT: option<number>('duration', later, 'task.cancellation.timeout', 180 * SECOND),
}

export const NettyShuffleEnvironmentOptions = {
  NETWORK_BUFFERS_PER_CHANNEL: option<number>('int', on, 'taskmanager.network.memory.buffers-per-channel', 2, { min: 0, max: 4096 }),
  NETWORK_EXTRA_BUFFERS_PER_GATE: option<number>('int', on, 'taskmanager.network.memory.floating-buffers-per-gate', 8, {
    min: 0,
    max: 4096,
  }),
  NETWORK_MAX_BUFFERS_PER_CHANNEL: option<number>('int', on, 'taskmanager.network.memory.max-buffers-per-channel', 10, {
    min: 0,
    max: 4096,
  }),
  NETWORK_MAX_OVERDRAFT_BUFFERS_PER_GATE: option<number>('int', later, 'taskmanager.network.memory.max-overdraft-buffers-per-gate', 5, {
    min: 0,
    max: 4096,
  }),
}

export const JobManagerOptions = {
  SLOT_REQUEST_TIMEOUT: option<number>('duration', on, 'slot.request.timeout', 5 * MINUTE),
  SLOT_IDLE_TIMEOUT: option<number>('duration', on, 'slot.idle.timeout', 50 * SECOND),
  SCHEDULER: option<string>('enum', on, 'jobmanager.scheduler', 'Default', { choices: ['Default', 'Adaptive', 'AdaptiveBatch', 'Ng'] }),
  EXECUTION_FAILOVER_STRATEGY: option<string>('enum', on, 'jobmanager.execution.failover-strategy', 'region', {
    choices: ['region', 'full'],
  }),
  RESOURCE_WAIT_TIMEOUT: option<number>('duration', on, 'jobmanager.adaptive-scheduler.resource-wait-timeout', 5 * MINUTE),
  RESOURCE_STABILIZATION_TIMEOUT: option<number>(
    'duration',
    on,
    'jobmanager.adaptive-scheduler.resource-stabilization-timeout',
    10 * SECOND,
  ),
  MIN_PARALLELISM_INCREASE: option<number>('int', on, 'jobmanager.adaptive-scheduler.min-parallelism-increase', 1, {
    min: 1,
    max: INT_MAX,
  }),
  SCHEDULER_SCALING_INTERVAL_MIN: option<number>('duration', on, 'jobmanager.adaptive-scheduler.scaling-interval.min', 30 * SECOND),
  SCHEDULER_SCALING_INTERVAL_MAX: option<Unset<number>>('duration', on, 'jobmanager.adaptive-scheduler.scaling-interval.max', unset),
}

export const ResourceManagerOptions = {
  REQUIREMENTS_CHECK_DELAY: option<number>('duration', on, 'slotmanager.requirement-check.delay', 50),
  /** S-5: unset means the slot request timeout. */
  STANDALONE_CLUSTER_STARTUP_PERIOD_TIME: option<Unset<number>>('duration', on, 'resourcemanager.standalone.start-up-time', unset),
}

export const ClusterOptions = {
  EVENLY_SPREAD_OUT_SLOTS_STRATEGY: option<boolean>('boolean', on, 'cluster.evenly-spread-out-slots', false),
  FINE_GRAINED_SHUFFLE_MODE_ALL_BLOCKING: option<boolean>('boolean', on, 'fine-grained.shuffle-mode.all-blocking', false),
}

export const HeartbeatManagerOptions = {
  HEARTBEAT_INTERVAL: option<number>('duration', on, 'heartbeat.interval', 10 * SECOND),
  HEARTBEAT_TIMEOUT: option<number>('duration', on, 'heartbeat.timeout', 50 * SECOND),
  /** −1: only the timeout counts. */
  HEARTBEAT_RPC_FAILURE_THRESHOLD: option<number>('int', on, 'heartbeat.rpc-failure-threshold', 2, { min: -1, max: INT_MAX }),
}

export const HighAvailabilityOptions = {
  HA_MODE: option<string>('string', on, 'high-availability.type', 'NONE', { old: ['high-availability'] }),
  HA_STORAGE_PATH: option<Unset<string>>('string', on, 'high-availability.storageDir', unset),
}

const RESTART_STRATEGIES = [
  'none',
  'off',
  'disable',
  'fixed-delay',
  'fixeddelay',
  'failure-rate',
  'failurerate',
  'exponential-delay',
  'exponentialdelay',
]
/** R-1 … R-7. */
export const RestartStrategyOptions = {
  RESTART_STRATEGY: option<Unset<string>>('enum', on, 'restart-strategy.type', unset, {
    choices: RESTART_STRATEGIES,
    old: ['restart-strategy'],
  }),
  RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS: option<number>('int', on, 'restart-strategy.fixed-delay.attempts', 1, { min: 0, max: INT_MAX }),
  RESTART_STRATEGY_FIXED_DELAY_DELAY: option<number>('duration', on, 'restart-strategy.fixed-delay.delay', SECOND),
  RESTART_STRATEGY_FAILURE_RATE_MAX_FAILURES_PER_INTERVAL: option<number>(
    'int',
    on,
    'restart-strategy.failure-rate.max-failures-per-interval',
    1,
    {
      min: 1,
      max: INT_MAX,
    },
  ),
  RESTART_STRATEGY_FAILURE_RATE_FAILURE_RATE_INTERVAL: option<number>(
    'duration',
    on,
    'restart-strategy.failure-rate.failure-rate-interval',
    MINUTE,
  ),
  RESTART_STRATEGY_FAILURE_RATE_DELAY: option<number>('duration', on, 'restart-strategy.failure-rate.delay', SECOND),
  RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF: option<number>(
    'duration',
    on,
    'restart-strategy.exponential-delay.initial-backoff',
    SECOND,
    {
      min: 1,
    },
  ),
  RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF: option<number>('duration', on, 'restart-strategy.exponential-delay.max-backoff', MINUTE),
  RESTART_STRATEGY_EXPONENTIAL_DELAY_BACKOFF_MULTIPLIER: option<number>(
    'double',
    on,
    'restart-strategy.exponential-delay.backoff-multiplier',
    1.5,
  ),
  RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD: option<number>(
    'duration',
    on,
    'restart-strategy.exponential-delay.reset-backoff-threshold',
    60 * MINUTE,
    { min: 1 },
  ),
  RESTART_STRATEGY_EXPONENTIAL_DELAY_JITTER_FACTOR: option<number>('double', on, 'restart-strategy.exponential-delay.jitter-factor', 0.1, {
    min: 0,
    max: 1,
  }),
  RESTART_STRATEGY_EXPONENTIAL_DELAY_ATTEMPTS: option<number>(
    'int',
    on,
    'restart-strategy.exponential-delay.attempts-before-reset-backoff',
    INT_MAX,
    { min: 1, max: INT_MAX },
  ),
}

/** FLINK.md §6.1, and the storage keys of §5.4. */
export const CheckpointingOptions = {
  CHECKPOINTING_INTERVAL: option<Unset<number>>('duration', on, 'execution.checkpointing.interval', unset, { min: 10 }),
  CHECKPOINTING_INTERVAL_DURING_BACKLOG: option<Unset<number>>('duration', later, 'execution.checkpointing.interval-during-backlog', unset),
  CHECKPOINTING_CONSISTENCY_MODE: option<string>('enum', on, 'execution.checkpointing.mode', 'EXACTLY_ONCE', {
    choices: ['EXACTLY_ONCE', 'AT_LEAST_ONCE'],
  }),
  CHECKPOINTING_TIMEOUT: option<number>('duration', on, 'execution.checkpointing.timeout', 10 * MINUTE, { min: 10 }),
  MIN_PAUSE_BETWEEN_CHECKPOINTS: option<number>('duration', on, 'execution.checkpointing.min-pause', 0),
  MAX_CONCURRENT_CHECKPOINTS: option<number>('int', on, 'execution.checkpointing.max-concurrent-checkpoints', 1, {
    min: 1,
    max: INT_MAX,
  }),
  TOLERABLE_FAILURE_NUMBER: option<number>('int', on, 'execution.checkpointing.tolerable-failed-checkpoints', 0, {
    min: 0,
    max: INT_MAX,
  }),
  EXTERNALIZED_CHECKPOINT_RETENTION: option<string>(
    'enum',
    on,
    'execution.checkpointing.externalized-checkpoint-retention',
    'NO_EXTERNALIZED_CHECKPOINTS',
    { choices: ['DELETE_ON_CANCELLATION', 'RETAIN_ON_CANCELLATION', 'NO_EXTERNALIZED_CHECKPOINTS'] },
  ),
  ENABLE_UNALIGNED: option<boolean>('boolean', on, 'execution.checkpointing.unaligned.enabled', false, {
    old: ['execution.checkpointing.unaligned'],
  }),
  ALIGNED_CHECKPOINT_TIMEOUT: option<number>('duration', on, 'execution.checkpointing.aligned-checkpoint-timeout', 0, {
    old: ['execution.checkpointing.alignment-timeout'],
  }),
  /** Checkpoints of jobs with iterations, which lose what is on its way round. */
  FORCE_CHECKPOINTING: option<boolean>('boolean', on, 'execution.checkpointing.force', false),
  FORCE_UNALIGNED: option<boolean>('boolean', later, 'execution.checkpointing.unaligned.forced', false),
  ENABLE_UNALIGNED_INTERRUPTIBLE_TIMERS: option<boolean>(
    'boolean',
    later,
    'execution.checkpointing.unaligned.interruptible-timers.enabled',
    false,
  ),
  ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH: option<boolean>('boolean', on, 'execution.checkpointing.checkpoints-after-tasks-finish', true, {
    old: ['execution.checkpointing.checkpoints-after-tasks-finish.enabled'],
  }),
  MAX_RETAINED_CHECKPOINTS: option<number>('int', on, 'execution.checkpointing.num-retained', 1, {
    min: 1,
    max: INT_MAX,
    old: ['state.checkpoints.num-retained'],
  }),
  CHECKPOINT_STORAGE: option<Unset<string>>('string', on, 'execution.checkpointing.storage', unset, {
    old: ['state.checkpoint-storage'],
  }),
  CHECKPOINTS_DIRECTORY: option<Unset<string>>('string', on, 'execution.checkpointing.dir', unset, {
    old: ['state.checkpoints.dir', 'state.backend.fs.checkpointdir'],
  }),
  SAVEPOINT_DIRECTORY: option<Unset<string>>('string', on, 'execution.checkpointing.savepoint-dir', unset, {
    old: ['state.savepoints.dir', 'savepoints.state.backend.fs.dir'],
  }),
  INCREMENTAL_CHECKPOINTS: option<boolean>('boolean', on, 'execution.checkpointing.incremental', false, {
    old: ['state.backend.incremental'],
  }),
  FS_SMALL_FILE_THRESHOLD: option<number>('memory', on, 'execution.checkpointing.data-inline-threshold', 20 * KB, {
    max: MB,
    old: ['state.storage.fs.memory-threshold', 'state.backend.fs.memory-threshold'],
  }),
  FS_WRITE_BUFFER_SIZE: option<number>('int', later, 'execution.checkpointing.write-buffer-size', 4096, {
    min: 1,
    old: ['state.storage.fs.write-buffer-size', 'state.backend.fs.write-buffer-size'],
  }),
  LOCAL_BACKUP_ENABLED: option<boolean>('boolean', later, 'execution.checkpointing.local-backup.enabled', false),
}

export const StateBackendOptions = {
  /** D-17. A factory class name is legal in Flink too; here the name must be one that is simulated. */
  STATE_BACKEND: option<string>('enum', on, 'state.backend.type', 'hashmap', {
    choices: ['hashmap', 'rocksdb'],
    old: ['state.backend'],
  }),
}

/** RocksDB's sizes are a thousandth of Flink's defaults (64 mb, 64 mb, 256 mb), so that a small program sees flushes and compactions. */
export const RocksDBOptions = {
  WRITE_BUFFER_SIZE: option<number>('memory', on, 'state.backend.rocksdb.writebuffer.size', 64 * KB, { min: KB }),
  TARGET_FILE_SIZE_BASE: option<number>('memory', on, 'state.backend.rocksdb.compaction.level.target-file-size-base', 64 * KB, { min: KB }),
  MAX_SIZE_LEVEL_BASE: option<number>('memory', on, 'state.backend.rocksdb.compaction.level.max-size-level-base', 256 * KB, { min: KB }),
  /** Virtual µs of one access: reading a value, each file that a read looks in, writing a value. */
  READ_COST: option<number>('int', on, 'tidemark.rocksdb.read-cost', 12, { min: 0, max: 1_000_000 }),
  FILE_COST: option<number>('int', on, 'tidemark.rocksdb.file-cost', 4, { min: 0, max: 1_000_000 }),
  WRITE_COST: option<number>('int', on, 'tidemark.rocksdb.write-cost', 8, { min: 0, max: 1_000_000 }),
}

export const StateChangelogOptions = {
  ENABLE_STATE_CHANGE_LOG: option<boolean>('boolean', later, 'state.changelog.enabled', false, {
    old: ['state.backend.changelog.enabled'],
  }),
  STATE_CHANGE_LOG_STORAGE: option<string>('string', later, 'state.changelog.storage', 'memory', {
    old: ['state.backend.changelog.storage'],
  }),
  PERIODIC_MATERIALIZATION_INTERVAL: option<number>('duration', later, 'state.changelog.periodic-materialize.interval', 10 * MINUTE, {
    old: ['state.backend.changelog.periodic-materialize.interval'],
  }),
  MATERIALIZATION_MAX_FAILURES_ALLOWED: option<number>('int', later, 'state.changelog.max-failures-allowed', 3, {
    min: 0,
    old: ['state.backend.changelog.max-failures-allowed'],
  }),
}

export const StateRecoveryOptions = {
  SAVEPOINT_PATH: option<Unset<string>>('string', on, 'execution.state-recovery.path', unset, { old: ['execution.savepoint.path'] }),
  SAVEPOINT_IGNORE_UNCLAIMED_STATE: option<boolean>('boolean', on, 'execution.state-recovery.ignore-unclaimed-state', false, {
    old: ['execution.savepoint.ignore-unclaimed-state'],
  }),
  RESTORE_MODE: option<string>('enum', on, 'execution.state-recovery.claim-mode', 'NO_CLAIM', {
    choices: ['CLAIM', 'NO_CLAIM', 'LEGACY'],
    old: ['execution.savepoint-restore-mode'],
  }),
  LOCAL_RECOVERY: option<boolean>('boolean', later, 'execution.state-recovery.from-local', false, {
    old: ['state.backend.local-recovery'],
  }),
}

export const SinkOptions = {
  COMMITTER_RETRIES: option<number>('int', on, 'sink.committer.retries', 10, { min: 0 }),
}

export const WebOptions = {
  REFRESH_INTERVAL: option<number>('duration', later, 'web.refresh-interval', 3 * SECOND),
  CHECKPOINTS_HISTORY_SIZE: option<number>('int', later, 'web.checkpoints.history', 10, { min: 1 }),
  MAX_EXCEPTION_HISTORY_SIZE: option<number>('int', later, 'web.exception-history-size', 16, { min: 1 }),
}

/** Keys of our own, for what Flink has no key for: they stand in the same file and are read into the scenario's cluster. */
export const TidemarkOptions = {
  TASK_MANAGERS: option<number>('int', on, 'tidemark.taskmanagers', 2, { min: 1, max: 64, old: ['minicluster.number-of-taskmanagers'] }),
  LINK_LATENCY: option<number>('duration', on, 'tidemark.link-latency', 10, { min: 1, max: MINUTE }),
  /** Processing time at the start of the run: ms since the epoch or an ISO date, UTC without a zone. */
  CLOCK_START: option<string>('string', on, 'tidemark.clock-start', '2001-01-01T00:00:00Z'),
  /** Virtual µs an operator spends on a record, unless `tidemark.cost.<operator name>` says otherwise. */
  RECORD_COST: option<number>('int', on, 'tidemark.record-cost', 20, { min: 0, max: 60_000_000 }),
}

/** In the order in which a form shows them. */
export const OPTION_GROUPS: readonly { readonly id: string; readonly options: readonly CatalogueOption<unknown>[] }[] = [
  { id: 'core', options: Object.values(CoreOptions) },
  { id: 'pipeline', options: [...Object.values<CatalogueOption<unknown>>(PipelineOptions), ...Object.values(StreamPipelineOptions)] },
  {
    id: 'execution',
    options: [ExecutionOptions, BatchExecutionOptions].flatMap((group) => Object.values<CatalogueOption<unknown>>(group)),
  },
  { id: 'taskmanager', options: Object.values(TaskManagerOptions) },
  { id: 'network', options: Object.values(NettyShuffleEnvironmentOptions) },
  {
    id: 'jobmanager',
    options: [JobManagerOptions, ResourceManagerOptions, ClusterOptions, HeartbeatManagerOptions, HighAvailabilityOptions].flatMap(
      (group) => Object.values<CatalogueOption<unknown>>(group),
    ),
  },
  { id: 'restart', options: Object.values(RestartStrategyOptions) },
  { id: 'checkpointing', options: Object.values(CheckpointingOptions) },
  {
    id: 'state',
    options: [StateBackendOptions, RocksDBOptions, StateChangelogOptions, StateRecoveryOptions].flatMap((group) =>
      Object.values<CatalogueOption<unknown>>(group),
    ),
  },
  { id: 'other', options: [SinkOptions, WebOptions].flatMap((group) => Object.values<CatalogueOption<unknown>>(group)) },
]

/** Flink's only: our own keys (TidemarkOptions) are fields of the scenario's cluster. */
export const OPTIONS: readonly CatalogueOption<unknown>[] = OPTION_GROUPS.flatMap((group) => group.options)

/** Prefix of the keys with the virtual cost of an operator's record: `tidemark.cost.<operator name>`, whole virtual µs. */
export const COST_PREFIX = 'tidemark.cost.'
/** The option behind one `tidemark.cost.` key; undefined: the cluster's `recordCost` counts. */
export const costOption = (operatorName: string): CatalogueOption<number | undefined> =>
  option<Unset<number>>('long', on, COST_PREFIX + operatorName, unset, { min: 0, max: 60_000_000 })
