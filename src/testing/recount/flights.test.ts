import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(__dirname, '../../..')
const lesson = join(root, 'lessons/02-time/06-watermarks')
const lines = (command: string, args: readonly string[]): string[] =>
  execFileSync(command, args, { encoding: 'utf8' }).trimEnd().split('\n').sort()
const recount = (...args: string[]): string[] => lines(process.execPath, [join(__dirname, 'flights.mjs'), ...args])

test('the lesson’s program prints what an independent recount of the CSV gives', { timeout: 60_000 }, () => {
  expect(lines(join(root, 'bin/tidemark'), ['run', join(lesson, 'program.ts')])).toEqual(recount())
  expect(recount('--late')).toHaveLength(23)
})

test.each([0, 60, 120])('and so it does under a bound of %d minutes', { timeout: 60_000 }, (bound) => {
  const folder = mkdtempSync(join(tmpdir(), 'recount-'))
  try {
    const text = readFileSync(join(lesson, 'program.ts'), 'utf8')
    writeFileSync(join(folder, 'program.ts'), text.replace('Duration.ofMinutes(15)', `Duration.ofMinutes(${bound})`))
    copyFileSync(join(lesson, 'scenario.json'), join(folder, 'scenario.json'))
    expect(lines(join(root, 'bin/tidemark'), ['run', join(folder, 'program.ts')])).toEqual(recount('--bound', String(bound)))
  } finally {
    rmSync(folder, { recursive: true })
  }
})
