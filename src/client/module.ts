/** How module `flink` is called where an import of it stood in a compiled program. */
export const FLINK = 'flink$module'

/** The line, from 1, of a place in a text. */
export const lineAt = (text: string, at: number): number => text.slice(0, at).split('\n').length
