import { expect, test } from 'vitest'
import { NEWEST, upgrade } from './index'

const link = { in: 'link' } as const

test('a scenario of the newest version passes untouched', () => {
  const raw = { version: NEWEST, anything: true }
  expect(upgrade(raw, link)).toEqual({ value: raw })
})

test('an old one goes up step by step, each step from where the one before left off', () => {
  const steps = [
    (old: object) => ({ ...old, path: 'one-two' }),
    (old: Readonly<Record<string, unknown>>) => ({ ...old, path: `${String(old['path'])}-three` }),
  ]
  expect(upgrade({ version: 1, path: '' }, link, steps, 3)).toEqual({ value: { version: 3, path: 'one-two-three' } })
  expect(upgrade({ version: 2, path: 'two' }, link, steps, 3)).toEqual({ value: { version: 3, path: 'two-three' } })
})

test.each([
  [{ version: NEWEST + 1 }, 'scenario-newer'],
  [{ version: 0 }, 'scenario-version'],
  [{ version: '1' }, 'scenario-version'],
  [{ version: 1.5 }, 'scenario-version'],
  [{}, 'scenario-version'],
  [[], 'scenario-shape'],
  [null, 'scenario-shape'],
  ['text', 'scenario-shape'],
])('%j: %s', (raw, code) => expect(upgrade(raw, link)).toMatchObject({ problem: { code } }))
