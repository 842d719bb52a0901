// npm start: installs what is missing, builds what has changed, serves the playground and says where.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root, setUp } from './setup.mjs'

setUp()
const { sourcesChangedAt } = await import('./bundle.mjs')
const { build, preview } = await import('vite')
const built = join(root, 'dist', 'index.html')
if (!existsSync(built) || statSync(built).mtimeMs < sourcesChangedAt()) {
  console.log('Building the playground …')
  await build({ root, logLevel: 'error' })
}
const port = process.env.PORT ? Number(process.env.PORT) : 4173
const server = await preview({ root, preview: { port, strictPort: process.env.PORT !== undefined, host: process.env.HOST ?? '127.0.0.1' } })
console.log(`\nTidemark is at ${server.resolvedUrls.local[0] ?? server.resolvedUrls.network[0]}\nCtrl+C stops it.`)
