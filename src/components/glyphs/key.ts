/** How many key hues the themes have: `--k0` … `--k7`. */
export const HUES = 8
/** The hue of what has no key: grey. */
export const NO_HUE = 4

/** What fits on a disc: the key's first letter or its last digits. */
export function lettersOf(key: string): string {
  const text = key.trim()
  const digits = /(\d{1,2})$/.exec(text)
  if (digits !== null && text.length > 1) return digits[1]!
  return [...text.replace(/^["'([{]+/, '')].slice(0, 1).join('').toUpperCase()
}
