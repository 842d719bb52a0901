import { describe, expect, test } from 'vitest'
import { fillFacts, momentOf } from './facts'
import { parseLesson } from './markdown'

const step = (body: string, scene = 'kind: see'): string => `# Title\n\n${body}\n\n\`\`\`scene\n${scene}\n\`\`\`\n`
const only = (text: string) => parseLesson(text).steps[0]!

describe('lesson.md', () => {
  test('headings are steps, fences belong to their step', () => {
    const { title, steps } = parseLesson(
      `${step('Why?', 'kind: question')}\n## Second\n\nText.\n\n\`\`\`scene\nkind: do\n\`\`\`\n\n\`\`\`hint\nOne\n\`\`\`\n\n\`\`\`hint\nTwo\n\`\`\`\n\n\`\`\`solution\nSo.\n\`\`\`\n\n\`\`\`ts\ncode()\n\`\`\`\n`,
    )
    expect(title).toBe('Title')
    expect(steps.map(({ title: name, scene, hints, solution }) => [name, scene.kind, hints.length, solution])).toEqual([
      ['Title', 'question', 0, null],
      ['Second', 'do', 2, '<p>So.</p>\n'],
    ])
    expect(steps[1]!.html).toContain('code()')
  })

  test('a scene binds moment, views, span, selection and question', () => {
    expect(
      only(step('', 'kind: predict\nat: 12.4 s\nview: graph, log\nstage: tasks\ncover: program\nspan: 250 ms to 2 min\nselect: a\nask: b'))
        .scene,
    ).toEqual({
      kind: 'predict',
      at: { time: 12_400_000 },
      views: ['graph', 'log'],
      stage: 'tasks',
      cover: 'program',
      span: { from: 250_000, to: 120_000_000 },
      select: 'a',
      ask: 'b',
    })
    expect(only(step('', 'kind: see\nat: fired')).scene.at).toEqual({ fact: 'fired' })
  })

  test.each([
    ['no scene', '# T\n\ntext\n'],
    ['two scenes', `${step('x')}\n\`\`\`scene\nkind: see\n\`\`\`\n`],
    ['an unknown kind', step('x', 'kind: dance')],
    ['an unknown field', step('x', 'kind: see\nwhen: now')],
    ['an unknown stage', step('x', 'kind: see\nstage: back')],
    ['an unknown cover', step('x', 'kind: see\ncover: answer')],
    ['a span backwards', step('x', 'kind: see\nspan: 3 s to 2 s')],
    ['text before the title', `text\n\n${step('x')}`],
    ['nothing', ''],
  ])('%s is no lesson', (_name, text) => expect(() => parseLesson(text)).toThrow())

  test('nothing in it runs: HTML is text, links are https or text, images are their words', () => {
    const { html } = only(
      step(
        '<img src=x onerror=alert(1)> a <b onclick="x">b</b>\n\n<script>alert(1)</script>\n\n[l](javascript:alert(1)) [m](http://x.y) [n](https://x.y/?a="b) ![i](https://x.y/i.png)',
      ),
    )
    expect(html).not.toMatch(/<(img|script|b)\b/)
    expect(html).not.toMatch(/href="(?!https:)/)
    expect(html).toContain('<a href="https://x.y/?a=')
  })
})

describe('facts in a text', () => {
  const facts = new Map([
    ['a', { show: '<1>', event: 7 }],
    ['b', { show: { en: 'one', zh: '一' } }],
    ['c', null],
  ])
  test('are filled in as text; what a run lacks is left open', () => {
    expect(fillFacts('{{a}} {{b}} {{c}} {{d}}', facts, 'zh')).toBe(
      '<span class="fact">&lt;1&gt;</span> <span class="fact">一</span> <span class="fact missing">…</span> <span class="fact missing">…</span>',
    )
  })
  test('give scenes their moment', () => {
    expect(momentOf({ kind: 'see', at: { fact: 'a' } }, facts)).toEqual({ event: 7 })
    expect(momentOf({ kind: 'see', at: { time: 3 } }, facts)).toEqual({ time: 3 })
    expect(momentOf({ kind: 'see', at: { fact: 'c' } }, facts)).toBeNull()
    expect(momentOf({ kind: 'see' }, facts)).toBeNull()
  })
})
