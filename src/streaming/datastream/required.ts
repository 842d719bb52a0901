import { IllegalArgumentException, NullPointerException } from '../../core/exceptions'

/** Refuses at once what has no such method: Java's compiler does. A lambda stands for an interface of one method. */
export function required<F>(given: F, method: string): F {
  if (given === null || given === undefined) throw new NullPointerException('The function must not be null.')
  const ok = typeof given === 'function' || typeof (given as Record<string, unknown>)[method] === 'function'
  if (!ok) throw new IllegalArgumentException(`The function has no method ${method}.`)
  return given
}

/** The same for an interface of several methods, which a lambda cannot be. */
export function requiredMethods<F>(given: F, ...methods: readonly string[]): F {
  if (given === null || given === undefined) throw new NullPointerException('The function must not be null.')
  const missing = methods.find((method) => typeof (given as Record<string, unknown>)[method] !== 'function')
  if (missing !== undefined) throw new IllegalArgumentException(`The function has no method ${missing}.`)
  return given
}
