type Row = readonly [id: number, type: string, parallelism: number, ...predecessors: (readonly [id: number, strategy: string])[]]

/** Orders that were paid within the hour, summed by shop: as `getExecutionPlan()` would tell of such a job (P-1). */
const ROWS: readonly Row[] = [
  [1, 'Source: orders', 4],
  [2, 'Filter', 4, [1, 'FORWARD']],
  [4, 'Source: payments', 2],
  [7, 'Interval Join', 4, [2, 'HASH'], [4, 'HASH']],
  [9, 'TumblingEventTimeWindows', 4, [7, 'HASH']],
  [10, 'Map', 4, [9, 'FORWARD']],
  [11, 'revenue: Writer', 1, [10, 'REBALANCE']],
  [13, 'revenue: Committer', 1, [11, 'FORWARD']],
]

export const SAMPLE_PLAN = JSON.stringify(
  {
    nodes: ROWS.map(([id, type, parallelism, ...predecessors]) => ({
      id,
      type,
      pact: predecessors.length === 0 ? 'Data Source' : 'Operator',
      contents: type,
      parallelism,
      ...(predecessors.length === 0
        ? {}
        : { predecessors: predecessors.map(([from, strategy]) => ({ id: from, ship_strategy: strategy, side: 'second' })) }),
    })),
  },
  null,
  2,
)
