import { describe, expect, test } from 'vitest'
import { Configuration } from '../../core/configuration'
import type { JobGraph } from '../../graph/types'
import { say } from '../../i18n'
import { interventions } from '../../i18n/interventions'
import { slotsView } from '../../i18n/slots'
import { letterOf, needsOf } from './arithmetic'
import { densityOf, shownSlots } from './layout'
import { balanceOf, headOf, reasonsOf, strategyOf, tell, waitPhrase } from './sentences'

/** `a×2 b×4/heavy | c×1`: tasks with parallelism and group, jobs between bars. */
function graphOf(notation: string): JobGraph {
  const vertices: { index: number; job: number; name: string; parallelism: number; slotSharingGroup: string }[] = []
  const jobs = notation.split(' | ').map((text, job) => {
    const firstVertex = vertices.length
    for (const word of text.split(' ')) {
      const [, name, parallelism, group = 'default'] = /^(\w+)×(-?\d+)(?:\/(\w+))?$/.exec(word)!
      vertices.push({ index: vertices.length, job, name: name!, parallelism: Number(parallelism), slotSharingGroup: group })
    }
    return { name: `job-${job + 1}`, firstVertex, vertices: vertices.length - firstVertex }
  })
  return { jobs, vertices } as unknown as JobGraph
}
const english = (phrase: Parameters<typeof tell>[0]): string => tell(phrase, (text, args) => say(text, 'en', args))
const chinese = (phrase: Parameters<typeof tell>[0]): string => tell(phrase, (text, args) => say(text, 'zh', args))

describe('the arithmetic of slots (S-1)', () => {
  test('the widest task of each group decides; groups add up', () => {
    const [need] = needsOf(graphOf('flights×2 Window×4 print×1'))
    expect([need!.needed, need!.unshared]).toEqual([4, 7])
    expect(english(headOf(need!, 'RUNNING', true))).toBe('“job-1” needs 4 slots: max(2, 4, 1)')
    expect(reasonsOf(need!).map(english)).toEqual([
      'Group default: one subtask of each task fits into a slot, so the highest parallelism among its tasks decides: max(2, 4, 1) = 4 (Window).',
      'Without slot sharing each subtask would take a slot of its own: 2 + 4 + 1 = 7.',
    ])
    expect(chinese(reasonsOf(need!)[0]!)).toContain('max(2, 4, 1) = 4（Window）')
    const [two] = needsOf(graphOf('a×2 b×4/heavy c×3 d×2/heavy'))
    expect(english(headOf(two!, 'FAILING', true))).toBe('“job-1” needed 7 slots: 3 (default) + 4 (heavy); it is FAILING')
    expect(reasonsOf(two!).map(english)[2]).toBe('Groups never share a slot: 3 + 4 = 7.')
    expect(two!.groups.map(({ badge, name, decide }) => `${badge} ${name} ${decide[0]!.name}`)).toEqual(['A default c', 'B heavy b'])
  })

  test('equally wide tasks are all named: each of them would have to be made narrower', () => {
    const [need] = needsOf(graphOf('a×4 b×4 c×1'))
    expect(english(reasonsOf(need!)[0]!)).toContain('max(4, 4, 1) = 4 (a, b)')
  })

  test('many equal numbers are said once', () => {
    const [need] = needsOf(graphOf(`a×1 ${Array.from({ length: 9 }, (_, i) => `s${i}×32`).join(' ')}`))
    expect(english(headOf(need!, 'RUNNING', true))).toBe('“job-1” needs 32 slots: max(1, 32, …, 32)')
    expect(english(reasonsOf(need!)[1]!)).toContain('1 + 9 × 32 = 289')
  })

  test('each job has slots of its own, and letters', () => {
    const needs = needsOf(graphOf('a×2 b×1 | c×3'))
    expect(needs.map(({ needed, groups }) => [needed, groups[0]!.badge])).toEqual([
      [2, 'A'],
      [3, 'B'],
    ])
    expect(english(balanceOf([2, 2], needs))).toBe('The cluster offers 2 × 2 = 4, all jobs together need 2 + 3 = 5: 1 too few.')
    expect(english(balanceOf([2, 4], needs))).toBe('The cluster offers 6, all jobs together need 2 + 3 = 5: enough.')
    expect(english(balanceOf([2], needs.slice(0, 1)))).toBe('The cluster offers 1 × 2 = 2: enough.')
    expect(english(balanceOf([2], []))).toBe('The cluster offers 1 × 2 = 2; no job needs any now.')
    expect([english(headOf(needs[1]!, 'INITIALIZING', false)), english(headOf(needs[0]!, 'FINISHED', true))]).toEqual([
      '“job-2” will need 3 slots: 3; it is not submitted yet',
      '“job-1” needed 2 slots: max(2, 1); it is FINISHED',
    ])
  })

  test('the adaptive scheduler’s parallelism beside the program’s', () => {
    const [need] = needsOf(graphOf('a×2 b×4 c×1'), (vertex) => [2, 3, 1][vertex]!)
    expect(english(headOf(need!, 'RUNNING', true))).toBe('“job-1” runs with 3 slots, and asks for 4: max(2, 3, 1)')
    expect(english(reasonsOf(need!).at(-1)!)).toBe(
      'The program asks for 4 slots; the adaptive scheduler runs it with 3, for which there were slots when it was scheduled (b 4 → 3).',
    )
  })

  test('a parallelism that is not decided yet is no number', () => {
    const [need] = needsOf(graphOf('a×2 b×-1'))
    expect(reasonsOf(need!).map(english)).toContain(
      'Group default: the parallelism of some of its tasks is decided only when their data is there.',
    )
  })

  test('letters go on after Z', () => {
    expect([0, 1, 25, 26, 51, 52].map(letterOf)).toEqual(['A', 'B', 'Z', 'AA', 'AZ', 'BA'])
  })
})

describe('waiting', () => {
  const wait = (group: string | null, since: number, configuration: Record<string, string> = {}) =>
    english(waitPhrase({ job: 0, group, badge: '', slots: group === null ? [] : [[], []], since }, Configuration.fromMap(configuration)))
  test('as long as a slot request may take, or the resource manager’s grace (S-5)', () => {
    expect(wait('heavy', 100_000)).toBe('2 slots for group heavy since 0.100 s; gives up at 300.100 s (slot.request.timeout).')
    expect(wait('heavy', 0, { 'slot.request.timeout': '10 s' })).toContain('gives up at 10.000 s')
    const grace = { 'resourcemanager.standalone.start-up-time': '2 s' }
    expect(wait('heavy', 100_000, grace)).toContain('gives up at 2.000 s (resourcemanager.standalone.start-up-time)')
    expect(wait('heavy', 5e6, grace)).toContain('gives up at 5.000 s')
  })
  test('the adaptive scheduler takes what there is (S-7)', () => {
    expect(wait(null, 1e6)).toBe(
      'The adaptive scheduler waits for slots since 1.000 s; takes what there is after 10 s without a change ' +
        '(jobmanager.adaptive-scheduler.resource-stabilization-timeout), and gives up at 301.000 s if that is not enough to run at all ' +
        '(jobmanager.adaptive-scheduler.resource-wait-timeout).',
    )
  })
})

test('which strategy placed them, by its key', () => {
  const strategy = (configuration: Record<string, string>) => english(strategyOf(Configuration.fromMap(configuration)))
  expect(strategy({})).toContain('one TaskManager after the other')
  expect(strategy({ 'cluster.evenly-spread-out-slots': 'true' })).toContain('(cluster.evenly-spread-out-slots: true)')
  expect(strategy({ 'taskmanager.load-balance.mode': 'SLOTS' })).toContain('(taskmanager.load-balance.mode: SLOTS)')
})

describe('how much is drawn', () => {
  const density = (machines: number, slots: number, subtasks: number, width = 700, height = 520) =>
    densityOf({ taskManagers: Array.from({ length: machines }, () => ({ slots, subtasks })), width, height })
  test('names, chips, bars or squares, by what fits', () => {
    expect(density(2, 3, 4)).toBe('full')
    expect(density(8, 4, 5)).toBe('compact')
    expect(density(24, 4, 8)).toBe('strip')
    expect(density(64, 16, 10)).toBe('cells')
  })
  test('of many free slots only the first are drawn; none that is in use is left out', () => {
    const slots = Array.from({ length: 100 }, (_, i) => ({ slot: i, free: i !== 3 && i !== 90 }))
    const { shown, more } = shownSlots('full', slots)
    expect([shown.map(({ slot }) => slot), more]).toEqual([[0, 1, 2, 3, 4, 90], 94])
  })
})

test('every text has the same places in both languages', () => {
  const places = (text: string): string =>
    [...text.matchAll(/\{(\w+)\}/g)]
      .map(([, name]) => name)
      .sort()
      .join()
  const wrong = Object.entries({ ...slotsView, ...interventions }).filter(([, { en, zh }]) => places(en) !== places(zh))
  expect(wrong).toEqual([])
})
