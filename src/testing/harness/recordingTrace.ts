import { javaToString } from '../../core/values'
import type { OperatorTrace } from '../../runtime/operators/types'

/** Keeps what an operator tells the trace as lines of text: the call's name and its arguments. Keys are numbered from 0. */
export function recordingTrace(): { readonly trace: OperatorTrace; readonly take: () => string[] } {
  let lines: string[] = []
  const keys: unknown[] = []
  const line =
    (name: string) =>
    (...args: unknown[]): void => {
      lines.push([name, ...args.map(javaToString)].join(' '))
    }
  const trace: OperatorTrace = {
    on: true,
    keyId(key) {
      if (!keys.includes(key)) keys.push(key)
      return keys.indexOf(key)
    },
    recordDropped: line('recordDropped'),
    recordsMade: line('recordsMade'),
    watermarkEmitted: line('watermarkEmitted'),
    statusEmitted: line('statusEmitted'),
    watermarkAdvanced: line('watermarkAdvanced'),
    timer: line('timer'),
    windowOpened: line('windowOpened'),
    windowElement: line('windowElement'),
    currentRecord: () => [0, 0],
    windowEvicted: line('windowEvicted'),
    windowTrigger: line('windowTrigger'),
    windowFired: line('windowFired'),
    windowCleared: line('windowCleared'),
    windowMerged: line('windowMerged'),
    lateDropped: line('lateDropped'),
    watermarkIgnored: line('watermarkIgnored'),
    noWindow: line('noWindow'),
    windowSkipped: line('windowSkipped'),
    joinBuffered: line('joinBuffered'),
    joinCleared: line('joinCleared'),
    asyncRequested: line('asyncRequested'),
    asyncAnswered: line('asyncAnswered'),
    stateRestored: line('stateRestored'),
    stateHeld: line('stateHeld'),
    memtableFlushed: line('memtableFlushed'),
    sstFileWritten: line('sstFileWritten'),
    sstFileDropped: line('sstFileDropped'),
    stateUpdated: line('stateUpdated'),
    sideRecord: line('sideRecord'),
    sinkRecord: line('sinkRecord'),
  }
  return {
    trace,
    take: () => {
      const taken = lines
      lines = []
      return taken
    },
  }
}
