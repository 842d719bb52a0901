/** The notation of programs that the families `job-graph`, `slot-sharing` and `failover-regions` share. */
export interface ProgramCase {
  readonly environment: {
    readonly parallelism: number
    readonly maxParallelism?: number
    readonly runtimeMode?: string
    readonly disableOperatorChaining?: boolean
    readonly chainOperatorsWithDifferentMaxParallelism?: boolean
    readonly bufferTimeout?: number
    readonly checkpointingInterval?: number
    readonly unalignedCheckpoints?: boolean
    readonly configuration?: Readonly<Record<string, string>>
  }
  readonly steps: readonly Step[]
}

export interface Step {
  readonly id: string
  readonly op: string
  readonly input?: string
  readonly inputs?: readonly string[]
  readonly name?: string
  readonly uid?: string
  readonly uidHash?: string
  readonly parallelism?: number
  readonly maxParallelism?: number
  readonly bufferTimeout?: number
  readonly slotSharingGroup?: string | { readonly name: string; readonly cpu: number; readonly heapMB: number }
  readonly chaining?: 'startNewChain' | 'disableChaining'
  readonly description?: string
  readonly sourceName?: string
  readonly bounded?: boolean
  readonly strategy?: 'ALWAYS' | 'HEAD' | 'HEAD_WITH_SOURCES' | 'NEVER'
  readonly assigner?: { readonly type: string; readonly time?: string; readonly size?: number; readonly slide?: number; readonly gap?: number }
  readonly function?: string
  readonly trigger?: string
  readonly evictor?: string
  readonly lateTag?: string
  readonly tag?: string
  readonly size?: number
  readonly slide?: number
  readonly partitioner?: string
  readonly mode?: string
  readonly sink?: string
  readonly iteration?: string
}
