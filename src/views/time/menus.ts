import type { MenuItem } from '../../components/Menu.svelte'
import { duration, virtualTime } from '../../components/times'
import type { Text } from '../../i18n'
import { timeView } from '../../i18n/timeView'
import type { Intervention, ResolvedTopic } from '../../scenario/types'
import type { TraceLog } from '../../trace/log'
import type { KeyLook } from '../../trace/looks'
import type { TraceHeader } from '../../trace/types'
import type { Words } from './drawing'
import { sourceRowOf, type SourceRow } from './hands'
import type { Hit } from './hit'
import { partitionOffers } from './offers'
import { topicOf } from './places'
import type { Scene } from './scene'

/** What a choice does. */
export type PlaneAction =
  | { readonly do: 'intervene'; readonly intervention: Intervention }
  | { readonly do: 'delete'; readonly row: SourceRow; readonly y: number; readonly text: string }
  | {
      readonly do: 'add'
      readonly row: SourceRow
      readonly timestamp: number
      readonly at: { readonly eventTime: number; readonly arrival: number }
      readonly text: string
    }
export interface PlaneMenu {
  readonly x: number
  readonly y: number
  readonly label: string
  readonly items: readonly MenuItem[]
  readonly actions: ReadonlyMap<string, PlaneAction>
}
export interface MenuSources {
  readonly header: TraceHeader
  readonly log: TraceLog
  readonly topics: readonly ResolvedTopic[]
  readonly scene: Scene
  readonly keys: ReadonlySet<string> | null
  readonly changeable: boolean
  readonly words: Words
  t(text: Text, args?: Readonly<Record<string, string | number>>): string
}

/** A new event is like one that is near: so many are offered, of each partition and key one. */
const MOST_MODELS = 6

/** The menu at a place of the plane; null: nothing can be done there, and whoever else has a menu for it may show it. */
export function menuAt(
  sources: MenuSources,
  { x, y, what, micros, ms, hit }: { x: number; y: number; what: 'add' | 'context'; micros: number; ms: number; hit: Hit | null },
): PlaneMenu | null {
  const { t, words, scene, changeable, header, log, topics } = sources
  if (!changeable) return null
  const items: MenuItem[] = []
  const actions = new Map<string, PlaneAction>()
  const offer = (id: string, label: string, action: PlaneAction): void => {
    items.push({ id, label })
    actions.set(id, action)
  }
  const arrival = Math.max(0, Math.round(micros))
  if (what === 'add') {
    for (const { row, timestamp, look } of modelsNear(sources, micros, ms)) {
      const text = look.text === '' ? t(timeView.record) : look.text
      const partition = `${row.topic.name}-${row.partition}`
      const eventTime = Math.round(ms - timestamp + (row.record.timestamp ?? timestamp))
      offer(`${partition}/${text}/${row.record.row}`, t(timeView.addLike, { record: text, partition }), {
        do: 'add',
        row,
        timestamp,
        at: { eventTime, arrival },
        text,
      })
    }
    const label = `${t(timeView.addHere)}: ${words.eventTime(Math.round(ms))} · ${virtualTime(arrival, 2)}`
    return items.length === 0 ? null : { x, y, label, items, actions }
  }
  if (hit?.kind === 'record') {
    const { points } = scene
    const row = sourceRowOf(header, log, topics, points.origins[hit.at]!, points.numbers[hit.at]!)
    const { text } = points.looks[hit.at]!
    if (row !== null)
      offer('delete', t(timeView.delete), { do: 'delete', row, y: points.y[hit.at]!, text: text === '' ? t(timeView.record) : text })
  }
  if (hit?.kind === 'ghost') {
    const { look, y: at } = hit.ghost
    offer('delete', t(timeView.delete), { do: 'delete', row: hit.ghost, y: at, text: look.text === '' ? t(timeView.record) : look.text })
  }
  const partition = partitionOf(sources, hit)
  if (partition !== null)
    for (const { id, text, args, intervention } of partitionOffers(partition.topic, partition.partition, arrival)) {
      const { span, time, ...rest } = args
      const said = {
        ...rest,
        ...(span === undefined ? {} : { span: duration(span) }),
        ...(time === undefined ? {} : { time: virtualTime(time, 1) }),
      }
      offer(id, t(text, said), { do: 'intervene', intervention })
    }
  return items.length === 0 ? null : { x, y, label: t(timeView.silenceHint), items, actions }
}

/** The partition that a thing is of: a line's, or that a record was read from. */
function partitionOf(
  { header, log, topics, scene: { points } }: MenuSources,
  hit: Hit | null,
): { readonly topic: string; readonly partition: number } | null {
  if (hit?.kind === 'ghost') return { topic: hit.ghost.topic.name, partition: hit.ghost.partition }
  if (hit?.kind === 'record') {
    const row = sourceRowOf(header, log, topics, points.origins[hit.at]!, points.numbers[hit.at]!)
    return row === null ? null : { topic: row.topic.name, partition: row.partition }
  }
  if (hit?.kind !== 'line' || hit.line.selection?.kind !== 'partition') return null
  const { node, partition } = hit.line.selection
  const source = header.streamGraph.nodes.find(({ id }) => id === node)
  const topic = source === undefined ? null : topicOf(source)
  return topic === null ? null : { topic, partition }
}

interface Model {
  readonly row: SourceRow
  readonly timestamp: number
  readonly look: KeyLook
}

/** Events near a place, of each partition and key the nearest. */
function modelsNear({ header, log, topics, scene, keys }: MenuSources, micros: number, ms: number): readonly Model[] {
  const { points, ghosts } = scene
  // Far and near by the picture's own measure: what is shown is one wide and one high.
  const spanX = Math.max(1, ...[points.x[points.count - 1] ?? 0, scene.now])
  let [low, high] = [Infinity, -Infinity]
  for (let at = 0; at < points.count; at++) {
    if (points.y[at]! < low) low = points.y[at]!
    if (points.y[at]! > high) high = points.y[at]!
  }
  const spanY = Math.max(1, high - low)
  const far = (x: number, y: number): number => ((x - micros) / spanX) ** 2 + ((y - ms) / spanY) ** 2
  const near: { readonly far: number; readonly at: number; readonly ghost: boolean }[] = []
  for (let at = 0; at < points.count; at++)
    if (points.y[at]! === points.y[at]! && (keys === null || keys.has(points.looks[at]!.text)))
      near.push({ far: far(points.x[at]!, points.y[at]!), at, ghost: false })
  ghosts.forEach(({ x, y }, at) => near.push({ far: far(x, y), at, ghost: true }))
  near.sort((a, b) => a.far - b.far)
  const models = new Map<string, Model>()
  for (const { at, ghost } of near.slice(0, 400)) {
    const row = ghost ? ghosts[at]! : sourceRowOf(header, log, topics, points.origins[at]!, points.numbers[at]!)
    if (row === null) continue
    const look = ghost ? ghosts[at]!.look : points.looks[at]!
    const name = `${row.topic.name}-${row.partition}/${look.text}`
    if (!models.has(name)) models.set(name, { row, look, timestamp: ghost ? ghosts[at]!.y : points.y[at]! })
    if (models.size >= MOST_MODELS) break
  }
  return [...models.values()]
}
