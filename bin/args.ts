/** The command line of `tidemark run`, `info` and `why`, with the option names of Flink's own client (FLINK.md 10.1). */
export interface RunArguments {
  readonly file: string
  readonly parallelism?: number
  readonly configuration: Readonly<Record<string, string>>
  readonly inputs: readonly { readonly name: string; readonly file: string }[]
  readonly deployment: 'local' | 'workers'
  readonly trace?: string
  /** Folder in which the files of the run lie; absent: in memory. */
  readonly files?: string
  readonly check: boolean
  readonly language: 'en' | 'zh'
  /** The moment that `why` asks about, virtual µs; absent: the end of the run. */
  readonly at?: number
  readonly json: boolean
}

export class UsageError extends Error {}

const VALUED: Readonly<Record<string, string>> = {
  '-p': 'parallelism',
  '--parallelism': 'parallelism',
  '-D': 'define',
  '--input': 'input',
  '--deployment': 'deployment',
  '--trace': 'trace',
  '--files': 'files',
  '-s': 'savepoint',
  '--fromSavepoint': 'savepoint',
  '-rm': 'claim',
  '--restoreMode': 'claim',
  '-cm': 'claim',
  '--claimMode': 'claim',
  '--language': 'language',
}
/** Options that one action alone takes. */
const OF_WHY = new Set(['--at', '--json'])

const OF_RUN = new Set(['savepoint', 'claim', 'files'])

/** As Flink's client takes it: whatever the case. */
function claimMode(text: string): string {
  const mode = text.toUpperCase()
  if (!['CLAIM', 'NO_CLAIM', 'LEGACY'].includes(mode)) throw new UsageError(`The claim mode is CLAIM, NO_CLAIM or LEGACY, not "${text}".`)
  return mode
}

const pair = (text: string, what: string): [string, string] => {
  const at = text.indexOf('=')
  if (at <= 0) throw new UsageError(`${what} needs NAME=VALUE, not "${text}".`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** `12.5s`, `12.5 s`, `250ms`, `12.5`: seconds unless it says so; in µs. */
function moment(text: string): number {
  const found = /^(\d+(?:\.\d+)?)\s*(ms|s)?$/.exec(text.trim())
  if (found === null) throw new UsageError(`--at needs a time of the run, for example 12.5s, not "${text}".`)
  return Math.round(Number(found[1]) * (found[2] === 'ms' ? 1000 : 1_000_000))
}

/** Throws UsageError for what the action does not take. */
export function parseRun(args: readonly string[], action: 'run' | 'info' | 'why' = 'run'): RunArguments {
  const configuration: Record<string, string> = {}
  const inputs: { name: string; file: string }[] = []
  const files: string[] = []
  let parallelism: number | undefined
  let deployment: 'local' | 'workers' = 'local'
  let trace: string | undefined
  let folder: string | undefined
  let check = false
  let language: 'en' | 'zh' = 'en'
  let at: number | undefined
  let json = false
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    const bare = arg.split('=')[0]!
    if (action !== 'why' && OF_WHY.has(bare)) throw new UsageError(`Unrecognized option: ${arg}`)
    if (arg === '--json') {
      json = true
      continue
    }
    if (bare === '--at') {
      const value = arg.includes('=') ? arg.slice(bare.length + 1) : args[++i]
      if (value === undefined) throw new UsageError('Missing argument for option: --at')
      at = moment(value)
      continue
    }
    if (action === 'run' && (arg === '-n' || arg === '--allowNonRestoredState')) {
      configuration['execution.state-recovery.ignore-unclaimed-state'] = 'true'
      continue
    }
    if (arg === '--check') {
      check = true
      continue
    }
    if (!arg.startsWith('-') || arg === '-') {
      files.push(arg)
      continue
    }
    const [name, inline] =
      arg.startsWith('--') && arg.includes('=')
        ? pair(arg, arg)
        : arg.startsWith('-D') && arg.length > 2
          ? ['-D', arg.slice(2)]
          : [arg, undefined]
    const option = VALUED[name]
    if (option === undefined) throw new UsageError(`Unrecognized option: ${arg}`)
    const value = inline ?? args[++i]
    if (value === undefined) throw new UsageError(`Missing argument for option: ${name}`)
    if (option === 'parallelism') {
      if (!/^\d+$/.test(value) || Number(value) < 1) throw new UsageError(`The parallelism must be a positive number: ${value}`)
      parallelism = Number(value)
    } else if (option === 'define') {
      const [key, text] = pair(value, '-D')
      configuration[key] = text
    } else if (option === 'input') {
      const [topic, file] = pair(value, '--input')
      inputs.push({ name: topic, file })
    } else if (option === 'deployment') {
      if (value !== 'local' && value !== 'workers') throw new UsageError(`--deployment is local or workers, not "${value}".`)
      deployment = value
    } else if (option === 'language') {
      if (value !== 'en' && value !== 'zh') throw new UsageError(`--language is en or zh, not "${value}".`)
      language = value
    } else if (action !== 'run' && OF_RUN.has(option)) {
      throw new UsageError(`Unrecognized option: ${arg}`)
    } else if (option === 'savepoint') configuration['execution.state-recovery.path'] = value
    else if (option === 'claim') configuration['execution.state-recovery.claim-mode'] = claimMode(value)
    else if (option === 'files') folder = value
    else trace = value
  }
  if (files.length !== 1)
    throw new UsageError(
      files.length === 0 ? 'Please name the program or scenario to run.' : `One file, please, not ${files.length}: ${files.join(' ')}`,
    )
  return {
    file: files[0]!,
    ...(parallelism === undefined ? {} : { parallelism }),
    configuration,
    inputs,
    deployment,
    ...(trace === undefined ? {} : { trace }),
    ...(folder === undefined ? {} : { files: folder }),
    check,
    language,
    ...(at === undefined ? {} : { at }),
    json,
  }
}
