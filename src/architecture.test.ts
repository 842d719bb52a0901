import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

/** Who may import whom, `import type` included. A folder may always import itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  base: [],
  core: ['base'],
  kernel: ['base', 'core'],
  scenario: ['base', 'core'],
  streaming: ['base', 'core'],
  components: ['base', 'core', 'i18n'],
  graph: ['base', 'core', 'streaming'],
  trace: ['base', 'core', 'scenario', 'graph', 'i18n'],
  explain: ['base', 'core', 'scenario', 'graph', 'trace', 'i18n'],
  client: ['base', 'core', 'streaming', 'graph'],
  runtime: ['base', 'core', 'kernel', 'streaming', 'graph', 'trace'],
  minicluster: ['base', 'core', 'kernel', 'scenario', 'graph', 'trace', 'client', 'runtime'],
  i18n: [],
  views: ['base', 'core', 'scenario', 'graph', 'trace', 'explain', 'components', 'i18n'],
  session: ['base', 'core', 'scenario', 'graph', 'trace', 'explain', 'minicluster', 'i18n'],
  workers: ['base', 'core', 'kernel', 'client', 'runtime', 'minicluster'],
  lessons: ['base', 'core', 'trace'],
}
/** The doors: they put the house together. */
// `page/` is App.svelte in several files: where session, views and components meet.
const DOORS = ['src/main.ts', 'src/App.svelte', 'src/page/', 'bin/']
/** Packages that may appear only in some places. */
const ONLY_IN: readonly (readonly [pattern: RegExp, places: readonly RegExp[]])[] = [
  [/^comlink/, [/^src\/testing\//, /^src\/minicluster\//, /^workers\//, /^src\/kernel\/.*(worker|port)/i]],
  [/^idb/, [/^src\/session\/storage/, /^workers\/storage/]],
  [/^monaco-editor/, [/^src\/components\/editor\//]],
  [/^node:/, [/\bnode\b/i, /^bin\//, /^src\/testing\//, /\.test\.ts$/, /\.e2e\.ts$/, /^scripts\//]],
]

const root = resolve(__dirname, '..')
const filesUnder = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))

/** `src/kernel/host.ts` → kernel, `workers/client.ts` → workers; null for files that the table does not bind. */
const roomOf = (file: string): string | null => {
  if (DOORS.some((door) => file.startsWith(door))) return null
  const [top, second, ...more] = file.split('/')
  if (top === 'src') return (more.length === 0 && second!.includes('.')) || second === 'testing' ? null : second!
  return top!
}

const importsOf = (file: string): string[] => {
  const text = readFileSync(join(root, file), 'utf8')
  const code = file.endsWith('.svelte')
    ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n')
    : text
  return ts.preProcessFile(code, true, true).importedFiles.map((imported) => imported.fileName)
}

const isTest = (file: string): boolean => /\.(test|e2e)\.ts$/.test(file)

test('imports follow the table', () => {
  const wrong: string[] = []
  for (const file of ['src', 'workers', 'lessons', 'bin'].flatMap(filesUnder)) {
    const from = roomOf(file)
    for (const imported of importsOf(file)) {
      if (!imported.startsWith('.')) {
        for (const [pattern, places] of ONLY_IN) {
          if (pattern.test(imported) && !places.some((place) => place.test(file))) wrong.push(`${file} imports ${imported}`)
        }
        continue
      }
      // Tests may look into other rooms; what they test is held to the table.
      if (from === null || isTest(file)) continue
      if (from === 'lessons' && !file.endsWith('checks.ts')) continue
      const target = relative(root, resolve(root, dirname(file), imported))
      const to = roomOf(target)
      if (to === null) {
        wrong.push(`${file} imports ${target}, which is a door or a test's tool`)
        continue
      }
      const sameView =
        to !== 'views' ||
        from !== 'views' ||
        file.split('/')[2] === target.split('/')[2] ||
        target.split('/').length <= 3 ||
        file.split('/').length <= 3
      if (to === from ? !sameView : !(MAY[from] ?? []).includes(to)) wrong.push(`${file} imports ${target}`)
    }
  }
  expect(wrong).toEqual([])
})

test('every folder of src has its row in the table', () => {
  const folders = readdirSync(join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !['testing', 'page'].includes(entry.name))
    .map((entry) => entry.name)
  expect(folders.filter((folder) => !(folder in MAY))).toEqual([])
})

/** What the first picture does not wait for: it is fetched by `import(…)` when a tab, a menu or a problem asks for it. */
const NOT_AT_FIRST: readonly RegExp[] = [
  /^src\/views\/(?!graph\/)\w+\/View\.svelte$/,
  /^src\/(i18n\/problems|trace\/narration\/index|trace\/time\/fold|scenario\/csv|scenario\/schema|explain\/why\/index)\.ts$/,
  /^(d3-scale|papaparse|sucrase|marked|fflate|monaco-editor|valibot|comlink)\b/,
]

test('the first picture brings only what it needs', () => {
  const code = (file: string): string => {
    const text = readFileSync(join(root, file), 'utf8')
    return file.endsWith('.svelte') ? [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]).join('\n') : text
  }
  const files = new Set(['src', 'workers'].flatMap(filesUnder))
  const resolved = (from: string, imported: string): string => {
    if (!imported.startsWith('.')) return imported
    const path = relative(root, resolve(root, dirname(from), imported))
    return [path, `${path}.ts`, `${path}/index.ts`].find((candidate) => files.has(candidate)) ?? path
  }
  const cameBy = new Map<string, string>([['src/main.ts', '']])
  for (const file of cameBy.keys()) {
    if (!files.has(file)) continue
    for (const [, imported] of code(file).matchAll(/^\s*(?:import|export)\s+(?!type\b)(?:[^'"();]*?\bfrom\s+)?'([^']+)'/gm)) {
      const target = resolved(file, imported!)
      if (!cameBy.has(target)) cameBy.set(target, file)
    }
  }
  // It has found its way through the page.
  expect(cameBy.has('src/views/graph/View.svelte')).toBe(true)
  expect([...cameBy].filter(([file]) => NOT_AT_FIRST.some((pattern) => pattern.test(file)))).toEqual([])
})
