/**
 * The type of what a lambda emits through its Collector, when nobody says: TypeScript cannot see it, and `unknown` would refuse
 * what Java's programs do next. Say it by annotating the Collector, or by a type argument.
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export type Untyped = any
