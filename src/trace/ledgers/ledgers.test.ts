import { expect, test } from 'vitest'
import { PageBuilder } from '../../testing/pageBuilder'
import { TraceLog } from '../log'
import { against } from './against'
import { ledgersFold } from './fold'
import { entriesAt, latestCompleted, splitsAt, systemsAt } from './queries'

const SOURCE = 65537
const OUTSIDE = 3 * 65536 + 2

/**
 * `r3` reads offset 3, `b1` a barrier at the source, `c1` checkpoint 1 completes, `s2` the source goes on at 2, `w.x` writes x at once, `w7.x` in transaction 7,
 * `!7` commits it, `~7` aborts it.
 */
function play(words: string) {
  const pages = new PageBuilder()
  pages.event(0, OUTSIDE, 'ExternalNamed', { a: 0, b: 1, text: 'out' })
  words.split(' ').forEach((word, i) => {
    const time = i + 1
    const number = Number(word.slice(1))
    const [into, what] = word.slice(1).split('.')
    if (word.startsWith('r')) pages.event(time, SOURCE, 'SourceRecord', { a: 1, b: i, c: 0, d: number, value: 'v' })
    else if (word.startsWith('b')) pages.event(time, SOURCE, 'CheckpointBegun', { a: number })
    else if (word.startsWith('c')) pages.event(time, 0, 'CheckpointCompleted', { a: 0, b: number, d: -1, value: {} })
    else if (word.startsWith('s')) pages.event(time, SOURCE, 'OffsetRestored', { a: 1, b: 0, c: number })
    else if (word.startsWith('w'))
      pages.event(time, OUTSIDE, 'ExternalWrote', { a: 0, b: into === '' ? -1 : Number(into), value: [null, what] })
    else pages.event(time, OUTSIDE, word.startsWith('!') ? 'ExternalCommitted' : 'ExternalAborted', { a: 0, b: number })
  })
  const log = new TraceLog()
  log.append(pages.take())
  const state = ledgersFold.init(undefined as never)
  for (const reader = log.reader(); reader.next();) ledgersFold.apply(state, reader)
  return { log, state, output: (at = log.length - 1) => entriesAt(systemsAt({ ...state, event: at })[0]!, at, log) }
}
const shown = (entries: ReturnType<ReturnType<typeof play>['output']>): string =>
  entries.map(({ text, standing }) => `${text}:${standing}`).join(' ')

test('a source that is put back reads again what it has read', () => {
  const { state } = play('r0 r1 b1 c1 r2 r3 s2 r2')
  expect(splitsAt(state)).toMatchObject([{ partition: 0, position: 3, highest: 4, replayed: 1, inCheckpoint: 2 }])
  expect(latestCompleted(state)).toMatchObject({ id: 1 })
  // Before it was put back, through the same index.
  expect(splitsAt({ ...state, event: 6 })).toMatchObject([{ position: 4, highest: 4, replayed: 0, inCheckpoint: 2 }])
})

test('what is written in a transaction is there when it is committed, and never if it is aborted', () => {
  const { output } = play('w.a w7.b w8.c !7 ~8')
  expect(shown(output(3))).toBe('a:visible b:open c:open')
  expect(shown(output())).toBe('a:visible b:committed c:aborted')
})

test('held against a run without failures: once too often, never there, not there yet', () => {
  const calm = play('w.a w.b w.c').output()
  const found = against(play('w.a w.b w.b w.d').output(), calm, 'topic')
  expect([found.duplicates.size, found.strange.size, found.missing.map(({ text }) => text)]).toEqual([1, 1, ['c']])
  // In a table the last word of a key counts.
  expect(against(calm, calm, 'table')).toMatchObject({ missing: [] })
})
