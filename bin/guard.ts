import { closeSync } from 'node:fs'
import { getHeapStatistics } from 'node:v8'
import { Worker } from 'node:worker_threads'
import { problem, type Problem } from '../src/core/problem'

/** ms between two looks, and looks without a sign of life after which the program is lost: ten seconds that this process was awake. */
const EVERY = 50
const PATIENCE = 200

/** Watches from a thread of its own, for the one it watches is busy; what it asks for there runs between two steps of any loop. */
const WATCHMAN = `
const { workerData: { beat, every, patience, memory } } = require('node:worker_threads')
const { Session } = require('node:inspector')
let last = -1
let silent = 0
let asking = false
const ask = (expression) => {
  asking = true
  const session = new Session()
  session.connectToMainThread()
  session.post('Runtime.evaluate', { expression }, () => {
    session.disconnect()
    asking = false
  })
}
setInterval(() => {
  const now = Atomics.load(beat, 0)
  silent = now === last && Atomics.load(beat, 1) === 0 ? silent + 1 : 0
  last = now
  if (asking) return
  if (process.memoryUsage.rss() > memory) ask('tidemarkFull()')
  else if (silent >= patience) ask('tidemarkLost()')
}, every)`

/** Beyond this share of its heap Node does little but look for free memory, and soon ends itself without a word for people. */
const FULL = 0.8

/**
 * While it lives, a program that holds this thread for ten seconds without a `beat`, or fills its memory, ends the process
 * with `onLost` and exit code 1.
 */
export class Guard {
  /** Signs of life; 1 while nobody has to watch. */
  private readonly beats = new Int32Array(new SharedArrayBuffer(8))
  private readonly watchman: Worker

  constructor(onLost: (problem: Problem) => void) {
    const end = (problem: Problem): void => {
      onLost(problem)
      // Node would say on it that a debugger is attached, which is nobody's concern.
      closeSync(2)
      process.exit(1)
    }
    const memory = getHeapStatistics().heap_size_limit * FULL
    Object.assign(globalThis, {
      tidemarkLost: () =>
        end(problem('user-code-endless', { thread: 'the main thread', seconds: (EVERY * PATIENCE) / 1000 }, { in: 'run' })),
      tidemarkFull: () => {
        if (process.memoryUsage().heapUsed > memory) end(problem('sandbox-memory', {}, { in: 'run' }))
      },
    })
    this.watchman = new Worker(WATCHMAN, { eval: true, workerData: { beat: this.beats, every: EVERY, patience: PATIENCE, memory } })
    this.watchman.unref()
  }

  readonly beat = (): undefined => {
    this.beats[0]!++
    return undefined
  }

  /** Looks away while this process is busy with something of its own. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    Atomics.store(this.beats, 1, 1)
    try {
      return await work()
    } finally {
      this.beat()
      Atomics.store(this.beats, 1, 0)
    }
  }

  end(): Promise<number> {
    return this.watchman.terminate()
  }
}
