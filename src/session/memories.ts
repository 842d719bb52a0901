const KEY = 'tidemark.view.'
/** Characters of JSON that one view may keep. */
const MOST = 400_000
/** ms of rest before something is written. */
const PAUSE = 300

/** What views ask to be remembered in this browser, whatever the scenario: JSON by the view's id. What is too long lives as long as the page. */
export class Memories {
  private readonly known = new Map<string, unknown>()
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>()

  /** undefined: nothing, or nothing that could be read. */
  get(view: string): unknown {
    if (!this.known.has(view)) this.known.set(view, stored(view))
    return this.known.get(view)
  }

  set(view: string, memory: unknown): void {
    this.known.set(view, memory)
    clearTimeout(this.timers.get(view))
    this.timers.set(
      view,
      setTimeout(() => write(view, memory), PAUSE),
    )
  }
}

function stored(view: string): unknown {
  try {
    const text = localStorage.getItem(KEY + view)
    return text === null || text.length > MOST ? undefined : (JSON.parse(text) as unknown)
  } catch {
    // Storage is forbidden, or holds what we never wrote.
    return undefined
  }
}

function write(view: string, memory: unknown): void {
  const text = JSON.stringify(memory)
  if (text.length > MOST) return
  try {
    localStorage.setItem(KEY + view, text)
  } catch {
    // Forbidden or full: see above.
  }
}
