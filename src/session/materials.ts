import type { RunRequest } from '../minicluster/types'
import type { ResolvedTopic, Scenario, Topic } from '../scenario/types'
import type { Services } from './services'

const MOST_PROGRAMS = 8

/**
 * What runs are made of, kept: a program is compiled once for its text, and a topic is read once as long as no edit touches it. Edits share
 * what they leave as it was, so the topic itself is the key.
 */
export class Materials {
  private readonly programs = new Map<string, RunRequest['compiled']>()
  private readonly topics = new WeakMap<Topic, { readonly seed: number; readonly resolved: ResolvedTopic }>()

  constructor(private readonly services: Services) {}

  /** Rejects with ProblemError as `compile` does, and tries again the next time. */
  async compiled({ program: { text } }: Scenario): Promise<RunRequest['compiled']> {
    const known = this.programs.get(text)
    if (known !== undefined) return known
    const compiled = await this.services.compile(text)
    const oldest = this.programs.keys().next()
    if (this.programs.size >= MOST_PROGRAMS && oldest.done !== true) this.programs.delete(oldest.value)
    this.programs.set(text, compiled)
    return compiled
  }

  /** Rejects with ProblemError as `resolveTopics` does. */
  async resolved(scenario: Scenario): Promise<readonly ResolvedTopic[]> {
    const unread = scenario.topics.filter((topic) => this.topics.get(topic)?.seed !== scenario.seed)
    const read = unread.length === 0 ? [] : await this.services.resolveTopics({ ...scenario, topics: unread })
    unread.forEach((topic, i) => {
      const resolved = read[i]
      if (resolved !== undefined) this.topics.set(topic, { seed: scenario.seed, resolved })
    })
    return scenario.topics.flatMap((topic) => this.topics.get(topic)?.resolved ?? [])
  }

  async request(scenario: Scenario): Promise<RunRequest> {
    return { scenario, compiled: await this.compiled(scenario), topics: await this.resolved(scenario), tracing: true }
  }
}
