import { AssertionFailure } from '../../base/assert'
import { JavaException } from '../../core/exceptions'
import { keyGroupOf, operatorIndexOf } from '../../core/keygroups'
import type { PartitionerName } from '../../graph/types'

/** Chooses the subpartition for a record; mirrors StreamPartitioner. Each producer subtask and edge has its own. */
export interface StreamPartitioner {
  /** A record goes to all subpartitions: `selectChannel` is never asked. */
  readonly isBroadcast: boolean
  selectChannel(value: unknown): number
}

/** FORWARD and GLOBAL: always subpartition 0. */
class FirstPartitioner implements StreamPartitioner {
  readonly isBroadcast = false
  selectChannel(): number {
    return 0
  }
}

/**
 * REBALANCE: `next = (next + 1) % n`. Flink begins at a random channel; here `next` begins at 0 with n channels, so the
 * first record goes to 1 % n, the same in every run.
 */
class RebalancePartitioner implements StreamPartitioner {
  readonly isBroadcast = false
  private next = 0
  constructor(private readonly channels: number) {}
  selectChannel(): number {
    this.next = (this.next + 1) % this.channels
    return this.next
  }
}

/** RESCALE: round robin over the producer's own few channels, from channel 0 on. */
class RescalePartitioner implements StreamPartitioner {
  readonly isBroadcast = false
  private next = -1
  constructor(private readonly channels: number) {}
  selectChannel(): number {
    if (++this.next >= this.channels) this.next = 0
    return this.next
  }
}

class ShufflePartitioner implements StreamPartitioner {
  readonly isBroadcast = false
  constructor(
    private readonly channels: number,
    private readonly nextInt: (bound: number) => number,
  ) {}
  selectChannel(): number {
    return this.nextInt(this.channels)
  }
}

class BroadcastPartitioner implements StreamPartitioner {
  readonly isBroadcast = true
  selectChannel(): number {
    throw new AssertionFailure('a broadcast partitioner was asked for a channel')
  }
}

/** What Flink's own classes throw belongs to the call that chose the partitioner; it works inside the operator before it. */
function placed(error: unknown, line: number | undefined): unknown {
  if (error instanceof JavaException) error.line ??= line
  return error
}

/** HASH: the key's group, then the subtask that owns it (K-3, K-4), by the target's max parallelism (G-4). */
class KeyGroupStreamPartitioner implements StreamPartitioner {
  readonly isBroadcast = false
  constructor(
    private readonly channels: number,
    private readonly maxParallelism: number,
    private readonly hashOfKey: (value: unknown) => number,
    private readonly line: number | undefined,
  ) {}
  selectChannel(value: unknown): number {
    try {
      return operatorIndexOf(keyGroupOf(this.hashOfKey(value), this.maxParallelism), this.maxParallelism, this.channels)
    } catch (error) {
      throw placed(error, this.line)
    }
  }
}

/** CUSTOM: what the user's function answers to (key, n); another channel than there is fails as in Java. */
class CustomPartitionerWrapper implements StreamPartitioner {
  readonly isBroadcast = false
  constructor(
    private readonly channels: number,
    private readonly partition: (value: unknown, channels: number) => number,
    private readonly line: number | undefined,
  ) {}
  selectChannel(value: unknown): number {
    const channel = this.partition(value, this.channels)
    if (!Number.isInteger(channel) || channel < 0 || channel >= this.channels) {
      const message = `Index ${channel} out of bounds for length ${this.channels}`
      throw placed(new JavaException('java.lang.ArrayIndexOutOfBoundsException', message), this.line)
    }
    return channel
  }
}

/** What a partitioner asks of its task: `hashOfKey` for HASH, `partition` for CUSTOM. */
export interface PartitionerNeeds {
  readonly channels: number
  /** Of the target vertex. */
  readonly maxParallelism: number
  readonly nextInt: (bound: number) => number
  /** Java hash code of a record's key. */
  readonly hashOfKey: (value: unknown) => number
  readonly partition: (value: unknown, channels: number) => number
  /** Of the program, where the partitioner was chosen. */
  readonly line?: number | undefined
}

/** The partitioner of one producer subtask and edge; what it sends on depends on what it has sent before. */
export function createPartitioner(name: PartitionerName, needs: PartitionerNeeds): StreamPartitioner {
  switch (name) {
    case 'FORWARD':
    case 'GLOBAL':
      return new FirstPartitioner()
    case 'REBALANCE':
      return new RebalancePartitioner(needs.channels)
    case 'RESCALE':
      return new RescalePartitioner(needs.channels)
    case 'SHUFFLE':
      return new ShufflePartitioner(needs.channels, needs.nextInt)
    case 'BROADCAST':
      return new BroadcastPartitioner()
    case 'HASH':
      return new KeyGroupStreamPartitioner(needs.channels, needs.maxParallelism, needs.hashOfKey, needs.line)
    case 'CUSTOM':
      return new CustomPartitionerWrapper(needs.channels, needs.partition, needs.line)
  }
}
