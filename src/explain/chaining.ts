import { GraphIndex } from '../graph/chaining'
import type { OperatorEdit } from '../graph/edits'
import type { ChainBreak, StreamEdge, StreamGraph } from '../graph/types'
import type { Arguments, Text } from '../i18n'
import { graphView } from '../i18n/graphView'
import { chainBreaks } from '../i18n/views'

/** A text that still wants its language. */
export interface Saying {
  readonly text: Text
  readonly args?: Arguments
}

/** One edit of the program that would chain two operators, or cut them, and what it does in a few words. */
export interface Offer {
  readonly edit: OperatorEdit
  readonly label: Saying
}

/** What there is to say about an edge of the program: why it is not inside a task, and what of the program would change that (G-17). */
export interface EdgeWords {
  readonly from: string
  readonly to: string
  readonly partitioner: string
  readonly chained: boolean
  /** A source that its consumer takes in as an input (G-18). */
  readonly folded: boolean
  /** Why not, the reason to mend first in front; each with the edits that would mend it. */
  readonly reasons: readonly { readonly short: Saying; readonly sentence: Saying; readonly offers: readonly Offer[] }[]
  /** For a chained edge: what would cut it. */
  readonly cuts: readonly Offer[]
  readonly outputTag?: string | undefined
}

const indices = new WeakMap<StreamGraph, GraphIndex>()
const indexOf = (graph: StreamGraph): GraphIndex => {
  let index = indices.get(graph)
  if (index === undefined) indices.set(graph, (index = new GraphIndex(graph)))
  return index
}

/** `chained`: whether the job graph has the edge inside a task. null for an edge that the graph does not have. */
export function edgeWords(graph: StreamGraph, edge: number, chained: boolean): EdgeWords | null {
  const found = graph.edges[edge]
  if (found === undefined) return null
  const index = indexOf(graph)
  const from = index.node(found.from)
  const to = index.node(found.to)
  const breaks = index.chainBreaks(found)
  return {
    from: from.name,
    to: to.name,
    partitioner: found.partitioner.name,
    chained,
    folded: chained && breaks.length > 0,
    reasons: chained ? [] : breaks.map((cut) => ({ short: shortOf(cut), sentence: sentenceOf(cut), offers: offersFor(index, found, cut) })),
    cuts: chained && breaks.length === 0 ? cutsOf(found, to.name, to.role === 'sink') : [],
    outputTag: found.outputTag,
  }
}

/** What cut an edge, in a word or two; null for what the partitioner's name says already. */
export function shortOf(cut: ChainBreak): Saying {
  const { args } = cut
  switch (cut.rule) {
    case 'partitioner':
      return { text: { en: '{partitioner}', zh: '{partitioner}' }, args }
    case 'parallelism':
      return { text: graphView.cutParallelism, args: counted(args) }
    case 'slot-sharing-group':
      return { text: graphView.cutGroup, args }
    case 'several-inputs':
      return { text: graphView.cutInputs }
    case 'downstream-head':
      return { text: graphView.cutHead }
    case 'downstream-never':
    case 'upstream-never':
      return { text: graphView.cutNever }
    case 'chaining-disabled':
      return { text: graphView.cutDisabled }
    case 'no-operator':
      return { text: graphView.cutOperator }
    case 'yielding-behind-legacy-source':
      return { text: graphView.cutYielding }
    case 'max-parallelism':
      return { text: graphView.cutMax, args }
    case 'exchange-mode':
      return { text: graphView.cutExchange }
  }
}

export function sentenceOf(cut: ChainBreak): Saying {
  const { rule, args } = cut
  const byStrategy = rule === 'downstream-head' || rule === 'downstream-never' || rule === 'upstream-never'
  if (byStrategy && args.by === 'sorted-inputs') return { text: graphView.sorted }
  if (byStrategy && args.by === 'operator') return { text: rule === 'downstream-head' ? graphView.headByItself : graphView.neverByItself }
  return { text: chainBreaks[rule], args: rule === 'parallelism' ? counted(args) : args }
}

/** Parallelism that is decided at run time is no number yet. */
const counted = (args: Arguments): Arguments =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, Number(value) < 1 ? '?' : value]))

const on = (code: string, operator: string): Saying => ({ text: graphView.addTo, args: { code, operator } })
const without = (code: string): Saying => ({ text: graphView.remove, args: { code } })

/** Edits of one line each that would mend one reason. Whether the text allows them is for the preview to say. */
function offersFor(index: GraphIndex, edge: StreamEdge, cut: ChainBreak): readonly Offer[] {
  const up = index.node(edge.from)
  const down = index.node(edge.to)
  // What an operator is by its kind, or by the sorting of its input, is nothing that the program says.
  if (cut.args.by === 'operator' || cut.args.by === 'sorted-inputs') return []
  switch (cut.rule) {
    case 'partitioner':
      if (edge.partitioner.name === 'HASH') return []
      return [
        {
          edit: { node: down.id, set: 'partitioner', value: 'none', from: up.id },
          label: without(`.${edge.call ?? edge.partitioner.name.toLowerCase()}()`),
        },
      ]
    case 'parallelism':
      return [
        { edit: { node: down.id, set: 'parallelism', value: up.parallelism }, label: on(`.setParallelism(${up.parallelism})`, down.name) },
        { edit: { node: up.id, set: 'parallelism', value: down.parallelism }, label: on(`.setParallelism(${down.parallelism})`, up.name) },
      ]
    case 'max-parallelism':
      if (up.maxParallelism < 1) return []
      return [
        {
          edit: { node: down.id, set: 'maxParallelism', value: up.maxParallelism },
          label: on(`.setMaxParallelism(${up.maxParallelism})`, down.name),
        },
      ]
    case 'slot-sharing-group':
      return [
        {
          edit: { node: down.id, set: 'slotSharingGroup', value: up.slotSharingGroup },
          label: on(`.slotSharingGroup('${up.slotSharingGroup}')`, down.name),
        },
        {
          edit: { node: up.id, set: 'slotSharingGroup', value: down.slotSharingGroup },
          label: on(`.slotSharingGroup('${down.slotSharingGroup}')`, up.name),
        },
      ]
    case 'downstream-head':
      return [{ edit: { node: down.id, set: 'chaining', value: 'default' }, label: without('.startNewChain()') }]
    case 'downstream-never':
      return [{ edit: { node: down.id, set: 'chaining', value: 'default' }, label: without('.disableChaining()') }]
    case 'upstream-never':
      return [{ edit: { node: up.id, set: 'chaining', value: 'default' }, label: without('.disableChaining()') }]
    case 'chaining-disabled':
      return [{ edit: { node: down.id, set: 'jobChaining', value: 'enabled' }, label: without('env.disableOperatorChaining()') }]
    default:
      return []
  }
}

const cutsOf = (edge: StreamEdge, down: string, isSink: boolean): readonly Offer[] => [
  isSink
    ? { edit: { node: edge.to, set: 'chaining', value: 'disableChaining' }, label: on('.disableChaining()', down) }
    : { edit: { node: edge.to, set: 'chaining', value: 'startNewChain' }, label: on('.startNewChain()', down) },
  { edit: { node: edge.to, set: 'partitioner', value: 'rebalance', from: edge.from }, label: on('.rebalance()', down) },
]
