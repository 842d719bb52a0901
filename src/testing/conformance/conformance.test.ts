import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { families, notYet } from './families'
import { family } from './family'
import { runFamilies } from './run'

const vectors = join(import.meta.dirname, '../../../conformance')

describe('conformance', () => {
  it('forgets no family', () => {
    const known = [...families.map(({ name }) => name), ...notYet].sort()
    expect(new Set(known).size).toBe(known.length)
    expect(known).toEqual(readdirSync(vectors).sort())
  })

  // Whole jobs start threads by the hundred: `npm run conformance`, which `npm test` calls as well, has them.
  it.each(families.map(({ name }) => name).filter((name) => name !== 'jobs'))('%s', { timeout: 120_000 }, async (name) => {
    const report = await runFamilies(vectors, [name], families)
    expect(report.exitCode, report.lines.join('\n')).toBe(0)
  })

  it('fails on a case that fails, and on a family nobody runs', async () => {
    const wrong = family('key-groups', () => 0)
    const report = await runFamilies(vectors, ['key-groups'], [wrong])
    expect(report.exitCode).toBe(1)
    expect(report.lines.slice(0, 4)).toEqual([
      'key-groups  0 passed, 176 failed',
      '  key-groups/0001: The int 0 finds its key group.',
      '    expected {"hashCode":0,"keyGroup":94,"subtask":2}',
      '    got      0',
    ])
    expect(report.lines.at(-1)).toBe('0 passed, 176 failed')
    expect((await runFamilies(vectors, ['no-such'], families)).exitCode).toBe(2)
    expect((await runFamilies(vectors, ['key-groups'], [])).exitCode).toBe(2)
  })
})
