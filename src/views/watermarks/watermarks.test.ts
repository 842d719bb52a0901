import { describe, expect, test } from 'vitest'
import { runJob, type JobSetting } from '../../testing/runJob'
import { say } from '../../i18n'
import { FoldRunner } from '../../trace/fold'
import { timeFold } from '../../trace/time/fold'
import { factsOf } from './facts'
import { lit, vertexOf, worst } from './path'
import { rowsOf, type Row } from './rows'
import { blameText, nameOf, remarkText, type Wording } from './words'

const HEAD = `
import { Duration, LogSource, PrintSink, StreamExecutionEnvironment, TumblingEventTimeWindows, WatermarkStrategy } from 'flink'
interface Row { key: string; time: number }
const env = StreamExecutionEnvironment.getExecutionEnvironment()
const marks = WatermarkStrategy.forBoundedOutOfOrderness<Row>(Duration.ofMillis(5)).withTimestampAssigner(r => r.time)
const source = (strategy = marks) => env.fromSource(LogSource.topic<Row>('input'), strategy, 'in')
const count = (stream: any) => stream.keyBy((r: Row) => r.key).window(TumblingEventTimeWindows.of(Duration.ofMillis(20))).reduce((a: Row) => a).sinkTo(new PrintSink())
`
const SILENT: JobSetting = {
  input: Array.from({ length: 120 }, (_, i) => `${'abcd'[i % 4]}@${i * 3}`).join(' '),
  partitions: 4,
  every: 20,
  until: 2_400_000,
  interventions: [{ at: 1_000_000, do: 'silence-partition', topic: 'input', partition: 2 }],
}

async function at(program: string, setting: JobSetting, time = 2_300_000) {
  const { header, log } = await runJob(`${HEAD}${program}\nenv.execute('job')`, setting)
  const state = new FoldRunner(timeFold, header, log).seek(log.lastAt(time))
  const wording: Wording = { t: (text, args) => say(text, 'en', args), eventTime: String, header }
  const rows = rowsOf(state, { shut: new Set(), turned: new Set(), order: 'plan' })
  const line = (row: Row): string => {
    const facts = factsOf(state, row)
    return `${nameOf(wording, state, row)} | ${facts.status}${facts.holds ? ' holds' : ''} | ${remarkText(wording, state, facts.remark)}`
  }
  const way = lit(state, worst(state))!
  const last = way.way.split?.lastRecord ?? -1
  const blame = blameText(wording, state, way.way, time, last < 0 ? 0 : log.timeAt(last))
  return { header, log, state, rows, lines: rows.map(line), way, blame }
}

describe('the ledger of a job with a silent partition', () => {
  test('the partition that holds everything is marked, along the whole way', async () => {
    const { lines, way, blame } = await at('count(source())', SILENT)
    const holding = lines.filter((text) => text.includes('holds'))
    expect(holding[0]).toMatch(/^partition 2 \| active holds/)
    expect(holding.filter((text) => text.startsWith('←'))).toEqual([
      '← #1 Source: in | active holds | least: holds the rest',
      '← #1 Source: in | active holds | least: holds the rest',
    ])
    expect([...way.ids].filter((id) => id.startsWith('p'))).toEqual(['p0 2'])
    expect(way.asked).toBe('s2')
    expect(blame).toMatch(/^partition 2 is to blame: nothing came for 1\.\d+ s$/)
  })

  test('with idleness it is left out, and nobody holds anybody for long', async () => {
    const { lines } = await at('count(source(marks.withIdleness(Duration.ofMillis(300))))', SILENT)
    expect(lines.find((text) => text.startsWith('partition 2'))).toMatch(/\| idle \|/)
  })

  test('a subtask without a partition, one that makes no watermarks, one that makes them in the middle', async () => {
    const idle = await at('count(source())', { ...SILENT, partitions: 1, interventions: [] })
    expect(idle.lines).toContain('#2 | active | reads no partition')
    expect(idle.blame).toBe('it reads no partition, and is not idle')
    const none = await at(`count(source(WatermarkStrategy.noWatermarks()))`, { ...SILENT, interventions: [] })
    expect(none.blame).toBe('the source makes no watermarks: noWatermarks()')
    const middle = await at(`count(source(WatermarkStrategy.noWatermarks()).map(r => r).assignTimestampsAndWatermarks(marks))`, {
      ...SILENT,
      interventions: [],
    })
    expect(middle.way.way.heldBy).toMatch(/generator|on-the-way/)
    expect(middle.rows.some(({ kind }) => kind === 'generator')).toBe(true)
  })
})

test('lines follow the selection; the least come first when one asks for it; many channels are folded to the one that holds', async () => {
  const { state, header } = await at('count(source())', {
    ...SILENT,
    configuration: { 'parallelism.default': '8', 'taskmanager.numberOfTaskSlots': '8' },
  })
  expect(vertexOf(state, { kind: 'channel', channel: 9 })).toBe(header.executionGraph.channels[9]!.to)
  expect(vertexOf(state, { kind: 'partition', node: header.streamGraph.nodes[0]!.id, partition: 2 })).toBe(2)
  const folded = rowsOf(state, { shut: new Set(), turned: new Set(), order: 'plan' })
  expect(folded.filter(({ kind }) => kind === 'others')).toHaveLength(8)
  const least = folded.filter(({ kind }) => kind === 'least').map((row) => factsOf(state, row))
  expect(least.map(({ thing }) => thing?.kind)).toEqual(Array.from({ length: 8 }, () => 'channel'))
  const opened = rowsOf(state, { shut: new Set([0]), turned: new Set([8]), order: 'behind' })
  const channels = opened.flatMap((row) => (row.kind === 'channel' && row.index === 8 ? [factsOf(state, row).watermark.value] : []))
  expect(channels).toHaveLength(8)
  expect(channels).toEqual([...channels].sort((a, b) => a - b))
  expect(opened.some(({ kind }) => kind === 'partition')).toBe(false)
})
