import type { Configuration } from '../../core/configuration'
import { IllegalArgumentException } from '../../core/exceptions'
import {
  CheckpointingOptions,
  CoreOptions,
  ExecutionOptions,
  PipelineOptions,
  StateChangelogOptions,
  StreamPipelineOptions,
} from '../../core/options'
import type { StateBackend } from '../state/backends'
import { CheckpointConfig } from './CheckpointConfig'
import type { CheckpointingMode } from './CheckpointingMode'
import type { ExecutionContext } from './context'
import { ExecutionConfig } from './ExecutionConfig'
import { RestartStrategies, type RestartStrategyConfiguration } from './RestartStrategies'
import type { RuntimeExecutionMode } from './RuntimeExecutionMode'
import { Settings } from './settings'
import type { SlotSharingGroup } from './SlotSharingGroup'
import { TimeCharacteristic } from './TimeCharacteristic'

/** What an environment holds for all operators that do not say theirs. */
export abstract class EnvironmentSettings {
  /** @internal */
  readonly context: ExecutionContext
  /** @internal */
  readonly settings: Settings
  /** @internal Resources of slot sharing groups, by name. */
  readonly groupResources = new Map<string, string>()
  private readonly config: ExecutionConfig
  private readonly checkpointConfig: CheckpointConfig
  private stateBackend: StateBackend | null = null
  private restartStrategy: RestartStrategyConfiguration | null = null

  /** @internal */
  constructor(context: ExecutionContext) {
    this.context = context
    this.settings = new Settings(context.configuration, () => context.currentLine())
    this.config = new ExecutionConfig(this.settings)
    this.checkpointConfig = new CheckpointConfig(this.settings)
  }

  /** Returns the settings of execution. */
  getConfig(): ExecutionConfig {
    return this.config
  }

  /** Sets the parallelism of operators that do not say theirs. */
  setParallelism(parallelism: number): this {
    this.settings.setParallelism(parallelism)
    return this
  }

  /** Returns the parallelism of operators that do not say theirs. */
  getParallelism(): number {
    return this.settings.get(CoreOptions.DEFAULT_PARALLELISM)
  }

  /** Sets the number of key groups of operators that do not say theirs: to how many subtasks they can ever be scaled. */
  setMaxParallelism(maxParallelism: number): this {
    this.settings.setMaxParallelism(maxParallelism)
    return this
  }

  /** Returns the number of key groups of operators that do not say theirs, −1 if it was never set. */
  getMaxParallelism(): number {
    return this.settings.get(PipelineOptions.MAX_PARALLELISM)
  }

  /** Sets after how many ms a buffer that is not full is sent all the same; 0 sends every record at once, −1 only full buffers. */
  setBufferTimeout(timeoutMillis: number): this {
    if (!(timeoutMillis >= -1)) throw new IllegalArgumentException('Timeout of buffer must be non-negative or -1')
    if (timeoutMillis === -1) this.settings.set(ExecutionOptions.BUFFER_TIMEOUT_ENABLED, 'false')
    else this.settings.set(ExecutionOptions.BUFFER_TIMEOUT, `${timeoutMillis} ms`)
    return this
  }

  /** Returns after how many ms a buffer that is not full is sent, −1 for never. */
  getBufferTimeout(): number {
    return this.settings.get(ExecutionOptions.BUFFER_TIMEOUT_ENABLED) ? this.settings.get(ExecutionOptions.BUFFER_TIMEOUT) : -1
  }

  /** Runs every operator in a task of its own. */
  disableOperatorChaining(): this {
    this.settings.set(PipelineOptions.OPERATOR_CHAINING, 'false')
    return this
  }

  /** Returns whether operators may share a task. */
  isChainingEnabled(): boolean {
    return this.settings.get(PipelineOptions.OPERATOR_CHAINING)
  }

  /** Takes a checkpoint of all state every `interval` ms. */
  enableCheckpointing(interval: number, mode?: CheckpointingMode): this {
    if (!(interval >= 10)) throw new IllegalArgumentException('Checkpoint interval must be larger than or equal to 10 ms')
    this.settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, `${interval} ms`)
    if (mode !== undefined) this.settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, mode)
    return this
  }

  /** Takes over settings under Flink's own keys. */
  configure(configuration: Configuration): void {
    this.settings.setAll(configuration)
  }

  /** Sets whether the job reads its input as a stream or as a whole. */
  setRuntimeMode(executionMode: RuntimeExecutionMode): this {
    this.settings.set(ExecutionOptions.RUNTIME_MODE, executionMode)
    return this
  }

  /** Says what resources the slots of a group need, for all operators that name the group. */
  registerSlotSharingGroup(slotSharingGroup: SlotSharingGroup): this {
    const { name, resources } = slotSharingGroup.spec
    if (resources !== undefined) this.groupResources.set(name, resources)
    return this
  }

  /** Returns whether operators of different max parallelism may share a task. */
  isChainingOfOperatorsWithDifferentMaxParallelismEnabled(): boolean {
    return this.settings.get(PipelineOptions.OPERATOR_CHAINING_CHAIN_OPERATORS_WITH_DIFFERENT_MAX_PARALLELISM)
  }

  /** Returns the settings of checkpoints. */
  getCheckpointConfig(): CheckpointConfig {
    return this.checkpointConfig
  }

  /** Returns how often a checkpoint is taken, in ms; −1 for never. */
  getCheckpointInterval(): number {
    return this.checkpointConfig.getCheckpointInterval()
  }

  /** Returns whether every record counts once, or at least once. */
  getCheckpointingMode(): CheckpointingMode {
    return this.checkpointConfig.getCheckpointingMode()
  }

  /** Returns whether every record counts once, or at least once. */
  getCheckpointingConsistencyMode(): CheckpointingMode {
    return this.checkpointConfig.getCheckpointingMode()
  }

  /** Returns whether barriers may overtake records. */
  isUnalignedCheckpointsEnabled(): boolean {
    return this.checkpointConfig.isUnalignedCheckpointsEnabled()
  }

  /** Sets where keyed state lives. */
  setStateBackend(backend: StateBackend): this {
    for (const [option, value] of backend.settings) this.settings.set(option, value)
    this.stateBackend = backend
    return this
  }

  /** Returns where keyed state lives, as far as the program said it. */
  getStateBackend(): StateBackend | null {
    return this.stateBackend
  }

  /** Writes every change of state to a log beside the state. */
  enableChangelogStateBackend(enabled: boolean): this {
    this.settings.set(StateChangelogOptions.ENABLE_STATE_CHANGE_LOG, String(enabled))
    return this
  }

  /** Sets where savepoints are written if nobody says it. */
  setDefaultSavepointDirectory(savepointDirectory: string): this {
    this.settings.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, savepointDirectory)
    return this
  }

  /** Sets what to do when the job fails. @deprecated use the keys `restart-strategy.…` */
  setRestartStrategy(restartStrategyConfiguration: RestartStrategyConfiguration): void {
    for (const [option, value] of restartStrategyConfiguration.settings ?? []) this.settings.set(option, value)
    this.restartStrategy = restartStrategyConfiguration
  }

  /** Returns what to do when the job fails. @deprecated use the keys `restart-strategy.…` */
  getRestartStrategy(): RestartStrategyConfiguration {
    return this.restartStrategy ?? RestartStrategies.fallBackRestart()
  }

  /** Sets which time the whole job counts. @deprecated windows and timers say it themselves */
  setStreamTimeCharacteristic(characteristic: TimeCharacteristic): void {
    this.settings.set(StreamPipelineOptions.TIME_CHARACTERISTIC, characteristic)
    this.config.setAutoWatermarkInterval(characteristic === TimeCharacteristic.ProcessingTime ? 0 : 200)
  }

  /** Returns which time the whole job counts. @deprecated windows and timers say it themselves */
  getStreamTimeCharacteristic(): TimeCharacteristic {
    return this.settings.get(StreamPipelineOptions.TIME_CHARACTERISTIC) as TimeCharacteristic
  }
}
