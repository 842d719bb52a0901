/**
 * The type declarations of module `flink`, made from `src/streaming` by TypeScript's own compiler: for the editor (as the virtual
 * module `virtual:flink-types`, a map of path to text), and for checking a program without a page.
 */
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import type { Plugin } from 'vite'

/** The project's folder, also for a bundle of this file that lies elsewhere. */
const root = process.env.TIDEMARK_ROOT ?? join(dirname(fileURLToPath(import.meta.url)), '..')
const source = join(root, 'src')
const entry = join(source, 'streaming', 'index.ts')

/** What a program finds beside the language itself. */
const GLOBALS = `interface Console {
  /** Writes a line to the job's log. */
  log(...data: unknown[]): void
  /** Writes a line to the job's log. */
  info(...data: unknown[]): void
  /** Writes a line to the job's log. */
  warn(...data: unknown[]): void
  /** Writes a line to the job's log. */
  error(...data: unknown[]): void
  /** Writes a line to the job's log. */
  debug(...data: unknown[]): void
}
declare const console: Console
/** Returns a deep copy of a value. */
declare function structuredClone<T>(value: T): T
`

/** How programs are checked, in the editor and here; the editor sets the same by its own names. */
export const PROGRAM_OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.es2022.d.ts'],
  types: [],
  strict: true,
  strictPropertyInitialization: false,
  noImplicitAny: false,
  noEmit: true,
  skipLibCheck: true,
} satisfies ts.CompilerOptions

/** Path below `node_modules/flink/` → text. `index.d.ts` is the module, `globals.d.ts` what is there without an import. */
export function flinkTypes(): Record<string, string> {
  const program = ts.createProgram([entry], {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
    strict: true,
    declaration: true,
    emitDeclarationOnly: true,
    stripInternal: true,
    rootDir: source,
    outDir: '/flink',
    skipLibCheck: true,
  })
  const emitted = new Map<string, string>()
  program.emit(undefined, (path, text) => emitted.set(path.slice('/flink/'.length), text), undefined, true)
  const types: Record<string, string> = { 'globals.d.ts': GLOBALS, 'index.d.ts': "export * from './streaming/index'\n" }
  const wanted = ['streaming/index.d.ts']
  for (let path = wanted.pop(); path !== undefined; path = wanted.pop()) {
    const text = emitted.get(path)
    if (text === undefined) throw new Error(`no declarations for ${path}`)
    types[path] = text
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      const target = join(dirname(path), fileName).split(sep).join('/')
      const file = emitted.has(`${target}.d.ts`) ? `${target}.d.ts` : `${target}/index.d.ts`
      if (!(file in types) && !wanted.includes(file)) wanted.push(file)
    }
  }
  return types
}

export interface TypeProblem {
  /** From 1. */
  readonly line: number
  readonly column: number
  readonly code: number
  readonly message: string
}

/** Makes a checker that keeps the declarations: TypeScript's complaints about a program's text, in order of line. */
export function programChecker(types: Readonly<Record<string, string>> = flinkTypes()): (text: string) => readonly TypeProblem[] {
  const folder = '/tidemark'
  const file = `${folder}/program.ts`
  const files = new Map(Object.entries(types).map(([path, text]) => [`${folder}/node_modules/flink/${path}`, text]))
  const host = ts.createCompilerHost(PROGRAM_OPTIONS)
  const libraries = new Map<string, ts.SourceFile | undefined>()
  const read = host.getSourceFile.bind(host)
  const exists = host.fileExists.bind(host)
  const own = (path: string): string | undefined => files.get(path.split(sep).join('/'))
  host.getCurrentDirectory = () => folder
  host.fileExists = (path) => own(path) !== undefined || (!path.startsWith(folder) && exists(path))
  host.directoryExists = (path) => [...files.keys()].some((known) => known.startsWith(`${path}/`))
  host.readFile = (path) => own(path) ?? ts.sys.readFile(path)
  host.getSourceFile = (path, languageVersion) => {
    const text = own(path)
    if (path === file) return ts.createSourceFile(path, text ?? '', languageVersion)
    if (!libraries.has(path)) {
      libraries.set(path, text === undefined ? read(path, languageVersion) : ts.createSourceFile(path, text, languageVersion))
    }
    return libraries.get(path)
  }
  let before: ts.Program | undefined
  return (text) => {
    files.set(file, text)
    const program = ts.createProgram([file, `${folder}/node_modules/flink/globals.d.ts`], PROGRAM_OPTIONS, host, before)
    before = program
    const ast = program.getSourceFile(file)
    return [...program.getSyntacticDiagnostics(ast), ...program.getSemanticDiagnostics(ast)].map((diagnostic) => {
      const at = ts.getLineAndCharacterOfPosition(ast!, diagnostic.start ?? 0)
      const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')
      return { line: at.line + 1, column: at.character + 1, code: diagnostic.code, message }
    })
  }
}

const VIRTUAL = 'virtual:flink-types'

/** Vite: `import types from 'virtual:flink-types'`. */
export function flinkTypesPlugin(): Plugin {
  return {
    name: 'flink-types',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
    load(id) {
      if (id !== `\0${VIRTUAL}`) return null
      const types = flinkTypes()
      for (const path of Object.keys(types)) {
        const file = join(source, path.replace(/\.d\.ts$/, '.ts'))
        if (ts.sys.fileExists(file)) this.addWatchFile(file)
      }
      return `export default ${JSON.stringify(types)}`
    },
  }
}
