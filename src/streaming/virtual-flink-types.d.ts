/** Declarations of module `flink` by path, made by `scripts/flink-types.ts`. */
declare module 'virtual:flink-types' {
  const types: Readonly<Record<string, string>>
  export default types
}
