/**
 * Monaco with what a program of 60 lines needs, and TypeScript. Imported only by `import()`: it is many times the rest of the page.
 */
import * as monaco from 'monaco-editor/editor'
import 'monaco-editor/features/bracketMatching/register'
import 'monaco-editor/features/caretOperations/register'
import 'monaco-editor/features/clipboard/register'
import 'monaco-editor/features/codicon/register'
import 'monaco-editor/features/comment/register'
import 'monaco-editor/features/contextmenu/register'
import 'monaco-editor/features/find/register'
import 'monaco-editor/features/folding/register'
import 'monaco-editor/features/gotoError/register'
import 'monaco-editor/features/hover/register'
import 'monaco-editor/features/indentation/register'
import 'monaco-editor/features/linesOperations/register'
import 'monaco-editor/features/links/register'
import 'monaco-editor/features/multicursor/register'
import 'monaco-editor/features/parameterHints/register'
import 'monaco-editor/features/rename/register'
import 'monaco-editor/features/smartSelect/register'
import 'monaco-editor/features/snippet/register'
import 'monaco-editor/features/suggest/register'
import 'monaco-editor/features/toggleTabFocusMode/register'
import 'monaco-editor/features/tokenization/register'
import 'monaco-editor/features/wordHighlighter/register'
import 'monaco-editor/features/wordOperations/register'
import 'monaco-editor/languages/definitions/typescript/register'
import * as typescript from 'monaco-editor/languages/features/typescript/register'
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker'

self.MonacoEnvironment = {
  getWorker: (_: string, label: string) => (label === 'typescript' || label === 'javascript' ? new TypeScriptWorker() : new EditorWorker()),
}

const { typescriptDefaults, ScriptTarget, ModuleKind, ModuleResolutionKind } = typescript

typescriptDefaults.setCompilerOptions({
  target: ScriptTarget.ESNext,
  module: ModuleKind.ESNext,
  moduleResolution: ModuleResolutionKind.NodeJs,
  lib: ['es2022'],
  strict: true,
  strictPropertyInitialization: false,
  noImplicitAny: false,
  experimentalDecorators: false,
  allowNonTsExtensions: true,
  noEmit: false,
})
typescriptDefaults.setDiagnosticsOptions({ diagnosticCodesToIgnore: [1375, 1378, 7044, 80001, 80005] })
typescriptDefaults.setEagerModelSync(true)

/** `types`: the declarations of module `flink`, as one .d.ts or a map of files below `node_modules/flink/`. */
export function addFlinkTypes(types: string | Readonly<Record<string, string>>): void {
  const files = typeof types === 'string' ? { 'index.d.ts': types } : types
  for (const [path, text] of Object.entries(files)) typescriptDefaults.addExtraLib(text, `file:///node_modules/flink/${path}`)
}

export { monaco }
