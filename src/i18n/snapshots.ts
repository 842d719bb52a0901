import type { Text } from '.'

/** Checkpoints and savepoints that outlive their runs. */
export const snapshots = {
  title: { en: 'Checkpoints and savepoints on this machine', zh: '本机上的 checkpoint 与 savepoint' },
  open: { en: 'Checkpoints and savepoints…', zh: 'checkpoint 与 savepoint…' },
  about: {
    en: 'Savepoints of all runs, and checkpoints whose configuration retains them (execution.checkpointing.externalized-checkpoint-retention). They lie in this browser until you delete them.',
    zh: '所有运行的 savepoint（保存点），以及配置要求保留的 checkpoint（检查点；execution.checkpointing.externalized-checkpoint-retention）。它们保存在此浏览器中，直到您删除。',
  },
  none: {
    en: 'There are none yet. Let a run take a savepoint, or retain its checkpoints on cancellation.',
    zh: '目前还没有。让一次运行做一个 savepoint，或者配置为取消后保留 checkpoint。',
  },
  start: { en: 'Start from here', zh: '从这里开始' },
  fromNothing: { en: 'Start from nothing again', zh: '重新从空状态开始' },
  current: { en: 'This scenario starts from it.', zh: '当前场景从它开始。' },
  started: { en: 'The next run starts from {path}.', zh: '下一次运行将从 {path} 开始。' },
  emptied: { en: 'The next run starts from nothing.', zh: '下一次运行将从空状态开始。' },
  download: { en: 'Download', zh: '下载' },
  upload: { en: 'Add from a file…', zh: '从文件添加…' },
  remove: { en: 'Delete', zh: '删除' },
  removed: { en: '{path} is deleted.', zh: '已删除 {path}。' },
  added: { en: '{path} is on this machine now.', zh: '{path} 现在保存在本机上。' },
  unreadable: { en: 'Its metadata cannot be read: nothing can start from it.', zh: '无法读取它的元数据，不能从它开始。' },
  facts: {
    en: '{type} {checkpoint}, complete at {at}: {size} in {files} files',
    zh: '{type} {checkpoint}，完成于 {at}：{size}，{files} 个文件',
  },
  operators: { en: 'State of {operators}', zh: '包含的状态：{operators}' },
  use: {
    en: 'Files take {bytes} in this browser; it gives this page {quota}.',
    zh: '文件在此浏览器中占用 {bytes}，浏览器给本页的总量为 {quota}。',
  },
  useAlone: { en: 'Files take {bytes} in this browser.', zh: '文件在此浏览器中占用 {bytes}。' },
  linkCarries: {
    en: 'The link brings along the files that this scenario starts from: {path}, {size}.',
    zh: '链接中带有此场景开始时所需的文件：{path}，{size}。',
  },
  linkLacks: {
    en: 'The files that this scenario starts from ({path}, {size}) do not fit into a link. Whoever opens it needs them as well: download them from “Checkpoints and savepoints” in the library’s menu, and send them along.',
    zh: '此场景开始时所需的文件（{path}，{size}）放不进链接。打开链接的人也需要这些文件：请在场景库菜单的“checkpoint 与 savepoint”中下载，一并发送。',
  },
  linkNone: {
    en: 'This scenario starts from {path}, which is not on this machine.',
    zh: '此场景从 {path} 开始，而本机上没有它。',
  },
} as const satisfies Readonly<Record<string, Text>>

export const snapshotTypes = {
  checkpoint: { en: 'Checkpoint', zh: 'checkpoint' },
  'full-checkpoint': { en: 'Full checkpoint', zh: '全量 checkpoint' },
  savepoint: { en: 'Savepoint', zh: 'savepoint' },
  'stop-with-savepoint': { en: 'Savepoint of a stop', zh: '停止时的 savepoint' },
  'stop-with-savepoint-drain': { en: 'Savepoint of a stop, drained', zh: '排空后停止时的 savepoint' },
} as const satisfies Readonly<Record<string, Text>>
