import { hasTimestamp, LONG_MAX, LONG_MIN } from '../../core/time'
import type { TraceKindName } from '../kinds'
import { inputCount } from '../cluster/members'
import { keyLook } from '../looks'
import { CHECKPOINT_NARRATION } from './ofCheckpoints'
import { CLUSTER_NARRATION } from './ofCluster'
import { OUTSIDE_NARRATION } from './ofOutside'
import type { Tell } from './ofCluster'
import type { Part, Place } from './sentence'

const TRIGGER_RESULTS = ['CONTINUE', 'FIRE', 'PURGE', 'FIRE_AND_PURGE'] as const
const TRIGGER_CAUSES = ['WindowTrigger.element', 'WindowTrigger.event', 'WindowTrigger.processing'] as const

const ASYNC_ANSWERS = ['AsyncAnswered.completed', 'AsyncAnswered.timeout', 'AsyncAnswered.failed', 'AsyncAnswered.retry'] as const

/** A timer is a window's or a key's. */
const timer =
  (ofKey: 'TimerDeleted' | 'TimerFired', ofWindow: 'TimerDeleted.window' | 'TimerFired.window'): Tell =>
  (event, tell) => {
    const { d: window } = event
    const places = { operator: tell.operator(event), time: tell.time(event.x), key: tell.key(event.process, event.b) }
    return window < 0 ? tell.say(ofKey, places) : tell.say(ofWindow, { ...places, window: tell.window(event.process, window, event.index) })
  }

/** How each kind is told: to add a kind is to add a line here, or in ofCluster.ts, and its texts to the dictionary. */
export const NARRATION: Readonly<Record<TraceKindName, Tell>> = {
  ...CLUSTER_NARRATION,
  ...CHECKPOINT_NARRATION,
  ...OUTSIDE_NARRATION,

  SourceRecord: (event, tell) => {
    const { process, b, x } = event
    const value: Place = { ...tell.value(event.value()), selection: { kind: 'record', origin: process, number: b } }
    const places = { task: tell.process(process), value, partition: tell.plain(event.c), offset: tell.plain(event.d), time: tell.time(x) }
    return tell.say(hasTimestamp(x) ? 'SourceRecord' : 'SourceRecord.timeless', places)
  },
  RecordIn: (event, tell) => {
    const { a, b, c, x, process, index } = event
    const watermark = tell.watermarkAt(process, index)
    const behind = x <= watermark
    const places = {
      task: tell.receiver(a),
      from: tell.sender(a),
      record: tell.recordOf(c, b, x, event, behind),
      time: tell.time(x),
      watermark: tell.watermark(watermark),
    }
    if (!hasTimestamp(x) || watermark <= LONG_MIN) return tell.say('RecordIn', places)
    return tell.say(behind ? 'RecordIn.behind' : 'RecordIn.ahead', places)
  },
  RecordOut: (event, tell) => {
    const { a, b, c, d, x, process, index } = event
    const channel = tell.header.executionGraph.channels[a]
    const partitioner = channel === undefined ? '' : (tell.header.executionGraph.job.edges[channel.edge]?.partitioner.name ?? '')
    const look = keyLook(tell.log, process, d)
    const receiver = channel === undefined ? -1 : tell.log.names.processAt(channel.to, index)
    const watermark = receiver < 0 ? LONG_MIN : tell.watermarkAt(receiver, index)
    const behind = x <= watermark
    const places = {
      task: tell.process(process),
      to: tell.receiver(a),
      record: tell.record(c, b, x, tell.nameOf(event), behind),
      group: tell.plain(look.keyGroup),
      partitioner: tell.plain(partitioner),
      time: tell.time(x),
      watermark: tell.watermark(watermark),
    }
    if (partitioner !== 'HASH' || look.keyGroup < 0) return tell.say(partitioner === '' ? 'RecordOut' : 'RecordOut.partitioner', places)
    if (!hasTimestamp(x) || watermark <= LONG_MIN) return tell.say('RecordOut.hash', places)
    return tell.say(behind ? 'RecordOut.hash.behind' : 'RecordOut.hash.ahead', places)
  },
  RecordDropped: (event, tell) =>
    tell.say('RecordDropped', { operator: tell.operator(event), record: tell.recordOf(event.c, event.b, event.x, event) }),
  SinkRecord: (event, tell) => {
    const value: Place = { ...tell.value(event.value()), selection: { kind: 'record', origin: event.c, number: event.b } }
    return tell.say(hasTimestamp(event.x) ? 'SinkRecord.timed' : 'SinkRecord', {
      operator: tell.operator(event),
      value,
      time: tell.time(event.x),
    })
  },
  SideRecord: (event, tell) =>
    tell.say('SideRecord', {
      operator: tell.operator(event),
      record: tell.recordOf(event.c, event.b, event.x, event),
      tag: { text: event.text(), tone: 'value' },
    }),
  KeySeen: (event, tell) =>
    tell.say('KeySeen', {
      task: tell.process(event.process),
      key: tell.key(event.process, event.b),
      hash: tell.plain(event.d),
      group: tell.plain(event.c),
    }),
  RecordMade: (event, tell) => {
    const { process, b, c, x } = event
    const opened = tell.log.names.windowAt(process, c)
    const key = opened < 0 ? '' : keyLook(tell.log, process, tell.log.at(opened).c).text
    const places = { operator: tell.operator(event), record: tell.record(process, b, x, key) }
    return c < 0
      ? tell.say('RecordMade', places)
      : tell.say('RecordMade.window', { ...places, window: tell.window(process, c, event.index) })
  },
  UserOutput: (event, tell) => tell.say('UserOutput', { operator: tell.operator(event), line: { text: event.text(), tone: 'value' } }),

  BufferSent: (event, tell) =>
    tell.say(event.d === 0 ? 'BufferSent.end' : event.c === 0 ? 'BufferSent.none' : event.c === 1 ? 'BufferSent.one' : 'BufferSent', {
      from: { ...tell.process(event.process), selection: { kind: 'channel', channel: event.a } },
      to: tell.receiver(event.a),
      sequence: tell.plain(event.b),
      records: tell.plain(event.c),
      bytes: tell.plain(event.d),
    }),
  BufferArrived: (event, tell) =>
    tell.say('BufferArrived', { from: tell.sender(event.a), to: tell.receiver(event.a), sequence: tell.plain(event.b) }),
  CreditsGranted: (event, tell) =>
    tell.say('CreditsGranted', { from: tell.sender(event.a), to: tell.receiver(event.a), credits: tell.plain(event.b) }),
  TaskIo: (event, tell) =>
    tell.say((['TaskIo.idle', 'TaskIo.busy', 'TaskIo.backPressured'] as const)[event.a] ?? 'TaskIo.idle', {
      task: tell.process(event.process),
    }),

  WatermarkOut: (event, tell) =>
    tell.say(event.x >= LONG_MAX ? 'WatermarkOut.end' : 'WatermarkOut', {
      from: { ...tell.process(event.process), selection: { kind: 'channel', channel: event.a } },
      to: tell.receiver(event.a),
      watermark: tell.watermark(event.x),
    }),
  StatusOut: (event, tell) =>
    tell.say(event.b === 1 ? 'StatusOut.idle' : 'StatusOut.active', { from: tell.process(event.process), to: tell.receiver(event.a) }),

  WatermarkEmitted: (event, tell) =>
    tell.say(event.x >= LONG_MAX ? 'WatermarkEmitted.end' : 'WatermarkEmitted', {
      operator: tell.operator(event),
      watermark: tell.watermark(event.x),
    }),
  WatermarkIn: (event, tell) =>
    tell.say(event.x >= LONG_MAX ? 'WatermarkIn.end' : 'WatermarkIn', {
      task: tell.receiver(event.a),
      from: tell.sender(event.a),
      watermark: tell.watermark(event.x),
    }),
  WatermarkAdvanced: (event, tell) => {
    const vertex = tell.log.names.vertexOf(event.process)
    const channels = inputCount(tell.header.executionGraph, vertex)
    const places = { task: tell.process(event.process), watermark: tell.watermark(event.x), channels: tell.plain(channels) }
    if (event.x >= LONG_MAX) return tell.say('WatermarkAdvanced.end', places)
    return tell.say(channels > 1 ? 'WatermarkAdvanced' : 'WatermarkAdvanced.one', places)
  },
  StatusEmitted: (event, tell) =>
    tell.say(event.b === 1 ? 'StatusEmitted.idle' : 'StatusEmitted.active', { operator: tell.operator(event) }),
  StatusIn: (event, tell) =>
    tell.say(event.b === 1 ? 'StatusIn.idle' : 'StatusIn.active', { task: tell.receiver(event.a), from: tell.sender(event.a) }),
  TimerRegistered: (event, tell) => {
    const places = { operator: tell.operator(event), time: tell.time(event.x), key: tell.key(event.process, event.b) }
    if (event.d >= 0) return tell.say('TimerRegistered.window', { ...places, window: tell.window(event.process, event.d, event.index) })
    return tell.say(event.c === 1 ? 'TimerRegistered.processing' : 'TimerRegistered.event', places)
  },
  TimerDeleted: timer('TimerDeleted', 'TimerDeleted.window'),
  TimerFired: timer('TimerFired', 'TimerFired.window'),
  EndOfInput: (event, tell) =>
    event.a < 0
      ? tell.say('EndOfInput.source', { task: tell.process(event.process) })
      : tell.say('EndOfInput', { task: tell.receiver(event.a), from: tell.sender(event.a) }),

  WindowOpened: (event, tell) =>
    tell.say('WindowOpened', { task: tell.operator(event), window: tell.window(event.process, event.b, event.index) }),
  WindowElement: (event, tell) => {
    const opened = tell.log.names.windowAt(event.process, event.b)
    const key = opened < 0 ? '' : keyLook(tell.log, event.process, tell.log.at(opened).c).text
    return tell.say('WindowElement', {
      record: tell.record(event.d, event.c, event.x, key),
      window: tell.window(event.process, event.b, event.index),
    })
  },
  WindowTrigger: (event, tell) =>
    tell.say(TRIGGER_CAUSES[event.d] ?? 'WindowTrigger.element', {
      window: tell.window(event.process, event.b, event.index),
      result: { text: TRIGGER_RESULTS[event.c] ?? `${event.c}`, tone: 'value' },
    }),
  WindowFired: (event, tell) => {
    const { process, b, c, x } = event
    const bounds = tell.log.names.windowBoundsAt(process, b, event.index)
    const window = bounds < 0 ? null : tell.log.at(bounds)
    const last = window === null || window.d === 1 ? NaN : Number(window.value()) - 1
    const places = {
      window: tell.window(process, b, event.index),
      elements: tell.plain(c),
      watermark: tell.watermark(x),
      last: tell.time(last),
    }
    const due = x >= last && x < LONG_MAX
    if (c < 0) return tell.say(due ? 'WindowFired.due.aggregated' : 'WindowFired.aggregated', places)
    if (c === 1) return tell.say(due ? 'WindowFired.due.one' : 'WindowFired.one', places)
    return tell.say(due ? 'WindowFired.due' : 'WindowFired', places)
  },
  WindowEvicted: (event, tell) => {
    const opened = tell.log.names.windowAt(event.process, event.b)
    const key = opened < 0 ? '' : keyLook(tell.log, event.process, tell.log.at(opened).c).text
    return tell.say('WindowEvicted', {
      record: tell.record(event.d, event.c, event.x, key),
      window: tell.window(event.process, event.b, event.index),
    })
  },
  WindowCleared: (event, tell) => tell.say('WindowCleared', { window: tell.window(event.process, event.b, event.index) }),
  WindowMerged: (event, tell) => {
    const { process, b, c } = event
    const before = event.index - 1
    const places = { window: tell.window(process, b, before), bounds: { text: '', bounds: [event.x, Number(event.value())] } as const }
    return c < 0 || c === b
      ? tell.say('WindowMerged.grown', places)
      : tell.say('WindowMerged', { ...places, merged: tell.window(process, c, before) })
  },
  LateDropped: (event, tell) => {
    const timestamp = Number(event.value())
    const key = keyLook(tell.log, event.process, event.d).text
    return tell.say('LateDropped', {
      operator: tell.operator(event),
      record: tell.record(event.c, event.b, timestamp, key, true),
      watermark: tell.watermark(event.x),
      behind: tell.span(event.x - timestamp),
    })
  },

  SplitAssigned: (event, tell) =>
    tell.say('SplitAssigned', { operator: tell.operator(event), partition: tell.partition(event.a, event.b) }),
  SplitWatermark: (event, tell) =>
    tell.say('SplitWatermark', { partition: tell.partition(event.a, event.b), watermark: tell.watermark(event.x) }),
  SplitStatus: (event, tell) =>
    tell.say(event.c === 2 ? 'SplitStatus.ended' : event.c === 1 ? 'SplitStatus.idle' : 'SplitStatus.active', {
      partition: tell.partition(event.a, event.b),
    }),
  SplitPaused: (event, tell) =>
    tell.say(event.c === 1 ? 'SplitPaused' : 'SplitPaused.resumed', {
      operator: tell.operator(event),
      partition: tell.partition(event.a, event.b),
      allowed: tell.watermark(event.x),
    }),
  AlignmentAnnounced: (event, tell) => {
    const [group, least] = event.value() as [string, number, number]
    return tell.say('AlignmentAnnounced', { group: tell.plain(group), least: tell.watermark(least), allowed: tell.watermark(event.x) })
  },
  WatermarkIgnored: (event, tell) =>
    tell.say('WatermarkIgnored', {
      operator: tell.operator(event),
      watermark: tell.watermark(event.x),
      last: tell.watermark(Number(event.value())),
    }),
  AsyncRequested: (event, tell) =>
    tell.say('AsyncRequested', { operator: tell.operator(event), record: tell.recordOf(event.c, event.b, NaN, event) }),
  AsyncAnswered: (event, tell) =>
    tell.say(ASYNC_ANSWERS[event.d] ?? 'AsyncAnswered.completed', {
      operator: tell.operator(event),
      record: tell.recordOf(event.c, event.b, NaN, event),
    }),
  NoWindow: (event, tell) =>
    tell.say('NoWindow', {
      operator: tell.operator(event),
      record: tell.record(event.c, event.b, event.x, keyLook(tell.log, event.process, event.d).text),
    }),
  WindowSkipped: (event, tell) =>
    tell.say('WindowSkipped', {
      record: tell.record(event.c, event.b, NaN, keyLook(tell.log, event.process, event.d).text),
      bounds: { text: '', bounds: [event.x, Number(event.value())] } as const,
    }),
  JoinBuffered: (event, tell) =>
    tell.say((event.d & 1) === 0 ? 'JoinBuffered.left' : 'JoinBuffered.right', {
      operator: tell.operator(event),
      record: tell.record(event.c, event.b, event.x, keyLook(tell.log, event.process, event.d >> 1).text),
    }),
  JoinCleared: (event, tell) =>
    tell.say(event.c === 0 ? 'JoinCleared.left' : 'JoinCleared.right', {
      operator: tell.operator(event),
      key: tell.key(event.process, event.b),
      time: tell.time(event.x),
    }),

  StateUpdated: (event, tell) => {
    const [name, value] = event.value() as [string, unknown]
    const places = {
      operator: tell.operator(event),
      state: { text: name, tone: 'state' } as Part,
      key: tell.key(event.process, event.b),
      value: tell.value(value),
    }
    if (event.c >= 0) {
      const ofWindow = { ...places, window: tell.window(event.process, event.c, event.index) }
      if (event.d === 2) return tell.say('StateUpdated.window.restored', ofWindow)
      return tell.say(event.d === 1 ? 'StateUpdated.window.clear' : 'StateUpdated.window', ofWindow)
    }
    if (event.d === 2) return tell.say('StateUpdated.restored', places)
    return tell.say(event.d === 1 ? 'StateUpdated.clear' : 'StateUpdated', places)
  },
}
