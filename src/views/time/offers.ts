import type { Text } from '../../i18n'
import { timeView } from '../../i18n/timeView'
import type { Intervention } from '../../scenario/types'

/** Something one may do to a partition. `span` in ms, `time` in virtual µs. */
export interface Offer {
  readonly id: string
  readonly text: Text
  readonly args: { readonly partition: string; readonly span?: number; readonly time?: number }
  readonly intervention: Intervention
}

/** How long a partition is silent, or by how much it is late, in virtual µs. */
const PAUSE = 5_000_000
const DELAYS = [1_000_000, 5_000_000]

/** What one may do to a partition from virtual µs `at` on. */
export function partitionOffers(topic: string, partition: number, at: number): readonly Offer[] {
  const name = `${topic}-${partition}`
  return [
    {
      id: `silence ${name}`,
      text: timeView.silenceAt,
      args: { partition: name, time: at },
      intervention: { at, do: 'silence-partition', topic, partition },
    },
    {
      id: `pause ${name}`,
      text: timeView.silenceFor,
      args: { partition: name },
      intervention: { at, do: 'silence-partition', topic, partition, until: at + PAUSE },
    },
    ...DELAYS.map((by): Offer => ({
      id: `delay ${name} ${by}`,
      text: timeView.delayBy,
      args: { partition: name, span: by / 1000 },
      intervention: { at, do: 'delay-partition', topic, partition, by },
    })),
  ]
}
