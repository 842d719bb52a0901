import { HUES } from './key'

/** The theme's colours as a canvas needs them. */
export interface Palette {
  readonly keys: readonly string[]
  readonly onKey: string
  readonly wm: string
  readonly onWm: string
  readonly barrier: string
  readonly late: string
  readonly state: string
  readonly idle: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly line: string
  readonly line2: string
  readonly panel: string
  readonly bg: string
  readonly sunk: string
  readonly accent: string
  readonly fail: string
  readonly ok: string
  readonly sans: string
  readonly mono: string
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element)
  const color = (name: string): string => style.getPropertyValue(name).trim()
  return {
    keys: Array.from({ length: HUES }, (_, i) => color(`--k${i}`)),
    onKey: color('--on-k'),
    wm: color('--wm'),
    onWm: color('--on-wm'),
    barrier: color('--barrier-fill'),
    late: color('--late'),
    state: color('--state'),
    idle: color('--idle'),
    ink: color('--ink'),
    ink2: color('--ink2'),
    ink3: color('--ink3'),
    line: color('--line'),
    line2: color('--line2'),
    panel: color('--panel'),
    bg: color('--bg'),
    sunk: color('--sunk'),
    accent: color('--accent'),
    fail: color('--fail'),
    ok: color('--ok-fill'),
    sans: color('--sans'),
    mono: color('--mono'),
  }
}

/**
 * Calls back with the palette now and whenever the theme changes (the attribute on <html>); returns how to stop.
 * A canvas cannot follow CSS by itself.
 */
export function watchPalette(element: Element, onchange: (palette: Palette) => void): () => void {
  onchange(readPalette(element))
  const observer = new MutationObserver(() => onchange(readPalette(element)))
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
