/** What a scenario may hold at most, so that a hostile one is refused before it costs anything. Sentences quote these numbers. */
export const LIMITS = {
  taskManagers: 64,
  name: 200,
  program: 200_000,
  /** Characters of a plan from elsewhere. */
  plan: 1_000_000,
  topics: 32,
  partitions: 128,
  columns: 64,
  columnName: 100,
  rows: 200_000,
  cellText: 10_000,
  edits: 10_000,
  configurationKeys: 300,
  configurationText: 2_000,
  interventions: 1_000,
  services: 32,
  /** Files that a scenario brings along, characters of a path and of a file's contents. */
  files: 256,
  filePath: 500,
  fileText: 16 * 1024 * 1024,
  /** Virtual µs: 31 days. */
  time: 31 * 86_400_000_000,
  note: 2_000,
  /** Of a lesson. */
  steps: 100,
  planVertices: 1_000,
  /** Bytes of a CSV or JSON table. */
  file: 20 * 1024 * 1024,
  /** Bytes of a scenario file: what was saved with the largest tables must open again. */
  scenarioFile: 64 * 1024 * 1024,
  /** Characters of a link's fragment that are looked at at all. */
  link: 64 * 1024,
  /** Longest link that is offered for sharing: beyond it some chats and mail programs cut. */
  shareLink: 8_000,
  /** Bytes that a link may inflate to. */
  inflated: 2 * 1024 * 1024,
} as const
