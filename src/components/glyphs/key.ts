/** How many key hues the themes have: `--k0` … `--k7`. */
export const HUES = 8

/** The hue of a key's text: FNV-1a, so the same key has the same colour in every view, run and session. */
export function hueOf(key: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193)
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES
}

/** What fits on a disc: the key's first letters or its last digits. */
export function lettersOf(key: string): string {
  const text = key.trim()
  if (/^-?\d+$/.test(text)) return text.slice(-2)
  return [...text.replace(/^["'([{]+/, '')].slice(0, 1).join('').toUpperCase()
}
