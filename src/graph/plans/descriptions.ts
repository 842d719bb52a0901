import { unescapeHtml } from '../htmlEntities'

/** One operator of a task, as its description draws it; `outputs` are places in the same list, pre-order. */
export interface DescribedOperator {
  readonly text: string
  readonly outputs: readonly number[]
}

export interface DescribedChain {
  readonly operators: readonly DescribedOperator[]
  /** Sources that the head takes in (G-18). */
  readonly sources: readonly string[]
  /** Whether the description was read as what Flink draws; if not, it is one operator's text. */
  readonly understood: boolean
}

/** A REST plan's description (G-24, P-2) as Flink had it before it was escaped for HTML. */
export const plainDescription = (escaped: string): string => unescapeHtml(escaped.replaceAll('<br/>', '\n').replaceAll('&#92;', '\\'))

/** The operators of a chain out of its description, drawn as a tree or in a row (G-24). */
export function describedChain(description: string): DescribedChain {
  const operators = description.includes('\n') ? treeOf(description) : rowOf(description)
  if (operators === null) return { operators: [{ text: description.trim(), outputs: [] }], sources: [], understood: false }
  const [head, ...others] = operators
  const taken = /^(.*) \[(Source: .*)\]$/.exec(head!.text)
  if (taken === null) return { operators, sources: [], understood: true }
  const sources = taken[2]!.split(/, (?=Source: )/)
  return { operators: [{ ...head!, text: taken[1]! }, ...others], sources, understood: true }
}

/** null: some line hangs on nothing, as in a description of several lines of its own. */
function treeOf(description: string): DescribedOperator[] | null {
  const lines = description.replace(/\n$/, '').split('\n')
  const operators: { readonly text: string; readonly outputs: number[] }[] = []
  /** The operator that is open at each depth. */
  const open: number[] = []
  for (const line of lines) {
    const drawn = /^((?::  | {3})*)(?::- |\+- )(.*)$/.exec(line)
    const depth = drawn === null ? 0 : drawn[1]!.length / 3 + 1
    if ((depth === 0) !== (operators.length === 0) || depth > open.length) return null
    const at = operators.push({ text: drawn?.[2] ?? line, outputs: [] }) - 1
    open.length = depth
    open.push(at)
    if (depth > 0) operators[open[depth - 1]!]!.outputs.push(at)
  }
  return operators
}

/** `A -> B -> (C -> D , E)`: parts of texts that stand in brackets are not looked into. null: the brackets do not match. */
function rowOf(description: string): DescribedOperator[] | null {
  const operators: { readonly text: string; readonly outputs: number[] }[] = []
  const read = (text: string): number | null => {
    const arrow = topLevel(text, ' -> ')[0]
    const at = operators.push({ text: arrow === undefined ? text : text.slice(0, arrow), outputs: [] }) - 1
    if (arrow === undefined) return text === '' ? null : at
    const rest = text.slice(arrow + 4)
    const inBrackets = rest.startsWith('(') && topLevel(`${rest} `, ') ').at(-1) === rest.length - 1
    const branches = inBrackets ? split(rest.slice(1, -1)) : [rest]
    for (const branch of branches) {
      const output = read(branch)
      if (output === null) return null
      operators[at]!.outputs.push(output)
    }
    return at
  }
  return balanced(description) && read(description) !== null ? operators : null
}

const split = (text: string): string[] => {
  const between = topLevel(text, ' , ').length > 0 ? ' , ' : ', '
  const parts: string[] = []
  let from = 0
  for (const at of topLevel(text, between)) {
    parts.push(text.slice(from, at))
    from = at + between.length
  }
  return [...parts, text.slice(from)]
}

/** Where a mark begins outside all brackets; a bracket that the mark itself closes counts as outside. */
function topLevel(text: string, mark: string): number[] {
  const found: number[] = []
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    if (text[i] === ')') depth--
    if (depth === 0 && text.startsWith(mark, i)) found.push(i)
    if (text[i] === '(') depth++
  }
  return found
}

function balanced(text: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === '(') depth++
    if (character === ')' && --depth < 0) return false
  }
  return depth === 0
}
