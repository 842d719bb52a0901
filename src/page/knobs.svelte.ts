import type { EditPreview, OperatorEdit, ProgramKnobs } from '../graph/edits'
import type { Session } from '../session/session.svelte'

type PreviewEdit = typeof import('../client/edits').previewEdit
/** It brings a parser of TypeScript: fetched when there is a first picture to turn knobs on. */
let previewEdit: PreviewEdit | null = $state.raw(null)
let fetching = false

function fetchOnce(): void {
  if (fetching) return
  fetching = true
  void import('../client/edits').then((edits) => (previewEdit = edits.previewEdit))
}

/**
 * The knobs of the program on screen; null while it is not the one that ran: it was edited since, nothing has run, or what is shown is a
 * plan from elsewhere. Reading it is reactive.
 */
export function knobsOf(session: Session): ProgramKnobs | null {
  const { scenario, runner } = session
  const { header } = runner
  if (header === null || runner.scenario === null || scenario.plan !== undefined || runner.scenario.plan !== undefined) return null
  if (runner.scenario.program.text !== scenario.program.text) return null
  if (previewEdit === null) {
    fetchOnce()
    return null
  }
  const { text } = scenario.program
  const edited = previewEdit
  const preview = (edit: OperatorEdit | readonly OperatorEdit[]): EditPreview & { readonly text?: string } =>
    edited(text, header.streamGraph, edit)
  return {
    preview,
    apply(edit) {
      const after = preview(edit).text
      if (after === undefined || session.scenario.program.text !== text) return
      session.edit('program', (now) => ({ ...now, program: { ...now.program, text: after } }))
      void session.run()
    },
    show: (line) => session.go({ in: 'program', line }),
  }
}
