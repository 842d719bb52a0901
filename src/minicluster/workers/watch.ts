import { problem, type Problem } from '../../core/problem'

/** ms between two questions. */
const EVERY = 250
/** Questions without an answer after which somebody is lost: about two seconds. */
const PATIENCE = 8

interface Watched {
  readonly name: string
  readonly ping: () => Promise<unknown>
  waiting: boolean
  silent: number
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
    this.ground = { name: 'sandbox', ping, waiting: false, silent: 0 }
  }

  /** Returns a function that ends the watch over this thread. */
  over(name: string, ping: () => Promise<unknown>): () => void {
    const watched: Watched = { name, ping, waiting: false, silent: 0 }
    this.threads.add(watched)
    return () => void this.threads.delete(watched)
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
    for (const watched of this.threads) question(watched)
    if (this.ground !== null) question(this.ground)
    const lost = [...this.threads].filter(({ silent }) => silent >= PATIENCE)
    const groundLost = this.ground !== null && this.ground.silent >= PATIENCE
    const everyone = this.threads.size > 1 && lost.length === this.threads.size
    if (groundLost || everyone) this.fail(problem('sandbox-memory', {}, { in: 'run' }))
    // Where the ground has begun to be silent, wait for what it turns out to be.
    else if (lost.length > 0 && (this.ground?.silent ?? 0) <= 2) {
      this.fail(problem('user-code-endless', { thread: lost[0]!.name, seconds: (EVERY * PATIENCE) / 1000 }, { in: 'run' }))
    }
  }
}

function question(watched: Watched): void {
  if (watched.waiting) {
    watched.silent++
    return
  }
  watched.waiting = true
  void watched.ping().then(() => {
    watched.waiting = false
    watched.silent = 0
  })
}
