/**
 * From a stack to a line of the program. The program is a function made from text, so its frames carry a name of ours (V8 and
 * JavaScriptCore, by `sourceURL`) or say `Function` (SpiderMonkey):
 *   V8              at map (tidemark:///program.ts:12:7)
 *   JavaScriptCore  map@tidemark:///program.ts:12:7
 *   SpiderMonkey    map@https://… line 40 > Function:12:7
 * All three count the lines of the wrapper that the Function constructor writes around the text.
 */
export const SOURCE_URL = 'tidemark:///program.ts'

const FRAME = /(?:tidemark:\/\/\/program\.ts|> Function):(\d+)/

/** The line of the topmost frame in the program, as the engine counts the lines of a function made from text. */
export function frameOf(stack: string): number | undefined {
  const match = FRAME.exec(stack)
  return match === null ? undefined : Number(match[1])
}

let measured: number | undefined

/** How many lines the engine counts before the first of the text: 2 for V8 and by the specification, but asked of the engine itself. */
function wrapperLines(): number {
  if (measured !== undefined) return measured
  measured = 2
  try {
    new Function('a', `throw new Error()\n//# sourceURL=${SOURCE_URL}`)()
  } catch (error) {
    const line = frameOf(String((error as Error).stack))
    if (line !== undefined) measured = line - 1
  }
  return measured
}

/** The program's line, from 1, of a stack's topmost program frame. */
export function lineOf(stack: string | undefined): number | undefined {
  const counted = stack === undefined ? undefined : frameOf(stack)
  const line = counted === undefined ? 0 : counted - wrapperLines()
  return line < 1 ? undefined : line
}
