import { IllegalArgumentException, throwAt } from '../core/exceptions'
import type { GraphIndex } from './chaining'
import { hex, murmur3_128 } from './murmur3'
import type { StreamNode } from './types'

/**
 * The operator ids (G-29). Mirrors org.apache.flink.streaming.api.graph.StreamGraphHasherV2: a breadth-first walk from the
 * sources by id; a node without uid waits for its inputs; its hash is made of how many hashes there are, so ids shift when
 * an operator is put in before, which is what uids are for.
 */
export function operatorHashes(index: GraphIndex): ReadonlyMap<number, string> {
  const hashes = new Map<number, Uint8Array>()
  const texts = new Set<string>()
  const sources = index.graph.nodes.filter((node) => index.inEdges(node.id).length === 0).sort((a, b) => a.id - b.id)
  const remaining: StreamNode[] = [...sources]
  const visited = new Set(sources.map((node) => node.id))
  // What is put in while it is walked is walked, too.
  for (const node of remaining) {
    if (!hashNode(index, node, hashes, texts)) {
      visited.delete(node.id)
      continue
    }
    for (const edge of index.outEdges(node.id)) {
      if (visited.has(edge.to)) continue
      visited.add(edge.to)
      remaining.push(index.node(edge.to))
    }
  }
  return new Map([...hashes].map(([id, bytes]) => [id, hex(bytes)]))
}

function hashNode(index: GraphIndex, node: StreamNode, hashes: Map<number, Uint8Array>, texts: Set<string>): boolean {
  if (node.uid !== undefined) {
    const hash = murmur3_128(new TextEncoder().encode(node.uid))
    const text = hex(hash)
    if (texts.has(text)) {
      throwAt(
        node.line,
        new IllegalArgumentException(
          `Hash collision on user-specified ID "${node.uid}". Most likely cause is a non-unique ID. Please check that all IDs specified via \`uid(String)\` are unique.`,
        ),
      )
    }
    texts.add(text)
    hashes.set(node.id, hash)
    return true
  }
  const inputs: Uint8Array[] = []
  for (const edge of index.inEdges(node.id)) {
    const input = hashes.get(edge.from)
    if (input === undefined) return false
    inputs.push(input)
  }
  const chained = index.outEdges(node.id).filter((edge) => index.chainBreak(edge) === null).length
  const words = new DataView(new ArrayBuffer(4 * (1 + chained)))
  for (let i = 0; i <= chained; i++) words.setInt32(4 * i, hashes.size, true)
  const hash = murmur3_128(new Uint8Array(words.buffer))
  for (const input of inputs) for (let i = 0; i < hash.length; i++) hash[i] = Math.imul(hash[i]!, 37) ^ input[i]!
  hashes.set(node.id, hash)
  texts.add(hex(hash))
  return true
}
