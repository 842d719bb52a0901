import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { OPTION_GROUPS, OPTIONS, TidemarkOptions } from '../core/options'
import { GENERATORS } from '../scenario/generators'
import { fill, type Text } from './index'
import * as lessonTexts from './lessons'
import { problems } from './problems'
import { generators, optionGroups, optionTexts, templates } from './scenario'

const root = join(__dirname, '..')

/** Codes that stand in the code: `problem('code'`, `warning('code'`, `problems.error('code'`, `refused('code'`, and tables of them. */
function codesInCode(): Set<string> {
  const codes = new Set<string>()
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(ts|svelte)$/.test(entry.name) || /\.test\.ts$/.test(entry.name)) continue
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8')
    for (const match of text.matchAll(
      /(?:\b(?:problem|warning|refused|out)|\b(?:problems|found)\.(?:error|warn))\(\s*'([a-z]+(?:-[a-z]+)*)'/g,
    ))
      codes.add(match[1]!)
    for (const match of text.matchAll(/(?:wrong: |code: |^ {2}\w+: )'((?:conf|configuration)-[a-z-]+)'/gm)) codes.add(match[1]!)
  }
  return codes
}

test('every code that the code uses has a sentence and a hint', () => {
  const missing = [...codesInCode()].filter((code) => !(code in problems))
  expect(missing).toEqual([])
})

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort()
const isChinese = (text: string): boolean => /\p{Script=Han}/u.test(text) || /^[{}\w\s.,:/-]*$/.test(text)

describe('both languages', () => {
  const texts: [string, Text][] = [
    ...Object.entries(problems).flatMap(([code, { sentence, hint }]): [string, Text][] => [[code, sentence], [`${code} (hint)`, hint]]), // prettier-ignore
    ...Object.entries(optionTexts),
    ...Object.entries(optionGroups),
    ...Object.entries(templates).flatMap(([id, { question, about }]): [string, Text][] => [[id, question], [`${id} (about)`, about]]), // prettier-ignore
    ...Object.entries(generators).flatMap(([id, { name, about, parameters }]): [string, Text][] => [[id, name], [id, about], ...Object.entries(parameters)]), // prettier-ignore
    ...Object.entries(lessonTexts.lessons),
    ...Object.entries(lessonTexts.lessonParts),
  ]
  test('have the same places, in their own script, and neither is missing', () => {
    const wrong = texts.filter(([, { en, zh }]) => {
      const filled = fill(en, Object.fromEntries(places(en).map((name) => [name, 'x'])))
      return places(zh).join() !== places(en).join() || !isChinese(zh) || (en === '') !== (zh === '') || /[{]\w+[}]/.test(filled)
    })
    expect(wrong).toEqual([])
  })
})

test('every key of the catalogue has a sentence, and nothing else has', () => {
  const keys = [...OPTIONS, ...Object.values<{ key: string }>(TidemarkOptions)].map(({ key }) => key)
  expect(Object.keys(optionTexts).sort()).toEqual(keys.sort())
  expect(Object.keys(optionGroups)).toEqual(OPTION_GROUPS.map(({ id }) => id))
})

test('every generator and parameter has a name', () => {
  expect(Object.keys(generators)).toEqual(GENERATORS.map(({ id }) => id))
  for (const { id, parameters } of GENERATORS) expect(Object.keys(generators[id]!.parameters)).toEqual(parameters.map(({ name }) => name))
})
