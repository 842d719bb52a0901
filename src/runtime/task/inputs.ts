import type { Channel, JobVertex } from '../../graph/types'
import type { InputChannel } from '../network/inputChannel'
import { InputGate } from '../network/inputGate'
import type { NetworkSettings } from '../network/settings'
import { IndexedCombinedWatermarkStatus } from '../time/CombinedWatermarkStatus'
import type { ChainedOperatorState } from './chainedOperator'
import { MultipleInput } from './input'
import type { TaskInput } from './input'
import { NetworkInput } from './networkInput'
import type { Task } from './task'

/** What a task reads from. */
export interface BuiltInputs {
  readonly input: TaskInput
  readonly gates: readonly InputGate[]
  /** By number in the execution graph. */
  readonly channels: ReadonlyMap<number, InputChannel>
  readonly inputOf: ReadonlyMap<InputChannel, NetworkInput>
}

/** A source reads from no task. */
export const NO_CHANNELS: Omit<BuiltInputs, 'input'> = { gates: [], channels: new Map(), inputOf: new Map() }

/** One gate for each job edge; edges of one type number are one logical input (G-5). Mirrors StreamInputProcessor's factories. */
export function createInputs(
  task: Task,
  vertex: JobVertex,
  inputs: readonly Channel[],
  head: ChainedOperatorState,
  settings: NetworkSettings,
): BuiltInputs {
  const edges = task.environment.executionGraph.job.edges.filter((edge) => edge.toVertex === vertex.index)
  const typeNumbers = [...new Set(edges.map((edge) => edge.typeNumber))].sort((a, b) => a - b)
  const combined = new IndexedCombinedWatermarkStatus(typeNumbers.length)
  const gates: InputGate[] = []
  const channels = new Map<number, InputChannel>()
  const inputOf = new Map<InputChannel, NetworkInput>()
  const logical = typeNumbers.map((typeNumber, index) => {
    let valveIndex = 0
    const mine: InputGate[] = []
    for (const edge of edges) {
      if (edge.typeNumber !== typeNumber) continue
      const specs = inputs
        .filter((channel) => channel.edge === edge.index)
        .sort((a, b) => a.inputChannel - b.inputChannel)
        .map(({ id }) => ({ channel: id, producer: task.deployment.producers[id]! }))
      mine.push(new InputGate(specs, valveIndex, settings, task))
      valveIndex += specs.length
    }
    gates.push(...mine)
    const input = new NetworkInput(task, head, mine, index, combined)
    for (const channel of mine.flatMap((gate) => gate.channels)) {
      channels.set(channel.channel, channel)
      inputOf.set(channel, input)
    }
    return input
  })
  return { input: logical.length === 1 ? logical[0]! : new MultipleInput(logical), gates, channels, inputOf }
}
