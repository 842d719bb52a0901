const STEPS: Readonly<Record<string, readonly [across: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** The arrows go from window to window, and from key to key: where the focus has gone, or null where it stays. */
export function goByArrow(press: KeyboardEvent, lanes: Element): { readonly lane: string; readonly pane: number } | null {
  const target = press.target as Element
  const pane = target.closest('[data-pane]')
  const row = target.closest('[data-lane]')
  const step = STEPS[press.key]
  if (pane === null || row === null || step === undefined) return null
  const [across, down] = step
  press.preventDefault()
  press.stopPropagation()
  const rows = [...lanes.querySelectorAll('[data-lane]')]
  const to = rows[rows.indexOf(row) + down]
  if (to === undefined) return null
  const panes = [...to.querySelectorAll<SVGGElement>('[data-pane]')]
  const at = [...row.querySelectorAll('[data-pane]')].indexOf(pane)
  const next = panes[Math.max(0, Math.min(panes.length - 1, at + across))]
  if (next === undefined) return null
  next.focus()
  to.scrollIntoView({ block: 'nearest' })
  return { lane: to.getAttribute('data-lane')!, pane: Number(next.getAttribute('data-pane')) }
}
