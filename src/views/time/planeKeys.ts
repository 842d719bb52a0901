import type { Direction } from './planeHands.svelte'

/** What a key asks of the plane; `at`: a place in the scene's points. */
export type KeyAsk =
  | { readonly do: 'nudge'; readonly direction: Direction; readonly at: number; readonly by: number }
  | { readonly do: 'go'; readonly direction: Direction; readonly at: number }
  | { readonly do: 'select' | 'delete' | 'add'; readonly at: number }
  | { readonly do: 'give-up' | 'fit' }
  | { readonly do: 'zoom'; readonly factor: number }

const ARROWS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' }

interface Where {
  /** The record that the keys are at; −1. */
  readonly at: number
  /** There is something to let go. */
  readonly busy: boolean
}

/** null: it is none of the plane's keys. */
export function keyAsk(press: KeyboardEvent, { at, busy }: Where): KeyAsk | null {
  const direction = ARROWS[press.key]
  if (press.metaKey || (press.ctrlKey && direction === undefined)) return null
  if (direction !== undefined) {
    if (press.altKey) return { do: 'nudge', direction, at, by: press.shiftKey ? 10 : 1 }
    return press.shiftKey || press.ctrlKey ? null : { do: 'go', direction, at }
  }
  switch (press.key) {
    case 'Enter':
      return at >= 0 ? { do: 'select', at } : null
    case 'Escape':
      return busy ? { do: 'give-up' } : null
    case 'Delete':
      return at >= 0 ? { do: 'delete', at } : null
    case 'Insert':
      return at >= 0 ? { do: 'add', at } : null
    case '0':
      return { do: 'fit' }
    case '+':
    case '=':
      return { do: 'zoom', factor: 0.8 }
    case '-':
    case '−':
      return { do: 'zoom', factor: 1.25 }
    default:
      return null
  }
}
