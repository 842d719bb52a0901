// node scripts/run.mjs ENTRY.ts ARGS…: runs a TypeScript entry under Node.
import { pathToFileURL } from 'node:url'
import { root, setUp } from './setup.mjs'

process.env.TIDEMARK_ROOT = root
setUp(process.stderr)
const { bundle } = await import('./bundle.mjs')
const entry = process.argv[2]
process.argv.splice(2, 1)
await import(pathToFileURL(await bundle(entry)).href)
