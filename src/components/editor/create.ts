import type { EditorEvents, Marker, MonacoHandle } from './types'
import { addFlinkTypes, monaco } from './monaco'

const OURS = 'tidemark'
let themed = false

/** The page's colours, in both themes: keywords violet as state, strings green, numbers vermilion, names accent, as in the pictures. */
function defineThemes(): void {
  if (themed) return
  themed = true
  const define = (
    name: string,
    base: 'vs' | 'vs-dark',
    c: Readonly<Record<'ink' | 'ink3' | 'keyword' | 'text' | 'number' | 'type' | 'panel' | 'line' | 'accent' | 'soft' | 'raise', string>>,
  ): void =>
    monaco.editor.defineTheme(name, {
      base,
      inherit: true,
      rules: [
        { token: '', foreground: c.ink },
        { token: 'comment', foreground: c.ink3 },
        { token: 'keyword', foreground: c.keyword },
        { token: 'string', foreground: c.text },
        { token: 'number', foreground: c.number },
        { token: 'type', foreground: c.type },
        { token: 'type.identifier', foreground: c.type },
        { token: 'regexp', foreground: c.text },
        { token: 'delimiter', foreground: c.ink },
      ],
      colors: {
        'editor.background': `#${c.panel}`,
        'editor.foreground': `#${c.ink}`,
        'editorGutter.background': `#${c.panel}`,
        'editorLineNumber.foreground': `#${c.ink3}`,
        'editorLineNumber.activeForeground': `#${c.ink}`,
        'editor.lineHighlightBackground': `#${c.soft}55`,
        'editor.lineHighlightBorder': '#00000000',
        'editorCursor.foreground': `#${c.accent}`,
        'editor.selectionBackground': `#${c.accent}33`,
        'editor.inactiveSelectionBackground': `#${c.accent}1c`,
        'editorWidget.background': `#${c.raise}`,
        'editorWidget.border': `#${c.line}`,
        'editorHoverWidget.background': `#${c.raise}`,
        'editorHoverWidget.border': `#${c.line}`,
        'editorSuggestWidget.background': `#${c.raise}`,
        'editorSuggestWidget.border': `#${c.line}`,
        'editorIndentGuide.background1': '#00000000',
        'scrollbar.shadow': '#00000000',
        'scrollbarSlider.background': `#${c.line}99`,
        'scrollbarSlider.hoverBackground': `#${c.line}`,
        'scrollbarSlider.activeBackground': `#${c.line}`,
      },
    })
  define('tidemark-light', 'vs', {
    ink: '1d1f22',
    ink3: '696f75',
    keyword: '7041ad',
    text: '0d7350',
    number: 'b83c14',
    type: '0b6e8a',
    panel: 'ffffff',
    line: 'dedcd4',
    accent: '0b6e8a',
    soft: 'e3f0f3',
    raise: 'ffffff',
  })
  define('tidemark-dark', 'vs-dark', {
    ink: 'e8e8e4',
    ink3: '8d959d',
    keyword: 'b79aea',
    text: '4cc38a',
    number: 'ff8a5c',
    type: '5bb8d0',
    panel: '1a1e22',
    line: '30363c',
    accent: '5bb8d0',
    soft: '1d3138',
    raise: '22272c',
  })
}

const themeOf = (dark: boolean): string => (dark ? 'tidemark-dark' : 'tidemark-light')
const number = (n: number): number => Math.max(1, Math.floor(n))

export function createEditor(
  host: HTMLElement,
  options: EditorEvents & { readonly value: string; readonly label: string; readonly dark: boolean },
): MonacoHandle {
  defineThemes()
  const uri = monaco.Uri.parse('file:///program.ts')
  monaco.editor.getModel(uri)?.dispose()
  const model = monaco.editor.createModel(options.value, 'typescript', uri)
  model.updateOptions({
    tabSize: 2,
    insertSpaces: true,
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  })
  const editor = monaco.editor.create(host, {
    model,
    theme: themeOf(options.dark),
    ariaLabel: options.label,
    automaticLayout: true,
    minimap: { enabled: false },
    fontFamily: getComputedStyle(host).getPropertyValue('--mono'),
    fontSize: 12,
    lineHeight: 20,
    padding: { top: 8, bottom: 8 },
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 12,
    glyphMargin: false,
    folding: false,
    renderLineHighlight: 'line',
    renderLineHighlightOnlyWhenFocus: true,
    scrollBeyondLastLine: false,
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    overviewRulerBorder: false,
    scrollbar: { verticalScrollbarSize: 9, horizontalScrollbarSize: 9, useShadows: false, alwaysConsumeMouseWheel: false },
    fixedOverflowWidgets: true,
    bracketPairColorization: { enabled: false },
    guides: { indentation: false },
    occurrencesHighlight: 'singleFile',
    stickyScroll: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false },
  })
  let setting = false
  let told = '[]'
  let shown = '[]'
  const decorations = editor.createDecorationsCollection()
  const subscriptions = [
    model.onDidChangeContent(() => {
      if (!setting) options.onchange(model.getValue())
    }),
    monaco.editor.onDidChangeMarkers((uris) => {
      if (!uris.some((changed) => changed.toString() === uri.toString())) return
      // Our own markers change this too: only news about types is passed on, or the two would call each other for ever.
      const found = typeMarkers()
      const text = JSON.stringify(found)
      if (text === told) return
      told = text
      options.ontypes(found)
    }),
  ]
  const { KeyMod, KeyCode } = monaco
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.Enter, () => options.onrun())
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyZ, () => options.onundo())
  editor.addCommand(KeyMod.CtrlCmd | KeyMod.Shift | KeyCode.KeyZ, () => options.onredo())
  editor.addCommand(KeyMod.CtrlCmd | KeyCode.KeyY, () => options.onredo())

  function typeMarkers(): Marker[] {
    return monaco.editor
      .getModelMarkers({ resource: uri, owner: 'typescript' })
      .filter(({ severity }) => severity >= monaco.MarkerSeverity.Warning)
      .map((marker) => ({
        severity: 'warning' as const,
        message: marker.message,
        line: marker.startLineNumber,
        column: marker.startColumn,
        endLine: marker.endLineNumber,
        endColumn: marker.endColumn,
      }))
  }

  /** Replaces only what differs, so that the cursor stays where it was. */
  function setValue(text: string): void {
    const now = model.getValue()
    if (now === text) return
    let start = 0
    while (start < now.length && start < text.length && now[start] === text[start]) start++
    let end = 0
    while (end < now.length - start && end < text.length - start && now[now.length - 1 - end] === text[text.length - 1 - end]) end++
    const from = model.getPositionAt(start)
    const to = model.getPositionAt(now.length - end)
    setting = true
    model.applyEdits([{ range: monaco.Range.fromPositions(from, to), text: text.slice(start, text.length - end) }])
    setting = false
  }

  return {
    setValue,
    setDark: (dark) => monaco.editor.setTheme(themeOf(dark)),
    setMarkers(markers) {
      const text = JSON.stringify(markers)
      if (text === shown) return
      shown = text
      monaco.editor.setModelMarkers(
        model,
        OURS,
        markers.map((marker) => ({
          severity: marker.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
          message: marker.message,
          startLineNumber: number(marker.line),
          startColumn: number(marker.column ?? 1),
          endLineNumber: number(marker.endLine ?? marker.line),
          endColumn: marker.endColumn === undefined ? 1000 : number(marker.endColumn),
        })),
      )
    },
    setHighlight: (lines) =>
      decorations.set(
        lines.map((line) => ({ range: new monaco.Range(line, 1, line, 1), options: { isWholeLine: true, className: 'selected-line' } })),
      ),
    reveal(line, column = 1) {
      editor.setPosition({ lineNumber: line, column })
      editor.revealLineInCenterIfOutsideViewport(line)
      editor.focus()
    },
    addTypes: addFlinkTypes,
    dispose() {
      subscriptions.forEach((subscription) => subscription.dispose())
      editor.dispose()
      model.dispose()
    },
  }
}
