import { closeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'

/** ms between two looks, and looks without a sign of life after which the program is lost: ten seconds that this process was awake. */
const EVERY = 250
const PATIENCE = 40

/** Watches from a thread of its own, for the one it watches is busy; what it asks for there runs between two steps of any loop. */
const WATCHMAN = `
const { workerData: { beat, every, patience } } = require('node:worker_threads')
const { Session } = require('node:inspector')
let last = -1
let silent = 0
const timer = setInterval(() => {
  const now = Atomics.load(beat, 0)
  silent = now === last ? silent + 1 : 0
  last = now
  if (silent < patience) return
  clearInterval(timer)
  const session = new Session()
  session.connectToMainThread()
  session.post('Runtime.evaluate', { expression: 'tidemarkLost()' })
}, every)`

/** While it lives, a program that holds this thread for ten seconds without a `beat` ends the process with `onLost` and exit code 1. */
export class Guard {
  private readonly beats = new Int32Array(new SharedArrayBuffer(4))
  private readonly watchman: Worker

  constructor(onLost: (seconds: number) => void) {
    Object.assign(globalThis, {
      tidemarkLost: () => {
        onLost((EVERY * PATIENCE) / 1000)
        // Node would say on it that a debugger is attached, which is nobody's concern.
        closeSync(2)
        process.exit(1)
      },
    })
    this.watchman = new Worker(WATCHMAN, { eval: true, workerData: { beat: this.beats, every: EVERY, patience: PATIENCE } })
    this.watchman.unref()
  }

  readonly beat = (): undefined => {
    this.beats[0]!++
    return undefined
  }

  end(): Promise<number> {
    return this.watchman.terminate()
  }
}
