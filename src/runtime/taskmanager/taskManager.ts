import { assert } from '../../base/assert'
import { TaskManagerOptions } from '../../core/options'
import { addressOf } from '../../kernel/types'
import type { Address, Context, Message, Process } from '../../kernel/types'
import type { JobEnvironment, TaskDeployment } from '../deployment'
import { JOB_MANAGER_HOST } from '../deployment'
import { control } from '../messages'
import type { ControlMessage } from '../messages'

const JOB_MANAGER = addressOf(JOB_MANAGER_HOST, 0)

/**
 * A TaskManager's root process: registers, owns its slots, starts tasks as processes of their own. Mirrors TaskExecutor, TaskSlotTable
 * and ResourceManager registration. Left out: heartbeats, memory, local recovery. It is this host that dies when a TaskManager dies.
 */
export class TaskManager implements Process {
  /** Shared slot of the job that each slot was given to; −1: free. */
  private readonly slots: number[]

  constructor(
    environment: JobEnvironment,
    private readonly createTask: (deployment: TaskDeployment) => Process,
  ) {
    this.slots = new Array<number>(environment.configuration.get(TaskManagerOptions.NUM_TASK_SLOTS)).fill(-1)
  }

  handle(received: Message, _from: Address, context: Context): void {
    const message = received as ControlMessage
    switch (message.type) {
      case 'start':
        return context.send(JOB_MANAGER, control({ type: 'register-task-manager', slots: this.slots.length }))
      case 'request-slot':
        assert(this.slots[message.slot] === -1, `slot ${message.slot} is taken`)
        this.slots[message.slot] = message.sharedSlot
        return context.send(JOB_MANAGER, control({ type: 'offer-slot', slot: message.slot, sharedSlot: message.sharedSlot }))
      case 'free-slot':
        this.slots[message.slot] = -1
        return
      case 'submit-task':
        assert(this.slots[message.task.slot] !== -1, `a task came for slot ${message.task.slot}, which is free`)
        return context.spawn(message.task.address, this.createTask(message.task), control({ type: 'run-task' }))
      case 'shut-down':
        return context.stop(context.self)
      default:
        assert(false, `a TaskManager got ${message.type}`)
    }
  }
}
