/**
 * From a stack to a line of the program. The program is a function made from text, so its frames carry a name of ours (V8 and
 * JavaScriptCore, by `sourceURL`) or say `Function` (SpiderMonkey):
 *   V8              at map (tidemark:///program.ts:12:7)
 *   JavaScriptCore  map@tidemark:///program.ts:12:7
 *   SpiderMonkey    map@https://… line 40 > Function:12:7
 * All three count the lines of the wrapper that the Function constructor writes around the text.
 */
export const SOURCE_URL = 'tidemark:///program.ts'

const FRAME = /(?:tidemark:\/\/\/program\.ts|> Function):(\d+)(?::(\d+))?/

export interface SourcePosition {
  readonly line: number
  readonly column?: number
}

/** The topmost frame in the program, in lines of the function's text as engines count them. */
export function frameOf(stack: string): SourcePosition | undefined {
  const match = FRAME.exec(stack)
  if (match === null) return undefined
  return { line: Number(match[1]), ...(match[2] === undefined ? {} : { column: Number(match[2]) }) }
}

let measured: number | undefined

/** How many lines the engine counts before the first of the text: 2 for V8 and by the specification, but asked of the engine itself. */
function wrapperLines(): number {
  if (measured !== undefined) return measured
  measured = 2
  try {
    new Function('a', `throw new Error()\n//# sourceURL=${SOURCE_URL}`)()
  } catch (error) {
    const frame = frameOf(String((error as Error).stack))
    if (frame !== undefined) measured = frame.line - 1
  }
  return measured
}

/** Where in the program a stack's topmost program frame is. */
export function positionOf(stack: string | undefined): SourcePosition | undefined {
  if (stack === undefined) return undefined
  const frame = frameOf(stack)
  if (frame === undefined) return undefined
  const line = frame.line - wrapperLines()
  return line < 1 ? undefined : { ...frame, line }
}
