import type { Context } from '../../kernel/types'
import type { IoTime } from './ioTime'

/** What the parts of a running task share: its clock, and whose turn it is. One object, so that the path of a record stays monomorphic. */
export interface TaskThread {
  /** The kernel's context of the event being handled. */
  context: Context
  readonly tracing: boolean
  readonly io: IoTime
  /** Identity of the record at hand (trace/kinds.ts); only kept up while tracing. */
  recordNumber: number
  recordOrigin: number
  /** Next number for records made here. */
  nextRecordNumber: number
  /** Node of the operator that is working. */
  node: number
  /** Something was written to a partition that its flusher has not seen (N-8). */
  armFlusher(partition: number): void
}
