import { JavaException, NullPointerException } from '../../core/exceptions'
import { problem, ProblemError } from '../../core/problem'
import { currentServices } from '../environment/context'
import type { Untyped } from './Untyped'

/** Takes the answer to a request: `answer` is null where the service knows nothing, or, with an `error`, where it failed. */
export type ServiceCallback<A> = (answer: A | null, error: Error | undefined) => void

/** @internal Who sends requests off: the operator whose function is running. */
export interface Asker {
  /** Names of the services that there are. */
  readonly services: readonly string[]
  request(service: string, key: unknown, answered: (answer: unknown, failed: boolean) => void): void
}

let current: Asker | null = null

/** @internal Runs a function of the program in whose course services may be asked. */
export function withAsker<T>(asker: Asker | null, call: () => T): T {
  const outer = current
  current = asker
  try {
    return call()
  } finally {
    current = outer
  }
}

/**
 * A system outside of Flink that answers by key after some time: one of the scenario's external services, which say how long that takes, what they know
 * and how often they fail. It stands where a Java program has its database's or web service's client.
 */
export class ExternalService<A = Untyped> {
  private constructor(private readonly name: string) {}

  /** The service with this name; the scenario must have one. */
  static named<A = Untyped>(name: string): ExternalService<A> {
    if (typeof name !== 'string') throw new NullPointerException('name')
    const services = currentServices()
    if (services !== undefined) checkName(name, services)
    return new ExternalService<A>(name)
  }

  /** Returns the service's name. */
  getName(): string {
    return this.name
  }

  /**
   * Asks for `key` and calls back when the answer is there. Only async functions can ask: in `asyncInvoke`, in `timeout`, or when another
   * answer has come.
   */
  request(key: unknown, callback: ServiceCallback<A>): void {
    const asker = current
    if (asker === null) throw new ProblemError(problem('service-outside', { service: this.name }))
    checkName(this.name, asker.services)
    if (typeof callback !== 'function') throw new NullPointerException('callback')
    asker.request(this.name, key, (answer, failed) =>
      failed
        ? callback(null, new JavaException('java.io.IOException', `${this.name} failed to answer.`))
        : callback(answer as A | null, undefined),
    )
  }
}

function checkName(service: string, services: readonly string[]): void {
  if (services.includes(service)) return
  throw new ProblemError(problem(services.length === 0 ? 'service-none' : 'service-unknown', { service, services: services.join(', ') }))
}
