import { forks } from '../i18n/forks'
import { interventions } from '../i18n/interventions'
import { shell } from '../i18n/shell'
import type { Text } from '../i18n'

export interface KeyEntry {
  readonly keys: readonly string[]
  readonly text: Text
}

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform)

/** What the help lists: keys whose function exists, in the order of use. */
export const keyEntries = (mac: boolean): readonly KeyEntry[] => [
  { keys: [mac ? '⌘' : 'Ctrl', 'Enter'], text: shell.keyRun },
  { keys: ['Space'], text: shell.keyPlay },
  { keys: ['←', '→'], text: shell.keyStep },
  { keys: ['Shift', '←', '→'], text: shell.keyStepSelected },
  { keys: ['Home', 'End'], text: shell.keyEnds },
  { keys: ['−', '+'], text: shell.keySpeed },
  { keys: ['1', '…', '9'], text: shell.keyViews },
  { keys: ['K'], text: interventions.keyStop },
  { keys: ['F'], text: forks.keyFork },
  { keys: [mac ? '⌘' : 'Ctrl', 'Z'], text: shell.keyUndo },
  { keys: [mac ? '⇧⌘' : 'Ctrl Shift', 'Z'], text: shell.keyRedo },
  { keys: ['Esc'], text: shell.keyEscape },
  { keys: ['/'], text: shell.keyPalette },
  { keys: ['?'], text: shell.keyHelp },
]

export type KeyAction =
  | 'run'
  | 'play'
  | 'back'
  | 'step'
  | 'backSelected'
  | 'stepSelected'
  | 'start'
  | 'end'
  | 'slower'
  | 'faster'
  | 'undo'
  | 'redo'
  | 'deselect'
  | 'kill'
  | 'fork'
  | 'palette'
  | 'help'
  | { readonly view: number }

/** Whether the person is typing: then only chords count. */
const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable=true], .monaco-editor, dialog') !== null

/** Whether a control that answers to this key itself has the focus. */
const ownKey = (event: KeyboardEvent): boolean => {
  const target = event.target instanceof HTMLElement ? event.target : null
  if (event.key === ' ' || event.key === 'Enter')
    return target?.closest('button, a, [role=button], [role=tab], [role=option], summary') !== null && target !== null
  if (event.key.startsWith('Arrow') || event.key === 'Home' || event.key === 'End')
    return target?.closest('[role=tablist], [role=separator], [role=menu], [role=grid]') !== null && target !== null
  return false
}

export function actionOf(event: KeyboardEvent): KeyAction | null {
  const chord = event.ctrlKey || event.metaKey
  if (chord && event.key === 'Enter') return 'run'
  // A text field undoes its own typing first; the editor hands its undo on by itself.
  if (chord && !event.altKey && /^z$/i.test(event.key) && !typing(event.target)) return event.shiftKey ? 'redo' : 'undo'
  if (chord && event.key === 'y' && !typing(event.target)) return 'redo'
  if (chord || event.altKey || typing(event.target) || ownKey(event)) return null
  switch (event.key) {
    case ' ':
      return 'play'
    case 'ArrowLeft':
      return event.shiftKey ? 'backSelected' : 'back'
    case 'ArrowRight':
      return event.shiftKey ? 'stepSelected' : 'step'
    case 'Home':
      return 'start'
    case 'End':
      return 'end'
    case '-':
      return 'slower'
    case '+':
    case '=':
      return 'faster'
    case 'Escape':
      return 'deselect'
    case 'k':
    case 'K':
      return 'kill'
    case 'f':
    case 'F':
      return 'fork'
    case '/':
      return 'palette'
    case '?':
      return 'help'
  }
  return /^[1-9]$/.test(event.key) ? { view: Number(event.key) - 1 } : null
}
