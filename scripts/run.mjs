// node scripts/run.mjs ENTRY.ts ARGS…: runs a TypeScript entry under Node.
import { pathToFileURL } from 'node:url'
import { setUp } from './setup.mjs'

setUp(process.stderr)
const { bundle } = await import('./bundle.mjs')
const entry = process.argv[2]
process.argv.splice(2, 1)
await import(pathToFileURL(await bundle(entry)).href)
