// Bundles a TypeScript entry for Node, once for each state of the sources, and says where the result is.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { root } from './setup.mjs'

const newest = (folder) => {
  let latest = statSync(folder).mtimeMs
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules') continue
    const path = join(folder, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs)
  }
  return latest
}

export const sourcesChangedAt = () =>
  Math.max(
    ...['src', 'workers', 'bin', 'scripts', 'lessons', 'public'].map((folder) => newest(join(root, folder))),
    ...['package-lock.json', 'index.html', 'vite.config.ts'].map((file) =>
      existsSync(join(root, file)) ? statSync(join(root, file)).mtimeMs : 0,
    ),
  )

/** Sucrase's parser is no entry of its package, so Node cannot load it by name: it goes into the bundle. */
const withParser = {
  name: 'parser',
  setup: (build) => build.onResolve({ filter: /^sucrase\/dist\// }, ({ path }) => ({ path: join(root, 'node_modules', path) })),
}

export const bundle = async (entry) => {
  const cache = join(root, 'node_modules', '.cache', 'tidemark')
  const name = createHash('sha256').update(resolve(root, entry)).digest('hex').slice(0, 16)
  const output = join(cache, `${name}.mjs`)
  if (existsSync(output) && statSync(output).mtimeMs > sourcesChangedAt()) return output
  const { build } = await import('esbuild')
  mkdirSync(cache, { recursive: true })
  const { outputFiles } = await build({
    entryPoints: [resolve(root, entry)],
    absWorkingDir: root,
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    plugins: [withParser],
    sourcemap: 'inline',
    logLevel: 'warning',
  })
  // Written whole or not at all: two commands may bundle at the same time.
  const temporary = `${output}.${process.pid}`
  writeFileSync(temporary, outputFiles[0].contents)
  renameSync(temporary, output)
  return output
}
