/** What a program means that names no locale, wherever it runs. */
const LOCALE = 'en-US'

/**
 * Fixes the default locale and time zone of a realm: sorting by `localeCompare` or printing by `toLocaleString` must not depend on
 * whose browser it is. Changes the intrinsics themselves, so only for a worker that runs nothing else.
 */
export function fixLocale(): void {
  const patch = (prototype: object, name: string, position: number): void => {
    const original = Reflect.get(prototype, name) as (...args: unknown[]) => unknown
    const value = function (this: unknown, ...args: unknown[]): unknown {
      while (args.length < position) args.push(undefined)
      args[position] ??= LOCALE
      return Reflect.apply(original, this, args)
    }
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true })
  }
  patch(String.prototype, 'localeCompare', 1)
  for (const name of ['toLocaleLowerCase', 'toLocaleUpperCase']) patch(String.prototype, name, 0)
  for (const { prototype } of [Number, BigInt]) patch(prototype, 'toLocaleString', 0)
  // Date's own are replaced by `virtualDate`.
  for (const [name, original] of Object.entries(Object.getOwnPropertyDescriptors(Intl))) {
    const { value } = original
    if (typeof value !== 'function' || !('supportedLocalesOf' in value)) continue
    Object.defineProperty(Intl, name, {
      ...original,
      value: new Proxy(value, {
        construct: (target, [locales, options]: unknown[], newTarget) =>
          Reflect.construct(target, [locales ?? LOCALE, inUtc(name, options)], newTarget),
        apply: (target, self, [locales, options]: unknown[]) =>
          Reflect.apply(target, self, [locales ?? LOCALE, inUtc(name, options)]) as unknown,
      }),
    })
  }
}

const inUtc = (name: string, options: unknown): unknown =>
  name === 'DateTimeFormat' ? { timeZone: 'UTC', ...(options as object | undefined) } : options
