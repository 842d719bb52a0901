import type { Configuration } from '../../core/configuration'
import { NettyShuffleEnvironmentOptions, TaskManagerOptions } from '../../core/options'

/** Sizes of buffers and pools (N-1 … N-4), read once a task. */
export interface NetworkSettings {
  /** Bytes of one buffer. */
  readonly segmentSize: number
  /** Exclusive buffers of an input channel: its initial credit. */
  readonly exclusivePerChannel: number
  /** Floating buffers of an input gate. */
  readonly floatingPerGate: number
  /** Buffers that one subpartition may hold before its task counts as back-pressured. */
  readonly maxPerChannel: number
}

export const networkSettings = (configuration: Configuration): NetworkSettings => ({
  segmentSize: configuration.get(TaskManagerOptions.MEMORY_SEGMENT_SIZE),
  exclusivePerChannel: configuration.get(NettyShuffleEnvironmentOptions.NETWORK_BUFFERS_PER_CHANNEL),
  floatingPerGate: configuration.get(NettyShuffleEnvironmentOptions.NETWORK_EXTRA_BUFFERS_PER_GATE),
  maxPerChannel: configuration.get(NettyShuffleEnvironmentOptions.NETWORK_MAX_BUFFERS_PER_CHANNEL),
})

/** N-3: buffers that a gate with n channels may fill. */
export const gateSize = (channels: number, { exclusivePerChannel, floatingPerGate }: NetworkSettings): number =>
  channels * exclusivePerChannel + floatingPerGate

/** N-2: the pool of a result partition with n subpartitions. We always have the upper bound: network memory is plentiful here. */
export const outputPoolSize = (subpartitions: number): number => 2 * subpartitions + 8
