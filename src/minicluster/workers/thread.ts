import type { BehindTheFence } from '../../client/fence'
import { Coordinator } from '../../kernel/coordinator'
import { describeError, KernelThread, type ThreadLinks } from '../../kernel/thread'
import {
  packBatch,
  packPage,
  unpackBatch,
  unpackPage,
  type Batch,
  type GrantMessage,
  type PackedPage,
  type ReportMessage,
} from '../../kernel/wire'
import type { HostSpec, KernelConfig, Process } from '../../kernel/types'
import type { FileStore } from '../../runtime/external/fileStore'
import { PortFileStore } from '../files/portStore'
import type { LeaderApi, PagesMessage, RunResult, ThreadApi, ThreadSetUp } from './protocol'

/** What a door gives: the processes that live on its hosts. */
export type CreateRoot = (spec: HostSpec, input: unknown, store?: FileStore) => Process

/** Pages go out together until they weigh this much: a message costs more than a few small pages. */
const PAGES_TOGETHER = 64 * 1024
/** ms of work after which the leader lets messages in, where no round makes it wait. */
const SLICE = 8

/** A thread that follows: plays its windows when the leader grants them. */
export function followerApi(createRoot: CreateRoot, behind: BehindTheFence): ThreadApi {
  return {
    ping: () => {},
    setUp(setUp) {
      const rounds = setUp.rounds[0]!
      const post = (message: ReportMessage, page?: PackedPage | null): void => behind.post(rounds, message, page ? [page.buffer] : [])
      const thread = startThread(setUp, createRoot, behind, undefined, {
        report: (report, page) => {
          const packed = page === null ? null : packPage(page)
          post({ report, page: packed }, packed)
        },
        failed: (error) => post({ failed: error }),
      })
      behind.listen(rounds, ({ data }: MessageEvent<GrantMessage>) => thread.grant(data.end, data.grant))
    },
  }
}

/** The thread that leads: plays thread 0's windows itself and carries grants to the others. */
export function leaderApi(createRoot: CreateRoot, behind: BehindTheFence): LeaderApi {
  let coordinator: Coordinator
  let out: PageStream
  let store: FileStore | undefined
  return {
    ping: () => {},
    setUp(setUp) {
      out = new PageStream(setUp.pages!, behind)
      store = setUp.files === null ? undefined : new PortFileStore(setUp.files, behind)
      const own = startThread(setUp, createRoot, behind, store, {
        report: (report, page) => coordinator.report(0, report, page),
        failed: (error) => coordinator.failed(error),
      })
      coordinator = new Coordinator(
        setUp.rounds.length,
        setUp.lookahead,
        (host) => setUp.threadOf[host]!,
        (end, grant) =>
          grant.thread === 0 ? own.grant(end, grant) : behind.post(setUp.rounds[grant.thread]!, { end, grant } satisfies GrantMessage),
        breather(behind, () => out.flush()),
        {
          faults: setUp.faults,
          hosts: setUp.hosts.map(({ host }) => host),
          onDead: (dead) => {
            out.flush()
            behind.post(setUp.pages!, { dead } satisfies PagesMessage, [])
          },
        },
      )
      setUp.rounds.forEach((port, thread) => {
        if (port === null) return
        behind.listen(port, ({ data }: MessageEvent<ReportMessage>) => {
          if ('failed' in data) coordinator.failed(data.failed)
          else coordinator.report(thread, data.report, data.page === null ? null : unpackPage(data.page))
        })
      })
    },
    inject(injections) {
      for (const injection of injections) coordinator.inject(injection)
    },
    async run(until): Promise<RunResult> {
      try {
        const { reason, frontier } = await coordinator.run(until as never, (page) => out.push(packPage(page)))
        if (reason === 'drained') await store?.flush?.()
        return { reason, frontier, pages: out.flush() }
      } catch (error) {
        // A broken run is an answer, not an exception: Comlink would keep only the message.
        return { failed: describeError(error), pages: out.flush() }
      }
    },
    stop: () => coordinator.stop(),
  }
}

function startThread(
  setUp: ThreadSetUp,
  createRoot: CreateRoot,
  behind: BehindTheFence,
  store: FileStore | undefined,
  links: Omit<ThreadLinks, 'send'>,
): KernelThread {
  const config: KernelConfig = {
    seed: setUp.seed,
    hosts: setUp.hosts,
    lookahead: setUp.lookahead,
    latency: (from, to) => setUp.latencies[from]![to]!,
    tracing: setUp.tracing,
    faults: setUp.faults,
  }
  const send = (thread: number, envelopes: Parameters<ThreadLinks['send']>[1]): void => {
    const batch = packBatch(envelopes)
    behind.post(setUp.peers[thread]!, batch, [batch.heads.buffer as ArrayBuffer])
  }
  const thread = new KernelThread(config, (spec) => createRoot(spec, setUp.inputs[spec.host], store), setUp.threadOf, setUp.thread, {
    ...links,
    send,
    progress: pulse(setUp.pulse, behind),
    ...(store?.settle === undefined ? {} : { settle: () => store.settle!() }),
  })
  setUp.peers.forEach((port, from) => {
    if (port !== null) behind.listen(port, ({ data }: MessageEvent<Batch>) => thread.batch(from, unpackBatch(data)))
  })
  return thread
}

/** ms between two signs of life. */
const PULSE = 200
/** Steps between two looks at the clock, at most. */
const STRIDE = 64

/** Slow functions make a window long, but it comes to its end: says so now and then. Looks more often the slower it gets. */
function pulse(port: MessagePort, behind: BehindTheFence): () => number {
  let looked = behind.elapsed()
  let posted = looked
  let stride = STRIDE
  return () => {
    const now = behind.elapsed()
    stride = now - looked > PULSE / 4 ? Math.max(1, stride >> 2) : Math.min(STRIDE, stride * 2)
    looked = now
    if (now - posted >= PULSE) {
      posted = now
      behind.post(port, null)
    }
    return stride
  }
}

/** ms for which a finished page may wait for others: while a thread is caught in somebody's code, nobody asks for it. */
const PAGE_WAITS = 20

class PageStream {
  private cancel: (() => void) | null = null
  private waiting: PackedPage[] = []
  private weight = 0
  private pages = 0

  constructor(
    private readonly port: MessagePort,
    private readonly behind: BehindTheFence,
  ) {}

  push(page: PackedPage): void {
    this.waiting.push(page)
    this.pages++
    this.weight += page.buffer.byteLength
    if (this.weight >= PAGES_TOGETHER) this.flush()
    else this.cancel ??= this.behind.later(PAGE_WAITS, () => this.flush())
  }

  /** Returns how many pages have gone out since the start. */
  flush(): number {
    if (this.waiting.length > 0) {
      this.behind.post(
        this.port,
        this.waiting satisfies PagesMessage,
        this.waiting.map((page) => page.buffer),
      )
    }
    this.cancel?.()
    this.cancel = null
    this.waiting = []
    this.weight = 0
    return this.pages
  }
}

/** A pause every `SLICE` ms, as long as one trip through the event loop; `before` it, what is finished goes out. */
function breather(behind: BehindTheFence, before: () => void): () => Promise<void> | undefined {
  let since = behind.elapsed()
  return () => {
    if (behind.elapsed() - since < SLICE) return undefined
    before()
    return new Promise((done) => {
      behind.breathe(() => {
        since = behind.elapsed()
        done()
      })
    })
  }
}
