import { expect, test } from 'vitest'
import { exportSnapshot, importSnapshot, isSnapshotFile } from './snapshotFile'

const bundle = {
  path: '/c/j/chk-3',
  name: 'mine',
  at: 12,
  files: [
    { path: '/c/j/chk-3/_metadata', bytes: Uint8Array.of(1, 2, 255) },
    { path: '/c/j/shared/a', bytes: new Uint8Array() },
  ],
}
const file = (text: string, name = 'x.json') => ({ name, size: text.length, text: () => Promise.resolve(text) })

test('out and in again', async () => {
  const { name, text } = exportSnapshot(bundle)
  expect(name).toBe('chk-3.tidemark-snapshot.json')
  expect(isSnapshotFile({ name })).toBe(true)
  expect(await importSnapshot(file(text))).toEqual(bundle)
})

test.each([
  ['cut short', exportSnapshot(bundle).text.slice(0, -5)],
  ['of another sort', '{"tidemark":"scenario"}'],
  ['with a file that is none of its own', exportSnapshot(bundle).text.replace('/c/j/shared/a', '/c/other/a')],
  ['with contents that are none', exportSnapshot(bundle).text.replace('AQL_', '*')],
])('%s: refused', async (_, text) => {
  await expect(importSnapshot(file(text))).rejects.toThrow('snapshot-file')
})
