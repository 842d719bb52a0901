/**
 * Simple class names, as Flink writes them into the descriptions of operators. A bundler may rename our classes, so they are
 * known by the name under which module `flink` exports them.
 */
const exported = new WeakMap<object, string>()

/** Called with module `flink` by whoever evaluates programs. */
export function rememberNames(module: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(module)) if (typeof value === 'function') exported.set(value, name)
}

/** The simple name of an object's class; `role` for a lambda or an object literal, which have none. */
export function simpleNameOf(object: unknown, role: string): string {
  if (typeof object !== 'object' || object === null) return role
  const constructor = (object as { constructor?: unknown }).constructor
  if (typeof constructor !== 'function' || constructor === Object) return role
  const known = exported.get(constructor)
  if (known !== undefined) return known
  return constructor.name === '' ? role : constructor.name
}
