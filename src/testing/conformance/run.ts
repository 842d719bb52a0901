import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Family, Mismatch, Vector, Verdict } from './family'

export interface Report {
  readonly lines: readonly string[]
  readonly exitCode: 0 | 1 | 2
}

const SHOWN_FAILURES = 5
const short = (value: unknown): string => {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 400 ? `${text.slice(0, 400)}…` : text
}

async function checked(family: Family, vector: Vector): Promise<Verdict> {
  try {
    return await family.check(vector)
  } catch (error) {
    return { expected: vector.expect, got: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

/**
 * Checks `FAMILY/vectors.jsonl` below `directory` for the named families, or for all that are registered.
 * Exit code 1: a case failed; 2: a family was named that nobody runs.
 */
export async function runFamilies(directory: string, names: readonly string[], families: readonly Family[]): Promise<Report> {
  const folders = existsSync(directory)
    ? readdirSync(directory, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() && existsSync(join(directory, entry.name, 'vectors.jsonl')))
        .map((entry) => entry.name)
        .sort()
    : []
  const lines: string[] = []
  const chosen = names.length > 0 ? names : folders
  const unknown = names.filter((name) => !families.some((family) => family.name === name) || !folders.includes(name))
  if (unknown.length > 0) {
    for (const name of unknown) {
      lines.push(folders.includes(name) ? `${name}: nobody runs this family` : `${name}: no vectors in ${join(directory, name)}`)
    }
    return { lines, exitCode: 2 }
  }
  let passed = 0
  let failed = 0
  let skipped = 0
  const width = Math.max(0, ...chosen.map((name) => name.length))
  for (const name of chosen) {
    const family = families.find((candidate) => candidate.name === name)
    if (family === undefined) {
      lines.push(`${name.padEnd(width)}  not yet run`)
      continue
    }
    const failures: { readonly vector: Vector; readonly mismatch: Mismatch }[] = []
    const counts = { passed: 0, skipped: 0 }
    for (const line of readFileSync(join(directory, name, 'vectors.jsonl'), 'utf8').split('\n')) {
      if (line.trim() === '') continue
      const vector = JSON.parse(line) as Vector
      const verdict = await checked(family, vector)
      if (verdict === null) counts.passed++
      else if (verdict === 'skipped') counts.skipped++
      else failures.push({ vector, mismatch: verdict })
    }
    lines.push(
      `${name.padEnd(width)}  ${counts.passed} passed` +
        (failures.length > 0 ? `, ${failures.length} failed` : '') +
        (counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''),
    )
    for (const { vector, mismatch } of failures.slice(0, SHOWN_FAILURES)) {
      lines.push(`  ${vector.id}${mismatch.step === undefined ? '' : ` step ${mismatch.step}`}: ${vector.title}`)
      lines.push(`    expected ${short(mismatch.expected)}`, `    got      ${short(mismatch.got)}`)
    }
    if (failures.length > SHOWN_FAILURES) lines.push(`  … and ${failures.length - SHOWN_FAILURES} more`)
    passed += counts.passed
    failed += failures.length
    skipped += counts.skipped
  }
  lines.push(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
  return { lines, exitCode: failed > 0 ? 1 : 0 }
}
