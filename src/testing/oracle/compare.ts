/** What Flink or we made of a program: members of a description, or a refusal. */
export type Described = Readonly<Record<string, unknown>>
interface Refusal {
  readonly phase: string
  readonly step?: string
  readonly class: string
  readonly messageContains: string
}

/** Members that only the vectors hold, or only we. */
const ASIDE = new Set(['step', 'chain', 'chainedSources', 'effectiveMaxParallelism', 'coLocation', 'line', 'call'])

/** With members in one order, and of Flink's old window names what is the same from run to run. */
const canonical = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/TriggerWindow\(([^,]*,[^,]*)[^\n]*/g, 'TriggerWindow($1')
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([name]) => !ASIDE.has(name))
  return Object.fromEntries(members.map(([name, member]) => [name, canonical(member)] as const).sort(([a], [b]) => (a < b ? -1 : 1)))
}
const text = (value: unknown): string => JSON.stringify(canonical(value))

/** The first difference in words, null if there is none. */
export function difference(flink: Described, ours: Described): string | null {
  const refused = flink.error as Refusal | undefined
  const weRefused = ours.error as Refusal | undefined
  if (refused !== undefined || weRefused !== undefined) {
    const same =
      refused !== undefined &&
      weRefused !== undefined &&
      refused.phase === weRefused.phase &&
      (refused.step === undefined || refused.step === weRefused.step) &&
      refused.class === weRefused.class &&
      firstWords(refused) === firstWords(weRefused)
    return same ? null : `refusal: Flink ${JSON.stringify(refused ?? null)}, we ${JSON.stringify(weRefused ?? null)}`
  }
  for (const [member, value] of Object.entries(flink)) {
    if (member === 'dynamic' && value === false) continue
    const mine = ours[member] ?? null
    if (text(value) === text(mine)) continue
    const [theirs, our] = [itemsOf(value), itemsOf(mine)]
    const at = theirs.findIndex((item, index) => text(item) !== text(our[index]))
    return `${member}: Flink ${text(theirs[at] ?? value)}, we ${text(our[at] ?? mine)}`
  }
  return null
}

/** Java's types, which messages may quote later on, are not ours to know. */
const firstWords = ({ messageContains }: Refusal): string => messageContains.split('. ')[0]!.slice(0, 60)

const itemsOf = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value
  const nodes = (value as { readonly nodes?: unknown } | null)?.nodes
  return Array.isArray(nodes) ? nodes : [value]
}
