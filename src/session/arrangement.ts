import type { Arrangement } from './settings.svelte'

/** Which views are open, how they lie, and which of them has the keys. */
export interface Places {
  readonly views: readonly string[]
  readonly arrangement: Arrangement
  readonly focused: number
}

/** A view shown in the focused half; one that is open in the other half gets the keys there. */
export function opened({ views, arrangement, focused }: Places, id: string): Places {
  const next = [...views]
  const other = next.indexOf(id)
  const at = Math.min(focused, next.length - 1)
  if (arrangement !== 'one' && other >= 0 && other !== at) return { views, arrangement, focused: other }
  if (other >= 0 && other !== at) next[other] = next[at]!
  next[at] = id
  return { views: next, arrangement, focused }
}

/** @param all every view there is: where a second one is wanted and none was open, the first that is not */
export function arranged({ views, focused }: Places, arrangement: Arrangement, all: readonly string[]): Places {
  if (arrangement !== 'one')
    return views.length < 2
      ? { views: [...views, all.find((id) => !views.includes(id)) ?? all[0]!], arrangement, focused }
      : { views, arrangement, focused }
  return focused > 0 ? { views: [...views].reverse(), arrangement, focused: 0 } : { views, arrangement, focused }
}
