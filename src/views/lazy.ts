import type { Component } from 'svelte'
import type { Fold } from '../trace/types'
import type { ViewProps } from './types'

/** What makes a view's picture: the state at a moment, and what draws it. */
export interface Drawn<S> {
  readonly fold: Fold<S>
  readonly component: Component<ViewProps<S>>
}

/** A view's picture, and whether it is here already. */
export interface Picture<S> {
  /** null: `load` brings it. */
  readonly now: Drawn<S> | null
  /** Rejects where the network does not give it; may be called again. */
  load(): Promise<void>
}

/** What a visitor sees first comes with the page … */
export const eager = <S>(fold: Fold<S>, component: Component<ViewProps<S>>): Picture<S> => ({
  now: { fold, component },
  load: async () => {},
})

/** … and what is behind a tab when the tab is opened, so that the first picture does not wait for it. */
export function later<S>(
  loadFold: () => Promise<Fold<S>>,
  loadComponent: () => Promise<{ readonly default: Component<ViewProps<S>> }>,
): Picture<S> {
  let coming: Promise<void> | null = null
  const picture = {
    now: null as Drawn<S> | null,
    load: () =>
      (coming ??= Promise.all([loadFold(), loadComponent()]).then(
        ([fold, { default: component }]) => void (picture.now = { fold, component }),
        (error: unknown) => {
          // The next time may find the network again.
          coming = null
          throw error
        },
      )),
  }
  return picture
}
