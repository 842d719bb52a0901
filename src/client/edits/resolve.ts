import { problem, type Problem } from '../../core/problem'
import type { OperatorEdit } from '../../graph/edits'
import type { StreamGraph, StreamNode } from '../../graph/types'
import { addBehind, remove, type Change } from './changes'
import { locate, SETTERS, settersBehind, type Place } from './locate'
import { partitionerChanges } from './partitioner'
import type { Call, ProgramText } from './programText'
import { isTimeEdit, timeChanges } from './timeEdits'

const SETTER_OF = {
  parallelism: 'setParallelism',
  maxParallelism: 'setMaxParallelism',
  slotSharingGroup: 'slotSharingGroup',
  uid: 'uid',
  name: 'name',
} as const

/** What one edit asks of the text; else why the text cannot be changed for it. */
export function resolve(program: ProgramText, graph: StreamGraph, edit: OperatorEdit): readonly Change[] | Problem {
  const node = graph.nodes.find(({ id }) => id === edit.node)
  if (node === undefined) return problem('edit-no-line', { operator: edit.node })
  const refused = refusal(node, edit)
  if (refused !== null) return refused
  if (edit.set === 'jobChaining') return chainingOfJob(program, graph)
  const place = locate(program, graph, node)
  if ('code' in place) return place
  if (isTimeEdit(edit)) return timeChanges(program, node, place, edit)
  switch (edit.set) {
    case 'partitioner':
      return partitionerChanges(program, graph, node, place, edit)
    case 'chaining':
      return chainingChanges(program, node, place, edit.value)
    default:
      return setterChanges(program, place, SETTER_OF[edit.set], edit.value)
  }
}

const MOST_PARALLEL = 32768

/** What no program text would make right. */
function refusal(node: StreamNode, edit: OperatorEdit): Problem | null {
  switch (edit.set) {
    case 'parallelism':
    case 'maxParallelism':
      if (!Number.isInteger(edit.value) || edit.value < 1 || edit.value > MOST_PARALLEL)
        return problem('edit-value', { value: edit.value, max: MOST_PARALLEL })
      return edit.value === node[edit.set] ? same(node) : null
    case 'slotSharingGroup':
      if (edit.value.trim() === '') return problem('edit-empty', { operator: node.name })
      return edit.value === node.slotSharingGroup ? same(node) : null
    case 'uid':
    case 'name':
      if (edit.value.trim() === '') return problem('edit-empty', { operator: node.name })
      return edit.value === node[edit.set] ? same(node) : null
    default:
      return null
  }
}
const same = (node: StreamNode): Problem => problem('edit-same', { operator: node.name })

/** Replaces the value of a setter that the operator has, or gives it one. */
function setterChanges(program: ProgramText, place: Place, setter: string, value: number | string): readonly Change[] | Problem {
  const found = settersOf(program, place, setter)
  if ('code' in found) return found
  const written = typeof value === 'number' ? String(value) : program.quoted(value)
  const last = found.at(-1)
  if (last === undefined) return [addBehind(program, place.setters.at(-1) ?? place.call, place.call, `.${setter}(${written})`)]
  const literal = program.literalOf(last)
  if (literal === null || typeof literal.value !== typeof value) return expression(program, last)
  return [{ start: literal.start, end: literal.end, text: written }]
}

const expression = (program: ProgramText, call: Call): Problem => {
  const line = program.lineOfToken(call.nameAt)
  return problem('edit-expression', { call: call.name, line, text: program.argumentText(call) }, { in: 'program', line })
}

/**
 * Setters of one name on an operator in the order in which they run: in its chain, then through the variable that it is kept in. A problem
 * if there are several of the latter, or the variable is not always this operator.
 */
function settersOf(program: ProgramText, { call, setters }: Place, name: string): readonly Call[] | Problem {
  const inChain = setters.filter((setter) => setter.name === name)
  const variable = program.variableOf(setters.at(-1) ?? call)
  if (variable === null) return inChain
  const reads = program.readsOf(variable)
  const later = (reads ?? readsOfAny(program, variable)).flatMap((read) => {
    const first = program.callBehind(read)
    if (first === null || !SETTERS.has(first.name)) return []
    return [first, ...settersBehind(program, first)].filter((setter) => setter.name === name)
  })
  if (later.length === 0) return inChain
  if (reads !== null && later.length === 1) return [...inChain, later[0]!]
  const line = program.lineOfToken(later.at(-1)!.nameAt)
  return problem('edit-elsewhere', { call: name, line, variable }, { in: 'program', line })
}

/** Wherever a name is read that cannot be told to be one variable. */
const readsOfAny = (program: ProgramText, variable: string): readonly number[] =>
  program.calls.filter(({ dot }) => program.textAt(dot - 1) === variable && !program.isDot(dot - 2)).map(({ dot }) => dot - 1)

/** G-20. */
function chainingChanges(
  program: ProgramText,
  node: StreamNode,
  place: Place,
  value: 'default' | 'startNewChain' | 'disableChaining',
): readonly Change[] | Problem {
  const wanted: Call[] = []
  const others: Call[] = []
  for (const name of ['startNewChain', 'disableChaining'] as const) {
    const found = settersOf(program, place, name)
    if ('code' in found) return found
    ;(name === value ? wanted : others).push(...found)
  }
  const gone = others.map((call) => remove(program, call))
  if (value === 'default') return gone.length > 0 ? gone : problem('edit-nothing', { operator: node.name }, lineOf(program, place.call))
  if (wanted.length > 0) return gone.length > 0 ? gone : same(node)
  if (value === 'startNewChain' && /^(sinkTo|addSink|print|printToErr|writeAs\w+|writeTo\w+)$/.test(place.call.name))
    return problem('edit-sink-chain', { operator: node.name }, lineOf(program, place.call))
  const renamed = others.at(-1)
  if (renamed === undefined) return [addBehind(program, place.setters.at(-1) ?? place.call, place.call, `.${value}()`)]
  const { start, end } = program.tokens[renamed.nameAt]!
  return [...gone.slice(0, -1), { start, end, text: value }]
}

const lineOf = (program: ProgramText, call: Call) => ({ in: 'program', line: program.lineOfToken(call.nameAt) }) as const

function chainingOfJob(program: ProgramText, graph: StreamGraph): readonly Change[] | Problem {
  if (graph.chainingEnabled) return problem('edit-same', { operator: graph.jobName })
  const calls = program.calls.filter(({ name }) => name === 'disableOperatorChaining')
  return calls.length > 0 ? calls.map((call) => remove(program, call)) : problem('edit-chaining-configured')
}
