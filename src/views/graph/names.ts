/** Where a name may be broken when it is too long for a line: before the humps of its words. */
export const humps = (name: string): readonly string[] => name.split(/(?<=[a-z0-9])(?=[A-Z])/)

/** px of a character at the size of an operator's name, near enough to tell whether a name needs a second line. */
const NARROW = 7.2
const WIDE = 13

/** Whether a name is longer than `width` px. */
export function isLongerThan(name: string, width: number): boolean {
  let length = 0
  for (const character of name) length += character.codePointAt(0)! >= 0x2e80 ? WIDE : NARROW
  return length > width
}
