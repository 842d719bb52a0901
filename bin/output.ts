import type { EventPage } from '../src/core/page'
import type { Problem } from '../src/core/problem'
import { DataInput, decodeValue, javaToString } from '../src/core/values'
import { rescaled } from '../src/graph/executionGraph'
import type { ExecutionGraph } from '../src/graph/types'
import { TraceKind } from '../src/trace/kinds'
import type { TraceHeader } from '../src/trace/types'

export interface Printer {
  out(line: string): void
  err(line: string): void
  problem(problem: Problem): void
}

const decoder = new TextDecoder()

/**
 * What a run wrote, as a terminal shows it, straight from its pages: sinks' records, lines of console.log, problems.
 * A print sink's prefix is B-11's: identifier and subtask, none of it for an unnamed sink of parallelism 1.
 */
export class PrintedOutput {
  /** Execution vertex by the address of the process that runs it. */
  private readonly vertices = new Map<number, number>()
  private readonly sinks: Map<number, TraceHeader['streamGraph']['nodes'][number]>
  private graph: ExecutionGraph

  constructor(
    header: TraceHeader,
    private readonly printer: Printer,
  ) {
    this.graph = header.executionGraph
    this.sinks = new Map(header.streamGraph.nodes.map((node) => [node.id, node]))
  }

  page(page: EventPage): void {
    for (let i = 0; i < page.count; i++) {
      const payload = (): Uint8Array => page.payload.subarray(i === 0 ? 0 : page.payloadEnd[i - 1]!, page.payloadEnd[i]!)
      switch (page.kind[i]) {
        case TraceKind.ExecutionState:
          if (page.d[i] !== 0) this.vertices.set(page.d[i]!, page.a[i]!)
          break
        case TraceKind.ExecutionGraphCreated:
          this.graph = rescaled(this.graph, page.a[i]!, decodeValue(new DataInput(payload())) as readonly number[])
          break
        case TraceKind.SinkRecord:
          this.sink(page.a[i]!, page.process[i]!, decodeValue(new DataInput(payload())))
          break
        case TraceKind.UserOutput:
          this.printer.out(decoder.decode(payload()))
          break
        case TraceKind.Problem:
          this.printer.problem(JSON.parse(decoder.decode(payload())) as Problem)
          break
      }
    }
  }

  private sink(node: number, process: number, value: unknown): void {
    const { operator } = this.sinks.get(node)!
    const { sink, identifier } = operator.params
    if (sink === 'discard') return
    const text = javaToString(value)
    if (sink !== 'print' && sink !== 'printToErr') return this.printer.out(text)
    const execution = this.graph.vertices[this.vertices.get(process)!]!
    const { parallelism } = execution
    const subtask = execution.subtask + 1
    const name = typeof identifier === 'string' ? identifier : ''
    const prefix = parallelism > 1 ? (name === '' ? `${subtask}> ` : `${name}:${subtask}> `) : name === '' ? '' : `${name}> `
    const line = prefix + text
    if (sink === 'print') this.printer.out(line)
    else this.printer.err(line)
  }
}
