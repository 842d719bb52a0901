import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { compile } from '../../client/compile'
import type { Text } from '../../i18n'
import { lessonTitles } from '../../i18n/shell'
import { startLocal } from '../../minicluster/local'
import { checkScenario } from '../../scenario/checks'
import { appDataFrom } from '../../scenario/node'
import { resolveTopics } from '../../scenario/topics'
import type { LessonChecks, TraceOfRun } from '../../trace/predicates'
import { solved } from './build'
import { factsIn, fillFacts, momentOf, readFacts } from './facts'
import { gradePrediction } from './grade'
import { lessonsIn, readLesson } from './node'
import { checkOverSeeds, checkRun, type CheckServices, traceOf } from './overSeeds'
import type { Step } from './types'

const root = join(__dirname, '../../..')
const folder = join(root, 'lessons')
const load = appDataFrom(join(root, 'public'))
const services: CheckServices = { compile, resolveTopics: (scenario) => resolveTopics(scenario, load), startRun: startLocal }
const modules = import.meta.glob<LessonChecks>('../../../lessons/*/*/checks.ts', { eager: true })

/** What a learner may leave in the editor: records of every kind, keys of others, no sink of the lesson's, several jobs. */
const STRANGE = `import { DataGeneratorSource, PrintSink, StreamExecutionEnvironment, WatermarkStrategy } from 'flink'
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const values = [null, 1, 'a', [1], { store: 'x', delay: null }]
env.fromSource(new DataGeneratorSource((n) => values[n], 5), WatermarkStrategy.noWatermarks(), 's').sinkTo(new PrintSink())
env.executeAsync('one')
env.fromData('a', 'b').keyBy((value) => value).map(() => null).print()
env.execute('two')`

/** Words of a text as a person counts them: a Chinese character is three fifths of a word. */
const words = (html: string): number => {
  const text = html.replace(/<[^>]+>/g, ' ').replace(/\{\{\w+\}\}/g, 'x')
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0
  return text.replace(/\p{Script=Han}/gu, ' ').split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length + chinese * 0.6 // prettier-ignore
}
const visible = (steps: readonly Step[]): string => steps.map(({ title, html, why }) => `${title} ${html} ${why ?? ''}`).join(' ')

describe.each(lessonsIn(folder))('%s', { timeout: 60_000 }, (id) => {
  const checks = modules[`../../../lessons/${id}/checks.ts`]!
  const lesson = readLesson(folder, id, checks)
  const { en, zh } = lesson.steps
  let starting: Promise<TraceOfRun> | null = null
  const start = (): Promise<TraceOfRun> => (starting ??= traceOf(lesson.scenario, services))

  test('both languages have the same steps, scenes and facts', () => {
    expect(zh.map(({ scene }) => scene)).toEqual(en.map(({ scene }) => scene))
    const shape = ({ html, why, hints, solution }: Step) => [
      factsIn(html + (why ?? '')).sort(),
      hints.length,
      why === null,
      solution === null,
    ]
    expect(zh.map(shape)).toEqual(en.map(shape))
    for (const { title, html } of zh) expect(title + html).toMatch(/\p{Script=Han}/u)
  })

  test('the menus know it by its title', () => {
    expect((lessonTitles as Readonly<Record<string, Text>>)[id]).toEqual(lesson.title)
  })

  test('at most 250 words; an order that teaches', () => {
    expect(words(visible(en))).toBeLessThanOrEqual(250)
    expect(words(visible(zh))).toBeLessThanOrEqual(250)
    const kinds = en.map(({ scene }) => scene.kind)
    expect([kinds[0], kinds.at(-1)]).toEqual(['question', 'carry'])
    expect(kinds.indexOf('predict')).toBeLessThan(kinds.indexOf('see'))
    expect(kinds).toContain('do')
  })

  test('links lead to Flink’s documentation of 1.20', () => {
    const links = [...(visible(en) + visible(zh)).matchAll(/href="([^"]+)"/g)].map((match) => match[1])
    expect(links.length).toBeGreaterThan(0)
    for (const link of links) expect(link).toMatch(/^https:\/\/nightlies\.apache\.org\/flink\/flink-docs-release-1\.20\/docs\//)
  })

  test('the scenario is a good one, whatever step one starts from', () => {
    expect(checkScenario(lesson.scenario)).toEqual([])
    expect(checkScenario(solved(lesson))).toEqual([])
  })

  test('what the texts quote and the scenes stop at is in the run', async () => {
    const facts = readFacts(checks, await start())
    for (const { html, why, scene, title } of [...en, ...zh]) {
      expect(fillFacts(html + (why ?? ''), facts, 'en')).not.toContain('fact missing')
      if (scene.at !== undefined && 'fact' in scene.at) {
        expect([title, facts.get(scene.at.fact)]).not.toEqual([title, undefined])
        expect([title, momentOf(scene, facts)]).not.toEqual([title, null])
      }
      if (scene.select !== undefined) expect(facts.get(scene.select)?.selection).toBeDefined()
      if (scene.ask !== undefined) expect(Object.keys(checks.predictions)).toContain(scene.ask)
    }
  })

  test('the right answer of each prediction is what the trace holds, kindly graded', async () => {
    const run = await start()
    const { vertices } = run.header.executionGraph.job
    for (const prediction of Object.values(checks.predictions)) {
      const answer = prediction.answer(run)!
      const verdict = (given: number) => gradePrediction(prediction, given, run)!.verdict
      expect(gradePrediction(prediction, answer.value, run)).toEqual({
        verdict: 'right',
        right: answer.value,
        given: answer.value,
        distance: 0,
        event: answer.event,
      })
      expect(answer.event).toBeGreaterThanOrEqual(0)
      switch (prediction.ask) {
        case 'moment':
        case 'count':
          if (prediction.near > prediction.exact) expect(verdict(answer.value + prediction.near)).toBe('close')
          expect(verdict(answer.value - 2 * prediction.near - 1)).toBe('off')
          break
        case 'choice':
          expect(prediction.choices.map((_choice, place) => verdict(place)).filter((each) => each === 'right')).toHaveLength(1)
          break
        case 'subtask': {
          const task = prediction.task(run)!
          expect(answer.value).toBeLessThan(vertices[task]!.parallelism)
          expect(verdict(answer.value + 1)).toBe('off')
        }
      }
    }
  })

  test('where one starts fails for the reason that the lesson gives', async () => {
    for await (const { results } of checkOverSeeds(checks, lesson.scenario, 2, services)) {
      expect(results.filter(({ passed }) => !passed).map(({ id: check }) => check)).toEqual(checks.startFails)
      for (const { id: check, values } of results) {
        const { pass, fail } = checks.checks.find((one) => one.id === check)!
        for (const text of [pass, fail])
          for (const name of `${text.en}${text.zh}`.matchAll(/\{(\w+)\}/g)) expect(Object.keys(values)).toContain(name[1])
      }
    }
  })

  test('whatever the program is, it is looked at, and does not pass', async () => {
    const scenario = { ...lesson.scenario, program: { ...lesson.scenario.program, text: STRANGE } }
    const run = await traceOf(scenario, services)
    expect([...readFacts(checks, run).keys()]).toEqual(Object.keys(checks.facts))
    for (const prediction of Object.values(checks.predictions)) gradePrediction(prediction, 0, run)
    expect(checkRun(checks, run).every(({ passed }) => passed)).toBe(false)
  })

  test('the solution passes on all seeds', { timeout: 120_000 }, async () => {
    const failed: string[] = []
    for await (const { seed, results } of checkOverSeeds(checks, solved(lesson), lesson.seeds, services)) {
      for (const { id: check, passed, values } of results) if (!passed) failed.push(`seed ${seed}: ${check} ${JSON.stringify(values)}`)
    }
    expect(failed).toEqual([])
  })
})
