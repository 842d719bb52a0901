import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Vector } from '../family'
import { NotYet, type JobCase } from './programText'
import { runJob, sorted, type JobResult, type Row } from './runJob'

interface Expected {
  readonly results?: Readonly<Record<string, readonly Row[]>>
  readonly error?: { readonly stage: string; readonly message: string }
}

/** Flink's counters stand as `-N` in the vectors. */
const agrees = (wanted: Expected, got: JobResult): boolean => {
  if (wanted.error !== undefined) {
    const words = wanted.error.message.split(/-N\b/)
    return 'error' in got && got.error.stage === wanted.error.stage && words.every((part) => got.error.message.includes(part))
  }
  return 'results' in got && Object.entries(wanted.results!).every(([sink, rows]) => sorted(rows).join('\n') === sorted(got.results[sink]!).join('\n'))
}

test('whole programs give what they gave on the real Flink', async () => {
  const file = new URL('../../../../conformance/jobs/vectors.jsonl', import.meta.url)
  const vectors = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Vector<JobCase, Expected>)
  const failed: string[] = []
  const left: Record<string, number> = {}
  let passed = 0
  for (const { id, title, given, expect: wanted } of vectors) {
    try {
      if (agrees(wanted, await runJob(given))) passed++
      else failed.push(`${id} ${title}`)
    } catch (error) {
      if (!(error instanceof NotYet)) throw error
      left[error.message] = (left[error.message] ?? 0) + 1
    }
  }
  expect(failed).toEqual([])
  expect(passed).toBe(97)
  expect(left).toEqual({})
}, 60_000)
