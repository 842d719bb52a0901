// npm test: everything that must hold, in the order in which a failure is cheapest to find.
import { spawnSync } from 'node:child_process'
import { root, setUp } from './setup.mjs'

setUp()
const { ensureBrowser } = await import('./browser.mjs')
ensureBrowser()
const node = process.execPath
const bin = (name) => `node_modules/${name}`
const steps = [
  ['types', node, [bin('svelte-check/bin/svelte-check'), '--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings']],
  ['lint', node, [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']],
  ['format', node, [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['unit', node, [bin('vitest/vitest.mjs'), 'run', '--project', 'unit']],
  ['conformance', node, ['scripts/run.mjs', 'src/testing/conformance/cli.ts']],
  ['chaos', node, ['scripts/run.mjs', 'src/testing/chaos/cli.ts', '--seeds', '150']],
  ['build', node, [bin('vite/bin/vite.js'), 'build', '--logLevel', 'error']],
  ['end to end', node, [bin('vitest/vitest.mjs'), 'run', '--project', 'e2e']],
]
const only = process.argv.slice(2)
let failed = 0
const ran = steps.filter(([name]) => only.length === 0 || only.includes(name))
for (const [name, command, args] of ran) {
  const started = Date.now()
  console.log(`\n── ${name}`)
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (status !== 0) failed++
  console.log(`── ${name}: ${status === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}
console.log(`\nsteps: ${ran.length - failed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
