/**
 * Program text to graph and functions. `compile` pulls sucrase in: import it from `./compile`, lazily on the page; workers
 * need `evaluate` alone.
 */
export { evaluate } from './evaluate'
export { lineOfError, problemOf } from './errors'
export type { CompiledProgram, ProgramInstance, ProgramWorld } from './types'
