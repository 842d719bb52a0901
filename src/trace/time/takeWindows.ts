import { EventList } from '../columns'
import { TraceKind } from '../kinds'
import type { TraceEvent } from '../types'
import { markOf, WindowMark, WindowTrack } from './state'
import type { AttemptTrack, TimeIndex } from './state'
import { Steps } from './steps'
import { nodeOf } from './takeTasks'

export function takeWindow(index: TimeIndex, event: TraceEvent): void {
  const { b, c, x, kind } = event
  if (kind === TraceKind.WindowOpened) {
    const track = nodeOf(index, event.process, event.a)
    // Numbers count up: one far beyond comes from a damaged file.
    if (track === null || b < 0 || b > track.attempt.windows.length + event.index) return
    const window = new WindowTrack(track, b, c, event.d === 1, event.index, x, Number(event.value()))
    track.attempt.windows[b] = window
    track.windows.push(window)
    return
  }
  const attempt = index.processes.get(event.process)
  const window = attempt?.windows[kind === TraceKind.RecordMade || kind === TraceKind.StateUpdated ? c : b]
  if (attempt === undefined || window === undefined) return
  switch (kind) {
    case TraceKind.WindowElement:
      window.elements.add(event.index)
      break
    case TraceKind.WindowTrigger:
      mark(window, event.index, WindowMark.Trigger)
      break
    case TraceKind.WindowFired:
      mark(window, event.index, WindowMark.Fired)
      break
    case TraceKind.RecordMade:
      mark(window, event.index, WindowMark.Result)
      break
    case TraceKind.WindowCleared:
      mark(window, event.index, WindowMark.Cleared)
      if (window.closed < 0) window.closed = event.index
      break
    case TraceKind.StateUpdated:
      mark(window, event.index, WindowMark.State)
      break
    case TraceKind.WindowEvicted:
      mark(window, event.index, WindowMark.Evicted)
      break
    case TraceKind.WindowMerged:
      merged(attempt, window, event)
      break
  }
}

/** `b` stays with new bounds; `c`, if it is another, is part of it from now on. */
function merged(attempt: AttemptTrack, window: WindowTrack, event: TraceEvent): void {
  mark(window, event.index, WindowMark.Merged)
  ;(window.starts ??= new Steps()).add(event.index, event.time, event.x)
  ;(window.ends ??= new Steps()).add(event.index, event.time, Number(event.value()))
  const gone = event.c >= 0 && event.c !== event.b ? attempt.windows[event.c] : undefined
  if (gone === undefined) return
  window.took(event.index, event.c)
  gone.closed = event.index
  gone.into = event.b
}

function mark(window: WindowTrack, event: number, which: number): void {
  ;(window.marks ??= new EventList()).add(markOf(event, which))
}
