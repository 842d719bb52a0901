import { RollingHash } from '../../../base/hash'
import type { EventPage } from '../../../core/page'

/** Every byte of a trace in one number, however its pages were cut. */
export class TraceHash {
  events = 0
  private readonly hash = new RollingHash()

  readonly take = (page: EventPage): void => {
    this.events += page.count
    for (let i = 0; i < page.count; i++) {
      const from = i === 0 ? 0 : page.payloadEnd[i - 1]!
      const columns = [page.time[i]!, page.process[i]!, page.kind[i]!, page.a[i]!, page.b[i]!, page.c[i]!, page.d[i]!, page.x[i]!]
      this.hash.update(new Uint8Array(new Float64Array(columns).buffer)).update(page.payload, from, page.payloadEnd[i]!)
    }
  }

  get digest(): string {
    return this.hash.digest()
  }
}
