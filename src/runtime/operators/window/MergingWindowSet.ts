import { IllegalStateException } from '../../../core/exceptions'
import type { MergingWindowAssigner, Window } from '../../../streaming/windowing'

/** Window and the window under which its state is kept. */
export type MergingMapping = readonly (readonly [Window, Window])[]

/** `merged`: windows that existed, now one; `stateWindows`: whose state must go to `stateWindow`. */
export type MergeFunction = (result: Window, merged: readonly Window[], stateWindow: Window, stateWindows: readonly Window[]) => void

/**
 * The windows in flight of one key, and where each has its state (W-13). Mirrors MergingWindowSet, with the order of Java's HashSet where it shows
 * and with its BUG: a new window equal to a merged one takes its place, and the contents of the old one are lost.
 */
export class MergingWindowSet {
  private mapping: [Window, Window][]
  changed = false

  constructor(
    private readonly assigner: MergingWindowAssigner<unknown, Window>,
    mapping: MergingMapping | undefined,
  ) {
    this.mapping = mapping === undefined ? [] : mapping.map(([window, state]) => [window, state])
  }

  /** Empty: nothing is to be kept. */
  get entries(): MergingMapping {
    return this.mapping
  }

  getStateWindow(window: Window): Window | undefined {
    return this.mapping.find(([known]) => known.equals(window))?.[1]
  }

  retireWindow(window: Window): void {
    const before = this.mapping.length
    this.remove(window)
    if (this.mapping.length === before) throw new IllegalStateException(`Window ${String(window)} is not in in-flight window set.`)
  }

  /** Returns the window that the new one is part of now. */
  addWindow(added: Window, merge: MergeFunction): Window {
    const results: { readonly result: Window; readonly members: readonly Window[] }[] = []
    this.assigner.mergeWindows([...this.mapping.map(([window]) => window), added], {
      merge: (members, result) => results.push({ result, members }),
    })
    let resultWindow = added
    let mergedAdded = false
    for (const { result, members } of results) {
      const merged = hashSetOrder(members).filter((window) => !window.equals(added))
      if (merged.length < members.length) {
        mergedAdded = true
        resultWindow = result
      }
      const stateWindow = this.getStateWindow(merged[0]!)!
      const stateWindows: Window[] = []
      for (const window of merged) {
        const state = this.remove(window)
        if (state !== undefined && !state.equals(stateWindow)) stateWindows.push(state)
      }
      this.put(result, stateWindow)
      if (!(merged.length === 1 && merged[0]!.equals(result))) merge(result, merged, stateWindow, stateWindows)
    }
    if (results.length === 0 || (resultWindow.equals(added) && !mergedAdded)) this.put(resultWindow, resultWindow)
    return resultWindow
  }

  private put(window: Window, state: Window): void {
    this.remove(window)
    this.mapping.push([window, state])
    this.changed = true
  }

  private remove(window: Window): Window | undefined {
    const index = this.mapping.findIndex(([known]) => known.equals(window))
    if (index < 0) return undefined
    this.changed = true
    return this.mapping.splice(index, 1)[0]![1]
  }
}

/** As a java.util.HashSet of windows is walked into which these were put in this order. */
function hashSetOrder(windows: readonly Window[]): readonly Window[] {
  let capacity = 16
  while (windows.length > capacity * 0.75) capacity *= 2
  const bucket = (window: Window): number => {
    const hash = window.hashCode()
    return (hash ^ (hash >>> 16)) & (capacity - 1)
  }
  return windows
    .map((window) => ({ window, bucket: bucket(window) }))
    .sort((a, b) => a.bucket - b.bucket)
    .map(({ window }) => window)
}
