import type { Configuration } from '../core/configuration'
import type { ProgramJob } from '../graph/union'

/** A program that parsed. Line n of `javascript` came from line n of `text`. */
export interface CompiledProgram {
  readonly text: string
  readonly javascript: string
}

/** What the program finds around it: everything else is fenced off. */
export interface ProgramSurroundings {
  /** Processing time, ms since the epoch: what Date shows. */
  now(): number
  /** Seeded; what Math.random is made of. */
  nextUint32(): number
  /** A line of console.log, print or the like from the main program or a function. */
  print(line: string): void
}

/** What a program is evaluated with. */
export interface ProgramWorld extends Omit<ProgramSurroundings, 'print'> {
  /** Flink's configuration of the cluster and the job; the program's own settings beat it. */
  readonly configuration: Configuration
  /** Names of the external services that the program may ask; undefined: it is not known yet. */
  readonly services?: readonly string[]
  /** As there, and how many jobs the program had submitted by then. */
  print(line: string, submitted: number): void
}

/** One evaluation of a program: its jobs, at least one, and this evaluation's own function instances. */
export interface ProgramInstance {
  readonly jobs: readonly ProgramJob[]
  /** Functions of a transformation by role; empty for one without. */
  functionsOf(transformation: number): Readonly<Record<string, unknown>>
}
