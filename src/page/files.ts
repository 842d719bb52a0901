import { bringProblemTexts, tellProblem } from '../components/problemWords.svelte'
import { ProblemError } from '../core/problem'
import { say, type Text, type Arguments } from '../i18n'
import { shell } from '../i18n/shell'
import type { Shared } from '../scenario/codec'
import { LIMITS } from '../scenario/limits'
import type { PlanSketch } from '../scenario/types'
import type { Session } from '../session/session.svelte'
import { showPlan } from './planActions'

/** Scenarios, traces and plans as files, in and out. */
export class Files {
  /** A checkpoint or savepoint was dropped. */
  onsnapshot: (file: File) => Promise<void> = () => Promise.resolve()

  constructor(private readonly session: Session) {}

  /** The scenario with the moment, and the names of its boxes. */
  shared(): Shared {
    const { session } = this
    const graph = session.scenario.plan === undefined ? session.runner.header?.executionGraph.job : undefined
    const plan: PlanSketch | null =
      graph !== undefined && !session.edited
        ? {
            vertices: graph.vertices.map(({ name, parallelism }) => ({ name, parallelism })),
            edges: graph.edges.map(({ fromVertex, toVertex, partitioner }) => [fromVertex, toVertex, partitioner.name] as const),
          }
        : session.sketch
    const forks = session.forks.stored
    return {
      scenario: session.scenario,
      bookmark: session.bookmark(),
      ...(plan === null ? {} : { plan }),
      ...(forks.length < 2 ? {} : { forks }),
    }
  }

  async exportFile(): Promise<void> {
    const { exportScenario } = await import('../session/storage')
    const { name, text } = exportScenario(this.shared())
    this.download(name, new Blob([text], { type: 'application/json' }))
  }

  /** What has been simulated so far, in the format of `tidemark run --trace`. */
  async exportTrace(): Promise<void> {
    const { header, log } = this.session.runner
    if (header === null || log === null) return
    const { encodeTrace, pagesOf } = await import('../trace/codec')
    this.download(`${this.session.scenario.name || 'run'}.trace`, new Blob([encodeTrace(header, pagesOf(log)) as BlobPart]))
  }

  download(name: string, content: Blob): void {
    const url = URL.createObjectURL(content)
    const anchor = document.createElement('a')
    anchor.href = url
    anchor.download = name
    anchor.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }

  async openFiles(files: FileList | null): Promise<void> {
    const { session } = this
    for (const file of files ?? []) {
      const { importScenario, isScenarioFile } = await import('../session/storage')
      if (/\.tidemark-snapshot\.json$/.test(file.name)) {
        await this.onsnapshot(file)
        continue
      }
      if (!isScenarioFile(file) && !/\.json$/i.test(file.name)) {
        session.pane = 'events'
        continue
      }
      try {
        if (!isScenarioFile(file) && file.size <= LIMITS.plan) {
          const text = await file.text()
          const { mayBePlan } = await import('./plans')
          if (mayBePlan(text)) {
            const wrong = await showPlan(session, text)
            if (wrong !== null) throw new ProblemError(wrong)
            continue
          }
        }
        const { scenario, bookmark, plan, forks } = await importScenario(file)
        session.open(scenario, 'link', { bookmark: bookmark ?? null, sketch: plan ?? null, forks })
        session.tell(this.t(shell.opened, { name: scenario.name }))
      } catch (error) {
        await this.tellError(error)
      }
    }
  }

  /** What is wrong with a file or an entry of the library, in a note; anything but a problem is a fault of ours. */
  async tellError(error: unknown): Promise<void> {
    if (!(error instanceof ProblemError)) throw error
    await bringProblemTexts()
    const { sentence, hint } = tellProblem(error.problem, this.session.settings.get('language'))
    this.session.tell(`${sentence} ${hint}`)
  }

  private t(text: Text, args?: Arguments): string {
    return say(text, this.session.settings.get('language'), args)
  }
}
