import { describe, expect, test } from 'vitest'
import { flightsHeader } from '../../testing/traceBuilder'
import { inputOfGraph, inputOfSketch, layoutGraph, pointAt } from './layout'
import type { LayoutInput } from './layout'

const tasks = (...parallelisms: number[]): LayoutInput['tasks'] => parallelisms.map((parallelism, i) => ({ name: `t${i}`, parallelism }))
const edge = (from: number, to: number, partitioner = 'HASH') => ({ from, to, partitioner })

describe('the layout of a graph', () => {
  test('columns follow the edges; cells of a column do not overlap', () => {
    const layout = layoutGraph({ tasks: tasks(2, 4, 1, 3), edges: [edge(0, 2), edge(1, 2), edge(2, 3)] })
    expect(layout.tasks.map(({ column }) => column)).toEqual([0, 0, 1, 2])
    const cells = layout.tasks.flatMap((task) => task.cells)
    for (const one of cells) {
      for (const other of cells) {
        if (one === other || one.x !== other.x) continue
        expect(one.y + one.height <= other.y || other.y + other.height <= one.y).toBe(true)
      }
    }
    for (const cell of cells) expect(cell.y + cell.height).toBeLessThanOrEqual(layout.height)
  })

  test('channels go from cell to cell', () => {
    const layout = layoutGraph(inputOfGraph(flightsHeader().executionGraph))
    const cells = layout.tasks.flatMap((task) => task.cells)
    expect(layout.channels.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
    ])
    for (const { curve, from, to } of layout.channels) {
      expect(pointAt(curve, 0).x).toBe(cells[from]!.x + cells[from]!.width)
      expect(pointAt(curve, 1).x).toBe(cells[to]!.x)
    }
  })

  test('32 subtasks fit where two do, or nearly', () => {
    expect(layoutGraph({ tasks: tasks(32), edges: [] }).height).toBeLessThan(700)
  })

  test('a sketch needs no graph; a forward edge goes straight', () => {
    const layout = layoutGraph(
      inputOfSketch({
        vertices: [
          { name: 'a', parallelism: 3 },
          { name: 'b', parallelism: 3 },
          { name: 'c', parallelism: 2 },
        ],
        edges: [
          [0, 1, 'FORWARD'],
          [1, 2, 'REBALANCE'],
          [1, 9, 'HASH'],
        ],
      }),
    )
    expect(layout.channels).toHaveLength(3 + 6)
  })

  test('a sketch with any numbers is drawn all the same', () => {
    const vertices = Array.from({ length: 100 }, (_, i) => ({ name: `${i}`, parallelism: 32768 }))
    const layout = layoutGraph(inputOfSketch({ vertices, edges: vertices.map((_, i) => [i, (i * 7 + 1) % 100, 'HASH'] as const) }))
    expect(layout.channels.length).toBeLessThan(5000)
    expect(layout.tasks[0]!.cells).toHaveLength(20)
  })

  test('a graph with a cycle, and one with nothing in it', () => {
    expect(layoutGraph({ tasks: tasks(1, 1), edges: [edge(0, 1), edge(1, 0)] }).tasks).toHaveLength(2)
    expect(layoutGraph({ tasks: [], edges: [] }).tasks).toHaveLength(0)
  })
})
