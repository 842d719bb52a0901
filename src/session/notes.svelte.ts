export interface WayBack {
  readonly label: string
  readonly act: () => void
}
export interface Note {
  readonly id: number
  readonly text: string
  readonly action?: string | undefined
  readonly act?: (() => void) | undefined
  /** What one may want to do next. */
  readonly more?: WayBack | undefined
}

/** Short notes of what has just been done, each with at most one way back and one way on; they go by themselves. */
export class Notes {
  list: readonly Note[] = $state.raw([])
  private next = 1

  tell(text: string, action?: WayBack, ms = 7000, more?: WayBack): void {
    const id = this.next++
    this.list = [...this.list.slice(-2), { id, text, action: action?.label, act: action?.act, more }]
    setTimeout(() => this.dismiss(id), ms)
  }

  /** A way on, for the note that says `text`, if it is still there. */
  offer(text: string, more: WayBack): void {
    const at = this.list.findLastIndex((note) => note.text === text)
    if (at >= 0) this.list = this.list.with(at, { ...this.list[at]!, more })
  }

  /** Takes the way back of a note. */
  act(id: number): void {
    this.list.find((note) => note.id === id)?.act?.()
    this.dismiss(id)
  }

  /** Takes the way on. */
  goOn(id: number): void {
    this.list.find((note) => note.id === id)?.more?.act()
    this.dismiss(id)
  }

  dismiss(id: number): void {
    this.list = this.list.filter((note) => note.id !== id)
  }

  /** Something was undone or done again: what the notes offer to take back may be another thing now. */
  settle(): void {
    this.list = this.list.filter(({ act }) => act === undefined)
  }
}
