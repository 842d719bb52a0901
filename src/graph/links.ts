/**
 * G-16: who feeds a consumer in a pointwise exchange: producers `first` … `end − 1`, on their subpartition `subpartition`.
 * Integer arithmetic as in VertexInputInfoComputationUtils and EdgeManagerBuildUtil.
 */
export function pointwiseProducers(
  sources: number,
  targets: number,
  to: number,
): { readonly first: number; readonly end: number; readonly subpartition: number } {
  const first = Math.floor((to * sources) / targets)
  if (sources >= targets) return { first, end: Math.floor(((to + 1) * sources) / targets), subpartition: 0 }
  const consumers = pointwiseConsumers(sources, targets, first)
  return { first, end: first + 1, subpartition: to % (consumers.end - consumers.first) }
}

/** Whom a producer feeds in a pointwise exchange: consumers `first` … `end − 1`. */
export function pointwiseConsumers(sources: number, targets: number, from: number): { readonly first: number; readonly end: number } {
  if (sources < targets) {
    return { first: Math.ceil((from * targets) / sources), end: Math.ceil(((from + 1) * targets) / sources) }
  }
  // The consumer whose range holds it: the largest one that begins at it or before.
  const to = Math.floor(((from + 1) * targets - 1) / sources)
  return { first: to, end: to + 1 }
}

/** How many channels an exchange has. */
export const numberOfLinks = (pointwise: boolean, sources: number, targets: number): number =>
  sources === 0 || targets === 0 ? 0 : pointwise ? Math.max(sources, targets) : sources * targets

/**
 * G-16: the links of an exchange, by consumer and then in the order of the consumer's channels; `channel` counts those.
 * Mirrors VertexInputInfoComputationUtils and EdgeManagerBuildUtil for streaming.
 */
export function forEachLink(
  pointwise: boolean,
  sources: number,
  targets: number,
  visit: (from: number, to: number, subpartition: number, channel: number) => void,
): void {
  if (sources === 0) return
  for (let to = 0; to < targets; to++) {
    const { first, end, subpartition } = pointwise ? pointwiseProducers(sources, targets, to) : { first: 0, end: sources, subpartition: to }
    for (let from = first; from < end; from++) visit(from, to, subpartition, from - first)
  }
}
