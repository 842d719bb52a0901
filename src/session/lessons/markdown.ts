import { Marked, type Tokens } from 'marked'
import { assert } from '../../base/assert'
import type { Scene, Stage, Step, StepKind } from './types'

const KINDS: readonly StepKind[] = ['question', 'predict', 'see', 'change', 'do', 'carry']

const STAGES: readonly Stage[] = ['program', 'tasks', 'subtasks']

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Lessons come from the repository, but a page that shows HTML does not take that for granted: no raw HTML, no link but https. */
const marked = new Marked({
  renderer: {
    html: ({ text }: Tokens.HTML | Tokens.Tag) => escapeHtml(text),
    link({ href, tokens }: Tokens.Link) {
      const inner = this.parser.parseInline(tokens)
      return /^https:\/\//.test(href) ? `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${inner}</a>` : inner
    },
    image: ({ text }: Tokens.Image) => escapeHtml(text),
  },
})

const html = (markdown: string): string => marked.parse(markdown.trim(), { async: false })

/** Virtual µs of `12.4 s`, `250 ms`; null for anything else. */
function timeOf(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)\s*(ms|s|min)$/.exec(text)
  return match === null ? null : Math.round(Number(match[1]) * { ms: 1000, s: 1_000_000, min: 60_000_000 }[match[2] as 'ms' | 's' | 'min'])
}

function sceneOf(block: string, step: string): Scene {
  const fields = new Map<string, string>()
  for (const line of block.split('\n')) {
    if (line.trim() === '') continue
    const match = /^(kind|at|view|stage|cover|span|select|ask):\s*(\S.*?)\s*$/.exec(line)
    assert(match !== null, `in step "${step}": what is "${line}" in a scene?`)
    fields.set(match[1]!, match[2]!)
  }
  const kind = fields.get('kind') as StepKind
  assert(KINDS.includes(kind), `step "${step}" is of kind ${kind}`)
  const at = fields.get('at')
  const time = at === undefined ? null : timeOf(at)
  const views = fields.get('view')?.split(',').map((view) => view.trim()) // prettier-ignore
  const span = fields.get('span')?.split(' to ').map(timeOf) // prettier-ignore
  const [from, to] = span ?? []
  assert(
    span === undefined || (typeof from === 'number' && typeof to === 'number' && from < to),
    `in step "${step}": a span is "0 s to 20 s"`,
  )
  const stage = fields.get('stage') as Stage | undefined
  assert(stage === undefined || STAGES.includes(stage), `in step "${step}": the Graph has no stage ${stage}`)
  const cover = fields.get('cover')
  assert(cover === undefined || cover === 'program', `in step "${step}": ${cover} covers nothing`)
  const select = fields.get('select')
  const ask = fields.get('ask')
  return {
    kind,
    ...(at === undefined ? {} : { at: time === null ? { fact: at } : { time } }),
    ...(views === undefined ? {} : { views }),
    ...(stage === undefined ? {} : { stage }),
    ...(cover === undefined ? {} : { cover }),
    ...(typeof from === 'number' && typeof to === 'number' ? { span: { from, to } } : {}),
    ...(select === undefined ? {} : { select }),
    ...(ask === undefined ? {} : { ask }),
  }
}

/** The steps of a lesson.md; the first is what stands under the title. Throws AssertionFailure for a file that is none: lessons are tested. */
export function parseLesson(markdown: string): { readonly title: string; readonly steps: readonly Step[] } {
  const parts: { title: string; body: string[]; fences: { of: string; text: string }[] }[] = []
  for (const token of marked.lexer(markdown)) {
    if (token.type === 'heading' && (token.depth === 1 || token.depth === 2)) {
      parts.push({ title: token.text as string, body: [], fences: [] })
      continue
    }
    const part = parts.at(-1)
    assert(part !== undefined || token.type === 'space', 'a lesson begins with its title')
    if (part === undefined) continue
    const { lang, text } = token as Tokens.Code
    if (token.type === 'code' && ['scene', 'hint', 'solution', 'why'].includes(lang ?? '')) part.fences.push({ of: lang!, text })
    else part.body.push(token.raw)
  }
  const steps = parts.map(({ title, body, fences }): Step => {
    const all = (of: string): string[] => fences.filter((fence) => fence.of === of).map((fence) => fence.text)
    const scenes = all('scene')
    assert(scenes.length === 1, `step "${title}" has ${scenes.length} scenes`)
    return {
      title,
      html: html(body.join('')),
      why: all('why').map(html)[0] ?? null,
      hints: all('hint').map(html),
      solution: all('solution').map(html)[0] ?? null,
      scene: sceneOf(scenes[0]!, title),
    }
  })
  assert(steps.length > 0, 'a lesson has steps')
  return { title: steps[0]!.title, steps }
}
