import { expect, it } from 'vitest'
import { micros } from '../../core/time'
import { DataInput, decodeValue } from '../../core/values'
import { LoneContext } from '../testing'
import { ReplayableLog } from './log'
import type { FetchedRecords, FetchRecords } from './messages'

const READER = 65537

function setUp(...arrivals: number[]) {
  const records = arrivals.map((arrival, i) => ({ value: { n: i }, timestamp: i === 1 ? null : i * 100, arrival }))
  const log = new ReplayableLog([{ name: 't', partitions: [records] }])
  const context = new LoneContext(131072)
  const at = (time: number) => (context.now = micros(time))
  const fetch = (offset: number, max = 500): void => {
    const request: FetchRecords = { type: 'fetch', split: 0, topic: 't', partition: 0, offset, max }
    log.handle(request, READER, context)
  }
  const wake = (): void => {
    const { at: time, message } = context.own.shift()!
    at(time)
    log.handle(message, context.self, context)
  }
  const answers = (): string[] =>
    context.takeSent().map(({ message }) => {
      const { offset, count, bytes, timestamps, last } = message as FetchedRecords
      const input = new DataInput(bytes)
      input.useShapes()
      const values = Array.from({ length: count }, (_, i) => `${(decodeValue(input) as { n: number }).n}@${timestamps[i]}`)
      return `${context.now}: from ${offset} [${values.join(' ')}]${last ? ' last' : ''}`
    })
  return { at, fetch, wake, answers }
}

it('answers with what has arrived, at once or with the next arrival, and says what is last', () => {
  const { at, fetch, wake, answers } = setUp(10, 20, 20, 50)
  at(15)
  fetch(0)
  fetch(1)
  expect(answers()).toEqual(['15: from 0 [0@0]'])
  wake()
  expect(answers()).toEqual(['20: from 1 [1@NaN 2@200]'])
  fetch(3)
  wake()
  expect(answers()).toEqual(['50: from 3 [3@300] last'])
})

it('gives no more than was asked for, and any offset again', () => {
  const { at, fetch, answers } = setUp(0, 0, 0)
  at(5)
  fetch(0, 2)
  fetch(0, 2)
  fetch(2, 2)
  fetch(3)
  expect(answers()).toEqual(['5: from 0 [0@0 1@NaN]', '5: from 0 [0@0 1@NaN]', '5: from 2 [2@200] last', '5: from 3 [] last'])
})
