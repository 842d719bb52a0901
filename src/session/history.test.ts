import { describe, expect, test } from 'vitest'
import { newScenario } from '../scenario/defaults'
import { History } from './history.svelte'

const start = newScenario({ name: 'a' })
const named = (name: string) => ({ ...start, name })

describe('history', () => {
  test('undo and redo cross panes and say whose edit it was', () => {
    const history = new History(start)
    history.edit(named('b'), 'program')
    history.edit(named('c'), 'events')
    expect([history.undo(), history.scenario.name]).toEqual(['events', 'b'])
    expect([history.undo(), history.scenario.name]).toEqual(['program', 'a'])
    expect(history.undo()).toBeNull()
    expect([history.redo(), history.scenario.name]).toEqual(['program', 'b'])
    history.edit(named('d'), 'cluster')
    expect(history.redo()).toBeNull()
  })

  test('typing is undone together, as long as it goes on', () => {
    const history = new History(start)
    history.edit(named('x'), 'program', 'typing', 0)
    history.edit(named('xy'), 'program', 'typing', 500)
    history.edit(named('xyz'), 'program', 'typing', 2000)
    history.undo()
    expect(history.scenario.name).toBe('xy')
    history.undo()
    expect(history.scenario.name).toBe('a')
    expect(history.canUndo).toBe(false)
  })

  test('an edit that changes nothing is none', () => {
    const history = new History(start)
    history.edit(start, 'program')
    expect(history.canUndo).toBe(false)
  })
})
