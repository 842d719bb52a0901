import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, type Rolldown } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const SUFFIX = '?worker-text'
const SANDBOX = 'sandbox.html'
const FRAME = fileURLToPath(new URL('../src/minicluster/sandbox/frame.ts', import.meta.url))

/** What user code may reach: nothing. Blob workers inherit this policy; `unsafe-eval` lets them run program text. */
const sandboxPolicy = (script: string): string =>
  [
    `default-src 'none'`,
    `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}' 'unsafe-eval'`,
    `worker-src blob:`,
    `connect-src 'none'`,
    `frame-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ')

/**
 * The page's own policy. `frame-src 'self'` above all: a frame that could navigate elsewhere could take data with it.
 * Styles are inline where Monaco and Svelte set them.
 */
const PAGE_POLICY = [
  `default-src 'self'`,
  `script-src 'self'`,
  `style-src 'self' 'unsafe-inline'`,
  `img-src 'self' data: blob:`,
  `font-src 'self' data:`,
  `connect-src 'self'`,
  `worker-src 'self' blob:`,
  `frame-src 'self'`,
  `object-src 'none'`,
  `base-uri 'self'`,
  `form-action 'none'`,
].join('; ')

/** A module and all that it imports as the text of one classic script, and the files that it is made of. */
async function bundleToText(entry: string, minify: boolean): Promise<{ text: string; files: string[] }> {
  const files = new Set<string>()
  const result = (await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { flink: fileURLToPath(new URL('../src/streaming/index.ts', import.meta.url)) } },
    plugins: [
      {
        name: 'files-of-the-bundle',
        moduleParsed: (module) => {
          if (!module.id.includes('\0')) files.add(module.id.split('?')[0]!)
        },
      },
    ],
    build: {
      write: false,
      minify,
      target: 'es2022',
      // Strict, as modules are: a sloppy function shows its caller and arguments to whatever program it calls.
      // One file, whatever the module imports lazily; nothing of the page's own output.
      rolldownOptions: { input: entry, output: { format: 'iife', codeSplitting: false, strict: true } },
      modulePreload: false,
      copyPublicDir: false,
    },
  })) as Rolldown.RolldownOutput
  const chunk = result.output.find((output) => output.type === 'chunk')
  if (chunk === undefined) throw new Error(`${entry} gave no script`)
  return { text: chunk.code, files: [...files] }
}

async function sandboxPage(minify: boolean): Promise<{ html: string; files: string[] }> {
  const { text, files } = await bundleToText(FRAME, minify)
  if (text.includes('</script')) throw new Error('the sandbox script ends its own element')
  const script = `\n${text}\n`
  const html = `<!doctype html>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${sandboxPolicy(script)}">
<title>Tidemark sandbox</title>
<script>${script}</script>
`
  return { html, files }
}

/**
 * Two things that Vite's own workers cannot do: `import text from './module.ts?worker-text'` gives a bundle as text, for workers
 * that start from a blob; and `sandbox.html`, one inline script whose hash stands in the page's own policy.
 */
export function workerText(): Plugin {
  let minify = false
  return {
    name: 'worker-text',
    enforce: 'pre',
    configResolved(config) {
      minify = config.command === 'build' && config.build.minify !== false
    },
    async resolveId(source, importer) {
      if (!source.endsWith(SUFFIX)) return null
      const resolved = await this.resolve(source.slice(0, -SUFFIX.length), importer, { skipSelf: true })
      return resolved === null ? null : `${resolved.id}${SUFFIX}`
    },
    async load(id) {
      if (!id.endsWith(SUFFIX)) return null
      const { text, files } = await bundleToText(id.slice(0, -SUFFIX.length), minify)
      for (const file of files) this.addWatchFile(file)
      return { code: `export default ${JSON.stringify(text)}`, moduleSideEffects: false }
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: SANDBOX, source: (await sandboxPage(minify)).html })
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (request.url?.split('?')[0] !== `${server.config.base === './' ? '/' : server.config.base}${SANDBOX}`) return next()
        sandboxPage(false).then(({ html }) => {
          response.setHeader('Content-Type', 'text/html')
          response.end(html)
        }, next)
      })
    },
    transformIndexHtml: {
      // The dev server needs inline scripts and a socket; what is served for real does not.
      handler: (_, context) =>
        context.server === undefined
          ? [{ tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: PAGE_POLICY }, injectTo: 'head-prepend' }]
          : [],
    },
  }
}
