import { describe, expect, test } from 'vitest'
import { ProblemError } from '../core/problem'
import { JobTrace, longTrace } from '../testing/traceBuilder'
import { decodeTrace, encodeTrace, pagesOf } from './codec'
import { TraceLog } from './log'

const job = new JobTrace()
const pages = [job.deploy().take(), job.emit(0, 'a@1 b@3 W(3)').settle().emit(0, 'a@12 W(MAX)').emit(1, 'W(MAX)').settle().take()]
const bytes = encodeTrace(job.header, pages)
const codeOf = (file: Uint8Array): string => {
  try {
    decodeTrace(file)
    return 'fine'
  } catch (error) {
    return error instanceof ProblemError ? error.problem.code : String(error)
  }
}

describe('a trace as a file', () => {
  test('comes back as it was', () => {
    const { header, log } = decodeTrace(bytes)
    const before = new TraceLog()
    for (const page of pages) before.append(page)
    expect(header).toEqual(job.header)
    expect(log.prefixHash()).toBe(before.prefixHash())
    expect(encodeTrace(header, pagesOf(log))).toEqual(bytes)
  })

  test('does not know of pages, nor of the order of names in the header', () => {
    const many = [...longTrace(20_000)]
    const log = new TraceLog()
    for (const page of many) log.append(page)
    const backwards = Object.fromEntries(Object.entries(job.header).reverse()) as unknown as typeof job.header
    expect(Buffer.compare(encodeTrace(job.header, many), encodeTrace(backwards, pagesOf(log, 777)))).toBe(0)
  })

  test('says what is wrong with a file', () => {
    expect(codeOf(new TextEncoder().encode('{"version":1}'))).toBe('trace-not-a-trace')
    expect(codeOf(bytes.slice(0, 40))).toBe('trace-truncated')
    expect(codeOf(bytes.slice(0, -9))).toBe('trace-truncated')
    const newer = bytes.slice()
    newer[8] = 2
    expect(codeOf(newer)).toBe('trace-newer')
    const changed = bytes.slice()
    changed[changed.length - 40]! ^= 1
    expect(codeOf(changed)).toBe('trace-damaged')
  })
})
