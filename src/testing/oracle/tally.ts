/** What came of asking about many cases. */
export interface Tally {
  readonly count: number
  /** How many Flink itself refuses, or fails in: it has to be the same here. */
  readonly refused: number
  /** How many go beyond what doubles hold. */
  readonly skipped: number
  /** Each with the seed that makes it again. */
  readonly differences: readonly string[]
}

export const told = (name: string, { count, refused, skipped, differences }: Tally): string =>
  `${name}: ${count - skipped - differences.length} of ${count} are the same to Flink and to us; Flink refuses ${refused} of them` +
  `${skipped > 0 ? `, ${skipped} are beyond doubles` : ''}.`
