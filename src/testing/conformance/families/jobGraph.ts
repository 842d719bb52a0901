import type { Family, Mismatch, Vector } from '../family'
import { same } from '../family'
import { describeProgram } from '../programs/describe'
import type { ProgramCase } from '../programs/notation'

type Described = Readonly<Record<string, unknown>>
interface Refusal {
  readonly phase: string
  readonly step?: string
  readonly class: string
  readonly messageContains: string
}

/** The old long window names hold identity hashes and places in the user's code: compared up to the second comma, as the README allows. */
const shortened = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replace(/TriggerWindow\(([^,]*,[^,]*)[^\n]*/g, 'TriggerWindow($1')
    : Array.isArray(value)
      ? value.map(shortened)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shortened(member)]))
        : value

export function checkJobGraph(vector: Vector<{ program: ProgramCase }, Described>): Mismatch | null {
  const { expect, given } = vector
  const got = describeProgram(given.program, 'restPlan' in expect) as Described
  const wantedError = expect.error as Refusal | undefined
  const gotError = got.error as Refusal | undefined
  if (wantedError !== undefined || gotError !== undefined) {
    const agrees =
      wantedError !== undefined &&
      gotError !== undefined &&
      wantedError.phase === gotError.phase &&
      wantedError.step === gotError.step &&
      wantedError.class === gotError.class &&
      gotError.messageContains.includes(wantedError.messageContains)
    return agrees ? null : { expected: expect, got }
  }
  for (const [member, value] of Object.entries(expect)) {
    const [wanted, given] = [shortened(value), shortened(got[member] ?? null)]
    const agrees =
      member === 'executionGraphError'
        ? same((wanted as Refusal).class, (given as Refusal | null)?.class) &&
          (given as Refusal).messageContains.includes((wanted as Refusal).messageContains)
        : same(wanted, given)
    if (!agrees) return { expected: { [member]: firstDifference(wanted, given)[0] }, got: { [member]: firstDifference(wanted, given)[1] } }
  }
  return null
}

/** Of two lists the first pair that differs, for a short report. */
function firstDifference(wanted: unknown, given: unknown): readonly [unknown, unknown] {
  if (!Array.isArray(wanted) || !Array.isArray(given)) return [wanted, given]
  const at = wanted.findIndex((item, i) => !same(item, given[i]))
  return at === -1 ? [wanted, given] : [wanted[at], given[at]]
}

export const jobGraph: Family = {
  name: 'job-graph',
  check: (vector) => checkJobGraph(vector as unknown as Vector<{ program: ProgramCase }, Described>),
}
