import { SinkOutside } from '../external/outsideAccess'
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
    currentRecord: () => trace.currentRecord(),
    files: {
      write: (path, bytes, kind, done) =>
        task.files.write(path, bytes, kind, (error) => {
          task.node = node
          done(error)
        }),
      rename: (from, to, done) =>
        task.files.rename(from, to, (error) => {
          task.node = node
          done(error)
        }),
    },
  })
