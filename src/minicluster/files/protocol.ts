import type { Problem } from '../../core/problem'
import type { FileNote } from '../../runtime/external/fileStore'

/** A thread's file system → whoever keeps its bytes, over a port of its own; done in the order in which it comes. */
export type FileOrder =
  | { readonly do: 'write'; readonly path: string; readonly bytes: Uint8Array; readonly about: FileNote }
  | { readonly do: 'delete'; readonly path: string }
  | { readonly do: 'rename'; readonly from: string; readonly to: string }
  | { readonly do: 'read'; readonly id: number; readonly path: string }
  /** Answered when all before it lies where it is to lie. */
  | { readonly do: 'flush'; readonly id: number }

/** The answers; `failed` may come unasked, and nothing that was ordered after it has been done. */
export type FileReport = { readonly id: number; readonly bytes?: Uint8Array } | { readonly failed: Problem }
