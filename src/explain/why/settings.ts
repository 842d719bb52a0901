import type { ConfigOption } from '../../core/configuration'
import type { Intervention } from '../../scenario/types'
import { advice, scenario, withSettings, without } from './fixes'
import type { Situation } from './situation'
import type { Fix } from './types'

type Option = Pick<ConfigOption<unknown>, 'key' | 'fallbackKeys'>

/** An option of Flink's with another value; where the program sets it itself its word beats the cluster's, and it is the program that has to change. */
export function setting(s: Situation, job: number, option: Option, value: string, more: Readonly<Record<string, string>> = {}): Fix[] {
  const { key } = option
  const shown = { key, value }
  const own: Readonly<Record<string, string>> = { ...s.header.streamGraph.configuration, ...s.graph.job.jobs[job]?.configuration }
  const { configuration } = s.sources.scenario
  if ([key, ...option.fallbackKeys].some((one) => own[one] !== undefined && own[one] !== configuration[one]))
    return [advice('option-in-program', shown)]
  return [scenario('set-option', shown, withSettings({ [key]: value, ...more }))]
}

type Of<D extends Intervention['do']> = Extract<Intervention, { readonly do: D }>

/** The last intervention of a kind by a moment (virtual µs) that fits, by its place in the scenario; −1: none. */
export function handAt<D extends Intervention['do']>(
  s: Situation,
  time: number,
  what: D,
  fits: (one: Of<D>) => boolean = () => true,
): number {
  return s.sources.scenario.interventions.findLastIndex((one) => one.do === what && one.at <= time && fits(one as Of<D>))
}

/** What a hand did is not done. */
export const undo = (s: Situation, hand: number): Fix[] => {
  const done = s.sources.scenario.interventions[hand]
  return done === undefined ? [] : [scenario('undo-hand', { what: done.do, at: { span: done.at / 1000 } }, without(hand))]
}
