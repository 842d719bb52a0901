import { assert } from '../../base/assert'
import { hasTimestamp, LONG_MAX } from '../../core/time'
import { javaToString } from '../../core/values'
import type { StreamOperator } from '../../runtime/operators/types'
import type { Emitted, OperatorHarness } from './OperatorHarness'

/**
 * Streams as text: `a@1` a record with a timestamp, `a` one without, `2:a@1` one on the second input, `W(3)` a watermark, `2:W(3)`, `W(MAX)`,
 * `P(10)` the processing-time clock set, `idle`, `active`. Records are strings.
 */
export function play<O extends StreamOperator>(harness: OperatorHarness<O>, text: string): string {
  for (const token of text.split(/\s+/).filter((part) => part !== '')) {
    const [, second, body] = /^(?:([12]):)?(.*)$/.exec(token)!
    const input = second === '2' ? 1 : 0
    const call = /^([WP])\((-?\d+|MAX)\)$/.exec(body!)
    const record = /^([^@]+)(?:@(-?\d+))?$/.exec(body!)
    if (call !== null) {
      const time = call[2] === 'MAX' ? LONG_MAX : Number(call[2])
      if (call[1] === 'W') harness.operator.processWatermark(time, input)
      else harness.clock.set(time)
    } else if (body === 'idle' || body === 'active') harness.operator.processStatus(body === 'idle', input)
    else {
      assert(record !== null, `${token} is no record`)
      harness.element(record[1], record[2] === undefined ? null : Number(record[2]), input)
    }
  }
  return harness.take().map(told).join(' ')
}

/** Side outputs are written `tag!a@1`. */
export function told(emitted: Emitted): string {
  const at = (timestamp: number): string => (hasTimestamp(timestamp) ? `@${timestamp}` : '')
  switch (emitted.kind) {
    case 'record':
      return `${javaToString(emitted.value)}${at(emitted.timestamp)}`
    case 'side':
      return `${emitted.tag}!${javaToString(emitted.value)}${at(emitted.timestamp)}`
    case 'watermark':
      return `W(${emitted.time === LONG_MAX ? 'MAX' : emitted.time})`
    case 'status':
      return emitted.idle ? 'idle' : 'active'
  }
}
