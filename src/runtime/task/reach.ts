import { SinkOutside } from '../external/outsideAccess'
import type { FileAnswer } from '../external/messages'
import type { OperatorOutside, OperatorTrace } from '../operators/types'
import type { Task } from './task'

/** How an operator of the task reaches what lies outside; answers of the file system come as mails, in its name. */
export const outsideOf = (task: Task, node: number, trace: OperatorTrace): OperatorOutside =>
  new SinkOutside({
    node,
    outside: task.environment.outside,
    faults: task.environment.faults,
    tracing: task.tracing,
    context: () => task.context,
    processingTime: () => task.processingTime(),
    print: (line) => task.print(line),
    faultStruck: (intervention, text) => task.faultStruck(intervention, text),
    currentRecord: () => trace.currentRecord(),
    files: {
      write: (path, bytes, kind, done) => ask(task, node, done, (answered) => task.files.write(path, bytes, kind, answered)),
      rename: (from, to, done) => ask(task, node, done, (answered) => task.files.rename(from, to, answered)),
    },
  })

type Answered = (error: FileAnswer['error']) => void

function ask(task: Task, node: number, done: Answered, request: (answered: Answered) => void): void {
  const settled = task.operatorFiles.begin()
  request((error) => {
    task.node = node
    done(error)
    settled()
  })
}
