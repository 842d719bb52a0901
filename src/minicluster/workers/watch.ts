import { problem, type Problem } from '../../core/problem'

/** ms between two questions. */
const EVERY = 250
/** Questions without an answer after which somebody is lost: about two seconds. */
const PATIENCE = 8
/** The same for a thread that has never answered: on a slow machine a worker takes its time to load. */
const FIRST_PATIENCE = 80
/** The same for threads that were in the midst of a long window: the memory's last throes take longer than that. */
const LONG_PATIENCE = 24

interface Watched {
  readonly name: string
  /** Whether code of the program runs there. */
  readonly hostile: boolean
  readonly ping: () => Promise<unknown>
  waiting: boolean
  silent: number
  patience: number
}

/**
 * Asks every thread now and then whether it is still there. One that does not answer is caught in user code that does not return.
 * When the ground under all of them is silent too, the browser has ended the sandbox: in practice, because its memory was
 * used up. Counts questions and not time, so that a page that was asleep itself blames nobody.
 */
export class Watch {
  /** Resolves when something is wrong; never rejects. */
  readonly broken: Promise<Problem>
  private report!: (problem: Problem) => void
  private readonly threads = new Set<Watched>()
  private ground: Watched | null = null
  private readonly timer: ReturnType<typeof setInterval>

  constructor() {
    this.broken = new Promise((done) => (this.report = done))
    this.timer = setInterval(() => this.ask(), EVERY)
  }

  /** What the threads stand on: the frame that holds them. */
  standingOn(ping: () => Promise<unknown>): void {
    this.ground = watched('sandbox', false, ping)
  }

  /** To be called before the thread is given work. `alive` is for signs of life other than answers; `end` ends the watch over this thread. */
  over(name: string, hostile: boolean, ping: () => Promise<unknown>): { alive(): void; end(): void } {
    const thread = watched(name, hostile, ping)
    this.threads.add(thread)
    return {
      alive: () => {
        thread.silent = 0
        thread.patience = LONG_PATIENCE
      },
      end: () => void this.threads.delete(thread),
    }
  }

  /** Says at once what is wrong. */
  fail(problem: Problem): void {
    this.end()
    this.report(problem)
  }

  end(): void {
    clearInterval(this.timer)
  }

  private ask(): void {
    for (const thread of this.threads) question(thread)
    if (this.ground !== null) question(this.ground)
    const lost = [...this.threads].filter(({ silent, patience }) => silent >= patience)
    const groundLost = this.ground !== null && this.ground.silent >= this.ground.patience
    const everyone = this.threads.size > 1 && lost.length === this.threads.size
    if (groundLost || everyone) return this.fail(problem('sandbox-memory', {}, { in: 'run' }))
    // Where the ground has begun to be silent, wait for what it turns out to be.
    const caught = lost.find(({ hostile }) => hostile)
    if (caught !== undefined && (this.ground?.silent ?? 0) <= 2) {
      this.fail(problem('user-code-endless', { thread: caught.name, seconds: (EVERY * caught.patience) / 1000 }, { in: 'run' }))
    }
  }
}

/** The first question is asked before any work is: its answer says that the thread has loaded. */
function watched(name: string, hostile: boolean, ping: () => Promise<unknown>): Watched {
  const thread: Watched = { name, hostile, ping, waiting: false, silent: 0, patience: FIRST_PATIENCE }
  question(thread)
  return thread
}

function question(thread: Watched): void {
  if (thread.waiting) {
    thread.silent++
    return
  }
  thread.waiting = true
  void thread.ping().then(() => {
    thread.waiting = false
    thread.silent = 0
    thread.patience = PATIENCE
  })
}
