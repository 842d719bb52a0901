/** What the inspector says of a selection: plain answers, read from the state at the playhead and its log. */
export type { Since, Sources } from './sources'
export { channelFacts, subtaskFacts, subtaskIndex, taskFacts } from './subtasks'
export type { ChannelFacts, EdgeFacts, OperatorFacts, SubtaskFacts, TaskFacts } from './subtasks'
export { keyFacts, openWindows, pendingTimers, recordFacts, stateValues, windowFacts } from './things'
export type { KeyAtSubtask, OpenWindow, PendingTimer, RecordAnswer, StateValue, WindowAnswer } from './things'
