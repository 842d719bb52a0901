import { join } from 'node:path'
import { expect, test } from 'vitest'
import { Prng } from '../base/prng'
import { compile } from '../client/compile'
import type { EventPage } from '../core/page'
import { startLocal } from '../minicluster/local'
import { addIntervention } from '../scenario/edits'
import { appDataFrom } from '../scenario/node'
import { TEMPLATES } from '../scenario/templates'
import { resolveTopics } from '../scenario/topics'
import type { Intervention, Scenario } from '../scenario/types'
import { TraceLog } from '../trace/log'
import { Replay } from '../trace/replay'

const FORKS = 6
const UNTIL = 40e6

function anyIntervention(random: Prng, end: number): Intervention {
  const below = (bound: number): number => Math.floor((random.nextUint32() / 2 ** 32) * bound)
  const at = below(end * 1.1)
  switch (below(4)) {
    case 0:
      return { at, do: 'cancel' }
    case 1:
      return { at, do: 'start-task-manager' }
    case 2:
      return { at, do: 'stop-task-manager', host: 1 + below(2) }
    default:
      return { at, do: 'slow', node: 1, subtask: below(2), cost: 5000 }
  }
}

// Every fork is a test of determinism: whatever is done, and whenever, nothing of what was before it changes.
test.each(['waiting', 'jobs', 'leaving'])('%s: any intervention at any time leaves what was before it', async (id) => {
  const scenario = TEMPLATES.find((template) => template.id === id)!.scenario('')
  const compiled = compile(scenario.program.text)
  const topics = await resolveTopics(scenario, appDataFrom(join(__dirname, '../../public')))
  const simulate = async (changed: Scenario, take: (page: EventPage) => void): Promise<string> => {
    const run = await startLocal({ scenario: changed, compiled, topics, tracing: true })
    const { state } = await run.advance(UNTIL, take)
    run.dispose()
    return state
  }
  const log = new TraceLog()
  await simulate(scenario, (page) => log.append(page))
  const random = new Prng(7, 0)
  for (let fork = 0; fork < FORKS; fork++) {
    const intervention = anyIntervention(random, Math.min(UNTIL, log.endTime))
    const replay = new Replay(log, log.lastAt(intervention.at - 1) + 1)
    const end = await simulate(addIntervention(scenario, intervention), (page) => void replay.append(page))
    expect([intervention, replay.state, end === 'broken']).toEqual([intervention, { state: 'reproduced' }, false])
  }
})
