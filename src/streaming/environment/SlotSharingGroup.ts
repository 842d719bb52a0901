import { IllegalArgumentException } from '../../core/exceptions'
import type { SlotSharingGroupSpec } from '../operators/transformation'

/** A slot sharing group with the resources its slots need. Mirrors org.apache.flink.api.common.operators.SlotSharingGroup without external resources. */
export class SlotSharingGroup {
  /** @internal */
  readonly spec: SlotSharingGroupSpec

  /** @internal */
  constructor(spec: SlotSharingGroupSpec) {
    this.spec = spec
  }

  /** Returns the group's name. */
  getName(): string {
    return this.spec.name
  }

  /** Begins the description of a group. */
  static newBuilder(name: string): SlotSharingGroup.Builder {
    return new Builder(name)
  }
}

class Builder {
  private cpuCores: number | undefined
  private heapMB: number | undefined
  constructor(private readonly name: string) {}

  setCpuCores(cpuCores: number): this {
    if (!(cpuCores > 0)) throw new IllegalArgumentException('The cpu cores should be positive.')
    this.cpuCores = cpuCores
    return this
  }

  setTaskHeapMemoryMB(taskHeapMemoryMB: number): this {
    if (!(taskHeapMemoryMB > 0)) throw new IllegalArgumentException('The task heap memory should be positive.')
    this.heapMB = taskHeapMemoryMB
    return this
  }

  build(): SlotSharingGroup {
    if (this.cpuCores !== undefined && this.heapMB !== undefined) {
      return new SlotSharingGroup({ name: this.name, resources: `cpu=${this.cpuCores}, heap=${this.heapMB}` })
    }
    if (this.cpuCores === undefined && this.heapMB === undefined) return new SlotSharingGroup({ name: this.name })
    throw new IllegalArgumentException(
      'The cpu cores and task heap memory are required when specifying the resource of a slot sharing group. You need to explicitly configure them with positive value.',
    )
  }
}

export namespace SlotSharingGroup {
  /** Describes a group step by step. */
  export interface Builder {
    /** Sets how many CPU cores a slot needs. */
    setCpuCores(cpuCores: number): this
    /** Sets how much heap memory a slot needs, in MB. */
    setTaskHeapMemoryMB(taskHeapMemoryMB: number): this
    /** Returns the group. */
    build(): SlotSharingGroup
  }
}
