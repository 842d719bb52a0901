import { expect, test } from 'vitest'
import { readSettings } from './settings.svelte'

const base = readSettings(null)

test('what the browser holds is taken where it fits, and nothing else', () => {
  expect(readSettings('{"language":"zh","left":300,"rightCollapsed":true}')).toMatchObject({
    language: 'zh',
    left: 300,
    rightCollapsed: true,
  })
  expect(readSettings('{"language":"fr","left":"wide","right":1e9,"theme":7,"other":1}')).toEqual(base)
  for (const broken of ['', '{', '[]', 'null', '3']) expect(readSettings(broken)).toEqual(base)
})

test('progress in lessons is taken where it is some', () => {
  const held = {
    '01-graph/01-chains': { step: 3, done: true },
    'x y': { step: 1, done: false },
    '01-graph/02-slots': { step: -1, done: false },
    'a/b': 3,
  }
  expect(readSettings(JSON.stringify({ lessons: held })).lessons).toEqual({ '01-graph/01-chains': { step: 3, done: true } })
  expect(readSettings('{"lessons":[1]}').lessons).toEqual({})
})
