import { expect, it } from 'vitest'
import { LONG_MAX } from '../../core/time'
import { SortedInput } from './sortedInput'

it('records wait for the end of the input and come by timestamp, those of one time as they came; then the last watermark, then the end', () => {
  const calls: string[] = []
  const working = { recordNumber: 0, recordOrigin: 0 }
  const input = new SortedInput(
    {
      open: () => undefined,
      processElement: (value, timestamp) => calls.push(`${String(value)}@${timestamp} #${working.recordNumber}`),
      processWatermark: (watermark) => calls.push(watermark === LONG_MAX ? 'W(MAX)' : `W(${watermark})`),
      processStatus: () => calls.push('status'),
      endInput: () => calls.push('end'),
      finish: () => undefined,
      close: () => undefined,
    },
    working,
    { inputBegins: () => undefined },
  )
  for (const [value, timestamp] of [
    ['a', 3],
    ['b', 1],
    ['c', 3],
    ['d', NaN],
  ] as const) {
    working.recordNumber++
    input.processElement(value, timestamp)
  }
  input.processWatermark(2)
  input.processStatus()
  input.processWatermark(LONG_MAX)
  expect(calls).toEqual([])
  input.endInput(0)
  expect(calls).toEqual(['d@NaN #4', 'b@1 #2', 'a@3 #1', 'c@3 #3', 'W(MAX)', 'end'])
})
