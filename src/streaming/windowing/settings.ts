import { simpleNameOf } from '../operators/names'
import { ownSettings } from '../timeSettings'
import type { AssignerSettings, EvictorSettings, TriggerSettings } from '../timeSettings'
import { MergingWindowAssigner } from './assigners/windowAssigner'
import type { WindowAssigner } from './assigners/windowAssigner'
import type { Evictor } from './evictors/evictor'
import type { Trigger } from './triggers/trigger'
import type { Window } from './windows'

/** What assigners, triggers and evictors say about themselves; of the program's own only the class is known. */
export const assignerSettings = <T, W extends Window>(assigner: WindowAssigner<T, W>): AssignerSettings =>
  ownSettings<AssignerSettings>(assigner) ?? {
    type: 'user',
    name: simpleNameOf(assigner, 'WindowAssigner'),
    time: assigner.isEventTime() ? 'event' : 'processing',
    merging: assigner instanceof MergingWindowAssigner,
  }

export const triggerSettings = <T, W extends Window>(trigger: Trigger<T, W>): TriggerSettings =>
  ownSettings<TriggerSettings>(trigger) ?? { type: 'user', name: simpleNameOf(trigger, 'Trigger') }

export const evictorSettings = <T, W extends Window>(evictor: Evictor<T, W>): EvictorSettings =>
  ownSettings<EvictorSettings>(evictor) ?? { type: 'user', name: simpleNameOf(evictor, 'Evictor') }
