import { expect, it } from 'vitest'
import { LONG_MAX } from '../../core/time'
import { SourceAlignment } from './sourceAlignment'

const shown = (time: number): string => (time === LONG_MAX ? 'MAX' : String(time))

/**
 * `W(5)` the source's watermark, `a:W(5)` a split's, `a:end` its end, `allow(4)` word from the JobManager, `idle`, `active`, `report` the interval, `end`.
 * Gives what each did: `reports 5`, `waits`, `reads`, `waits a`, `reads a`; · between steps.
 */
function play(text: string): string {
  const done: string[] = []
  const alignment = new SourceAlignment({
    report: (watermark) => done.push(`reports ${shown(watermark)}`),
    held: (held) => done.push(held ? 'waits' : 'reads'),
    splitsHeld: (splits, held) => done.push(`${held ? 'waits' : 'reads'} ${splits.join('+')}`),
  })
  const steps = text.split(' ').map((step) => {
    done.length = 0
    const [, split, what, number] = /^(?:(\w):)?(\w+)(?:\((\w+)\))?$/.exec(step)!
    const time = number === 'MAX' ? LONG_MAX : Number(number)
    if (split !== undefined && what === 'W') alignment.updateCurrentSplitWatermark(split, time)
    else if (split !== undefined) alignment.splitFinished(split)
    else if (what === 'W') alignment.updateCurrentEffectiveWatermark(time)
    else if (what === 'allow') alignment.announced(time)
    else if (what === 'report') alignment.reportLatest()
    else if (what === 'end') alignment.finished()
    else alignment.updateIdle(what === 'idle')
    return done.join(', ')
  })
  return steps.join(' · ').trim()
}

// The cases of SourceOperatorAlignmentTest and SourceOperatorSplitWatermarkAlignmentTest.
it('a source beyond what is allowed waits, and reads on when that has grown', () => {
  expect(play('W(1000) allow(999) allow(1000)')).toBe('· waits · reads')
  expect(play('allow(1000) W(1000) W(1001) allow(1000) allow(1001)')).toBe('·  · waits ·  · reads')
  expect(play('W(1000) allow(MAX) W(5000)')).toBe('·  ·')
})

it('it reports its watermark each interval once it has one; MAX while it is idle and when it has ended', () => {
  expect(play('report W(7) report report W(9) report')).toBe('·  · reports 7 · reports 7 ·  · reports 9')
  expect(play('W(7) idle report active report')).toBe('·  · reports MAX ·  · reports 7')
  expect(play('idle report W(7) end')).toBe('·  ·  · reports MAX')
})

it('a source that waits is idle to nobody: it reports where it stands', () => {
  expect(play('W(50) allow(20) report allow(60) report')).toBe('· waits · reports 50 · reads · reports 50')
})

it('splits wait by their own watermarks, at once when one goes beyond, and are asked on one by one', () => {
  expect(play('a:W(5) b:W(30) allow(20) a:W(25) allow(25) allow(40)')).toBe('·  · waits b · waits a · reads a · reads b')
  expect(play('allow(10) a:W(11) a:W(12) allow(12)')).toBe('· waits a ·  · reads a')
  expect(play('a:W(5) b:W(30) b:end allow(20)')).toBe('·  ·  ·')
})
