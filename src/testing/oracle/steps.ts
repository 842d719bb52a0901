import type { Mismatch, Vector, Verdict } from '../conformance/family'
import type { Kind } from './cases'
import type { Flink } from './flink'
import type { Tally } from './tally'

/** Random cases of a family: what Flink does in them becomes the vector that ours is held against. */
export async function compareCases(
  flink: Flink,
  { family, make, settled = (answer) => answer }: Kind,
  count: number,
  from: number,
): Promise<Tally> {
  const cases = Array.from({ length: count }, (_, i) => make(from + i))
  const answers = flink.ask(family.name, cases)
  const differences: string[] = []
  let refused = 0
  let skipped = 0
  for (const [i, given] of cases.entries()) {
    const expect = settled(answers[i])
    if (JSON.stringify(expect).includes('"error"')) refused++
    const vector = { id: String(from + i), title: '', given, expect } as unknown as Vector
    const verdict = await checked(() => family.check(vector))
    if (verdict === 'skipped') skipped++
    else if (verdict !== null) differences.push(`seed ${from + i}${shown(verdict)}\n  ${JSON.stringify(given)}`)
  }
  return { count, refused, skipped, differences }
}

async function checked(check: () => Verdict | Promise<Verdict>): Promise<Verdict> {
  try {
    return await check()
  } catch (error) {
    // A mistake of ours is a difference like any other.
    return { expected: null, got: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

const shown = ({ step, expected, got }: Mismatch): string =>
  `${step === undefined ? '' : ` step ${step}`}:\n    Flink ${text(expected)}\n    we    ${text(got)}`
const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 1000)
