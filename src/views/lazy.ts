import type { Component } from 'svelte'
import type { ViewProps } from './types'

/** What draws a view, and whether it is here already. */
export interface Drawn<S> {
  /** null: `load` brings it. */
  readonly now: Component<ViewProps<S>> | null
  /** Rejects where the network does not give it; may be called again. */
  load(): Promise<void>
}

/** What a visitor sees first comes with the page … */
export const eager = <S>(component: Component<ViewProps<S>>): Drawn<S> => ({ now: component, load: async () => {} })

/** … and what is behind a tab when the tab is opened, so that the first picture does not wait for it. */
export function later<S>(load: () => Promise<{ readonly default: Component<ViewProps<S>> }>): Drawn<S> {
  let coming: Promise<void> | null = null
  const drawn = {
    now: null as Component<ViewProps<S>> | null,
    load: () =>
      (coming ??= load().then(
        ({ default: component }) => void (drawn.now = component),
        (error: unknown) => {
          // The next time may find the network again.
          coming = null
          throw error
        },
      )),
  }
  return drawn
}
