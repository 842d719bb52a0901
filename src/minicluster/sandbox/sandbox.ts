import type { Door, Thread, Threads } from '../workers/threads'
import type { FromFrame, ToFrame } from './messages'

/** The bundled text of each door that is used, fetched when the first sandbox is built. */
export type DoorTexts<Doors extends Door = Door> = Readonly<Record<Doors, () => Promise<string>>>

/**
 * An opaque-origin frame whose workers run user code. One sandbox carries one run at a time; when it is spoilt it is thrown away
 * and another is built, which takes about 60 ms.
 */
export class Sandbox implements Threads {
  onLost: ((why: string) => void) | null = null
  private pongs: (() => void)[] = []
  private workers = 0
  private readonly idle: { readonly door: Door; readonly thread: Thread }[] = []
  /** Those that were not asked to end. */
  private readonly living = new Set<number>()
  private over = false

  private constructor(
    private readonly frame: HTMLIFrameElement,
    private readonly port: MessagePort,
  ) {
    port.onmessage = ({ data }: MessageEvent<FromFrame>) => {
      if (data.is === 'pong') this.pongs.splice(0).forEach((done) => done())
      else if (this.living.has(data.id)) this.onLost?.(data.message)
    }
  }

  /** @param url of sandbox.html, on the page's own origin */
  static async build(texts: Partial<DoorTexts>, url: string): Promise<Sandbox> {
    const frame = document.createElement('iframe')
    frame.setAttribute('sandbox', 'allow-scripts')
    frame.hidden = true
    frame.title = 'sandbox'
    frame.src = url
    const loaded = new Promise<void>((done, failed) => {
      frame.onload = () => done()
      frame.onerror = () => failed(new Error(`${url} did not load`))
    })
    document.body.append(frame)
    const doors = await Promise.all(Object.entries(texts).map(async ([door, text]) => ({ door, text: await text() })))
    await loaded
    const { port1, port2 } = new MessageChannel()
    // Its origin is opaque, so there is none to name.
    frame.contentWindow!.postMessage(null, '*', [port2])
    const sandbox = new Sandbox(frame, port1)
    for (const { door, text } of doors) sandbox.say({ do: 'text', door, text })
    return sandbox
  }

  /** Starts workers ahead of their use: they load their door's code, and wait. */
  warm(doors: readonly Door[]): void {
    for (const door of doors) this.idle.push({ door, thread: this.start(door) })
  }

  spawn(door: Door): Thread {
    const at = this.idle.findIndex((waiting) => waiting.door === door)
    return at === -1 ? this.start(door) : this.idle.splice(at, 1)[0]!.thread
  }

  private start(door: Door): Thread {
    const id = this.workers++
    this.living.add(id)
    const { port1, port2 } = new MessageChannel()
    this.say({ do: 'spawn', id, door }, [port2])
    return {
      port: port1,
      terminate: () => {
        if (!this.living.delete(id)) return
        port1.close()
        this.say({ do: 'terminate', id })
      },
    }
  }

  /** Resolves when the frame answers: never, if its process is gone. */
  ping(): Promise<void> {
    return new Promise((done) => {
      this.pongs.push(done)
      this.say({ do: 'ping' })
    })
  }

  answers(within: number): Promise<boolean> {
    const late = new Promise<boolean>((done) => setTimeout(() => done(false), within))
    return Promise.race([this.ping().then(() => true), late])
  }

  dispose(): void {
    if (this.over) return
    this.over = true
    for (const id of this.living) this.say({ do: 'terminate', id })
    this.living.clear()
    this.port.close()
    this.frame.remove()
  }

  private say(message: ToFrame, ports: MessagePort[] = []): void {
    if (!this.over || message.do === 'terminate') this.port.postMessage(message, ports)
  }
}
