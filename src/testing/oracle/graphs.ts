// Gives classes that a bundler renamed their own names back.
import '../../client/evaluate'
import { describeProgram } from '../conformance/programs/describe'
import { difference, type Described } from './compare'
import type { Flink } from './flink'
import { randomProgram } from './programs'
import type { Tally } from './tally'

/** Random programs: what Flink plans for them and what we do. */
export function compareGraphs(flink: Flink, count: number, from: number): Tally {
  const programs = Array.from({ length: count }, (_, i) => randomProgram(from + i))
  const answers = flink.ask('graphs', programs) as readonly Described[]
  const differences: string[] = []
  let refused = 0
  programs.forEach((program, i) => {
    const answer = answers[i]!
    if ('error' in answer) refused++
    const found = difference(answer, describeProgram(program, false) as Described)
    if (found !== null) differences.push(`seed ${from + i}: ${found.slice(0, 1500)}\n  ${JSON.stringify(program)}`)
  })
  return { count, refused, skipped: 0, differences }
}
