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
