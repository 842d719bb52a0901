import type { AggregatingState, ListState, MapState, ReducingState, ValueState } from '../../../streaming/state'

/** The operations of the families keyed-state and state-ttl, on any kind of state. */

export type Text = string | null
export type StateType = 'value' | 'list' | 'map' | 'reducing' | 'aggregating'
export type Arguments = readonly unknown[]

/** null first. */
export const order = (a: Text, b: Text): number => (a === b ? 0 : a === null ? -1 : b === null ? 1 : a < b ? -1 : 1)
export const sorted = (texts: Iterable<Text>): Text[] => [...texts].sort(order)
export const sortedPairs = <V>(pairs: Iterable<readonly [Text, V]>): (readonly [Text, V])[] => [...pairs].sort(([a], [b]) => order(a, b))
export const VOID = Symbol('no result')

export const counting = {
  createAccumulator: () => ({ count: 0, text: '' }),
  add: (value: Text, acc: { count: number; text: string }) => ({ count: acc.count + 1, text: acc.count === 0 ? String(value) : `${acc.text}+${value}` }),
  getResult: (acc: { count: number; text: string }) => `${acc.count}:${acc.text}`,
  merge: (a: { count: number; text: string }, b: { count: number; text: string }) => ({ count: a.count + b.count, text: `${a.text}+${b.text}` }),
}

export type AnyState = { readonly type: StateType; readonly state: unknown }

export function operate({ type, state }: AnyState, operation: string, args: Arguments): unknown {
  const [a, b] = args
  if (operation === 'clear') {
    ;(state as ValueState<Text>).clear()
    return VOID
  }
  switch (type) {
    case 'value': {
      const value = state as ValueState<Text>
      if (operation === 'read') return value.value()
      value.update(a as Text)
      return VOID
    }
    case 'list': {
      const list = state as ListState<Text>
      if (operation === 'read') return [...list.get()]
      if (operation === 'add') list.add(a as Text)
      else if (operation === 'addAll') list.addAll(a as Text[])
      else list.update(a as Text[])
      return VOID
    }
    case 'map':
      return operateOnMap(state as MapState<Text, Text>, operation, a, b)
    case 'reducing':
    case 'aggregating': {
      const appending = state as ReducingState<Text> | AggregatingState<Text, string>
      if (operation === 'read') return appending.get()
      appending.add(a as Text)
      return VOID
    }
  }
}

export function operateOnMap(map: MapState<Text, Text>, operation: string, a: unknown, b: unknown): unknown {
  const key = a as Text
  switch (operation) {
    case 'get':
      return map.get(key)
    case 'contains':
      return map.contains(key)
    case 'isEmpty':
      return map.isEmpty()
    case 'entries':
      return sortedPairs(map.entries())
    case 'keys':
      return sorted(map.keys())
    case 'values':
      return sorted(map.values())
    case 'put':
      map.put(key, b as Text)
      return VOID
    case 'putAll':
      map.putAll(a as Record<string, Text>)
      return VOID
    case 'remove':
      map.remove(key)
      return VOID
    case 'clear':
      map.clear()
      return VOID
    case 'iterateRemove':
      for (const iterator = map.iterator(); iterator.hasNext(); ) if (iterator.next().getKey() === key) iterator.remove()
      return VOID
    case 'iterateSet':
      for (const iterator = map.iterator(); iterator.hasNext(); ) {
        const entry = iterator.next()
        if (entry.getKey() === key) entry.setValue(b as Text)
      }
      return VOID
    default:
      throw new Error(`no operation ${operation}`)
  }
}

