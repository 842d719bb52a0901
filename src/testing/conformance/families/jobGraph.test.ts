import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as flink from '../../../streaming'
import { rememberNames } from '../../../streaming/operators/names'
import { Unsupported } from '../programs/build'
import { jobGraph } from './jobGraph'
import type { Vector } from '../family'

rememberNames(flink)

test('every program that module flink can be asked for gives Flink’s graphs', () => {
  const vectors = readFileSync(new URL('../../../../conformance/job-graph/vectors.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Vector<never, { dynamic?: boolean }>)
  const left = new Map<string, number>()
  const failed: string[] = []
  let passed = 0
  for (const vector of vectors) {
    const leave = (why: string): void => void left.set(why, (left.get(why) ?? 0) + 1)
    if (vector.expect.dynamic === true) {
      leave('adaptive batch')
      continue
    }
    try {
      if (jobGraph.check(vector) === null) passed++
      else failed.push(vector.id)
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error
      leave(error.message)
    }
  }
  expect(failed).toEqual([])
  expect(passed).toBe(205)
  expect(Object.fromEntries(left)).toEqual({ connect: 2, iterate: 8, 'adaptive batch': 5 })
})
