import { fixLocale } from './locale'
import { virtualConsole, virtualDate, virtualMath } from './virtualGlobals'
import type { ProgramSurroundings } from './types'

/**
 * What a program may name: the language itself, without its clocks, its randomness, its garbage collector and its shared memory,
 * and a few pure functions of the platform. A list of what is allowed grows on purpose only; one of what is forbidden is outdated
 * by every new browser.
 */
const LANGUAGE = [
  'Object',
  'Function',
  'Array',
  'Number',
  'parseFloat',
  'parseInt',
  'Infinity',
  'NaN',
  'undefined',
  'Boolean',
  'String',
  'Symbol',
  'RegExp',
  'Error',
  'AggregateError',
  'EvalError',
  'RangeError',
  'ReferenceError',
  'SyntaxError',
  'TypeError',
  'URIError',
  'SuppressedError',
  'JSON',
  'Intl',
  'ArrayBuffer',
  'Uint8Array',
  'Int8Array',
  'Uint16Array',
  'Int16Array',
  'Uint32Array',
  'Int32Array',
  'BigUint64Array',
  'BigInt64Array',
  'Uint8ClampedArray',
  'Float16Array',
  'Float32Array',
  'Float64Array',
  'DataView',
  'Map',
  'BigInt',
  'Set',
  'Iterator',
  'WeakMap',
  'WeakSet',
  'Proxy',
  'Reflect',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'escape',
  'unescape',
  'eval',
  'isFinite',
  'isNaN',
  'WebAssembly',
  'TextEncoder',
  'TextDecoder',
  'atob',
  'btoa',
  'structuredClone',
] as const
/** Made anew for each program. */
const VIRTUAL = ['Date', 'Math', 'console'] as const
/** A program cannot name these, but the thread needs them; through the back door (an async function, an indirect eval) they do no harm. */
const HARMLESS = [
  'Promise',
  'globalThis',
  'constructor',
  '__defineGetter__',
  '__defineSetter__',
  'hasOwnProperty',
  '__lookupGetter__',
  '__lookupSetter__',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toString',
  'valueOf',
  '__proto__',
  'toLocaleString',
] as const

const nameable = new Set<string>([...LANGUAGE, ...VIRTUAL])
const kept = new Set<string>([...nameable, ...HARMLESS])
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/
/** Not on the global object of every engine, or only later; named here so that they are shadowed in any case. */
const ALWAYS_HIDDEN = [
  'globalThis',
  'self',
  'window',
  'global',
  'process',
  'require',
  'module',
  'fetch',
  'postMessage',
  'setTimeout',
  'queueMicrotask',
  'Promise',
  'SharedArrayBuffer',
  'Atomics',
  'WeakRef',
  'FinalizationRegistry',
]

/**
 * The globals that a program is to see, by name: its own Date, Math and console, and `undefined` for everything else that stands
 * on this thread's global object and is not of the language. To be passed as parameters of the function that the program becomes.
 */
export function programGlobals(world: ProgramSurroundings): Record<string, unknown> {
  const globals: Record<string, unknown> = {}
  for (const name of hiddenNames()) globals[name] = undefined
  globals.Date = virtualDate(() => world.now())
  globals.Math = virtualMath(() => world.nextUint32())
  globals.console = virtualConsole((line) => world.print(line))
  return globals
}

let hidden: readonly string[] | undefined
function hiddenNames(): readonly string[] {
  if (hidden !== undefined) return hidden
  const names = new Set(ALWAYS_HIDDEN)
  for (let object: object | null = globalThis; object !== null && object !== Object.prototype; object = Reflect.getPrototypeOf(object)) {
    for (const name of Object.getOwnPropertyNames(object)) if (!nameable.has(name) && IDENTIFIER.test(name)) names.add(name)
  }
  // Every object has it; a variable of that name would only confuse.
  names.delete('constructor')
  hidden = [...names]
  return hidden
}

/** What the thread itself needs after the fence has closed behind it, out of reach for programs. */
export interface BehindTheFence {
  /** `port.postMessage(message, transfer)`; with null for the port, the worker's own. */
  post(port: MessagePort | null, message: unknown, transfer?: Transferable[]): void
  listen(port: MessagePort | null, listener: (event: MessageEvent) => void): void
  /** Calls back once, `ms` from now, unless the function that it returns is called first. */
  later(ms: number, callback: () => void): () => void
  /** Calls back once, when the messages that are waiting now have been let in. One at a time. */
  breathe(callback: () => void): void
  /** The wall clock, ms: never for anything that goes into a trace. */
  elapsed(): number
}

/** Takes what a thread needs to talk to others, for use before, after or without a fence. */
export function captureThread(scope: typeof globalThis): BehindTheFence {
  // Bound functions: they call the original whatever a program does to Function.prototype.
  const bind = Function.prototype.bind
  const call = Function.prototype.call
  const uncurry = (method: unknown): ((self: object, ...rest: unknown[]) => void) => bind.call(call, method as () => void) as never
  const own = (scope as { postMessage?: unknown }).postMessage
  const postOwn = typeof own === 'function' ? bind.call(own as () => void, scope) : undefined
  const ownListener = (scope as { addEventListener?: unknown }).addEventListener
  const listenOwn =
    typeof ownListener === 'function'
      ? (bind.call(ownListener as () => void, scope) as unknown as (type: string, listener: unknown) => void)
      : undefined
  const postPort = typeof MessagePort === 'undefined' ? undefined : uncurry(MessagePort.prototype.postMessage)
  // Looked up on the port's own prototype: Node's ports have listeners of their own kind.
  const addListener = uncurry(
    typeof MessagePort === 'undefined' ? EventTarget.prototype.addEventListener : MessagePort.prototype.addEventListener,
  )
  const start = typeof MessagePort === 'undefined' ? undefined : uncurry(MessagePort.prototype.start)
  const elapsed = bind.call(performance.now as () => void, performance) as unknown as () => number
  const setTimer = bind.call(scope.setTimeout as unknown as () => void, scope) as unknown as (callback: () => void, ms: number) => number
  const clearTimer = bind.call(scope.clearTimeout as () => void, scope) as unknown as (timer: number) => void
  const { port1, port2 } = new MessageChannel()
  let breathed = (): void => {}
  port1.onmessage = () => breathed()
  return {
    elapsed,
    later: (ms, callback) => {
      const timer = setTimer(callback, ms)
      return () => clearTimer(timer)
    },
    breathe: (callback) => {
      breathed = callback
      postPort!(port2, null)
    },
    post: (port, message, transfer = []) =>
      port === null ? postOwn!(message as never, transfer as never) : postPort!(port, message, transfer),
    listen: (port, listener) => {
      if (port === null) return listenOwn!('message', listener)
      addListener(port, 'message', listener)
      start!(port)
    },
  }
}

/**
 * Closes a worker's global scope: deletes every global that is not of the language, on the scope and all its prototypes, so that
 * what a program reaches through `eval`, `Function` or a prototype is no more than what it can name. A `postMessage` loop would
 * otherwise flood the page and hold up `terminate()`. The wall that keeps everything in is the sandbox's policy, not this.
 * `world` answers for programs that come to Date, Math or console through the back door. Returns what could not be removed.
 */
export function raiseFence(scope: typeof globalThis, world: ProgramSurroundings): string[] {
  disarm(scope)
  fixLocale()
  const left: string[] = []
  const chain: object[] = []
  for (let object: object | null = scope; object !== null && object !== Object.prototype; object = Reflect.getPrototypeOf(object))
    chain.push(object)
  for (const object of chain) {
    for (const name of Reflect.ownKeys(object)) {
      if (typeof name === 'string' && kept.has(name) && name !== 'constructor') continue
      if (name === Symbol.toStringTag) continue
      if (Reflect.deleteProperty(object, name) || Reflect.defineProperty(object, name, { value: undefined })) continue
      const value: unknown = Reflect.get(object, name, scope)
      // Some scopes carry constants that nobody can remove, and that nobody can use.
      if ((typeof value === 'object' && value !== null) || typeof value === 'function') left.push(String(name))
    }
  }
  const set = (name: string, value: unknown): boolean => Reflect.defineProperty(scope, name, { value, writable: true, configurable: true })
  set(
    'Date',
    virtualDate(() => world.now()),
  )
  set(
    'Math',
    virtualMath(() => world.nextUint32()),
  )
  set(
    'console',
    virtualConsole((line) => world.print(line)),
  )
  return left
}

/** Prototypes outlive the names of their classes: an event or a port that a program gets hold of must not be able to speak. */
function disarm(scope: typeof globalThis): void {
  const classes = scope as unknown as Readonly<Record<string, { prototype?: object } | undefined>>
  for (const [name, methods] of Object.entries({
    MessagePort: ['postMessage', 'close', 'start'],
    BroadcastChannel: ['postMessage'],
    Worker: ['postMessage', 'terminate'],
    EventTarget: ['addEventListener', 'removeEventListener', 'dispatchEvent'],
    XMLHttpRequest: ['open', 'send'],
    WebSocket: ['send'],
    IDBFactory: ['open', 'deleteDatabase'],
    CacheStorage: ['open', 'match', 'has', 'keys', 'delete'],
  })) {
    const prototype = classes[name]?.prototype
    if (prototype !== undefined) for (const method of methods) Reflect.deleteProperty(prototype, method)
  }
  const wasm = (scope as { WebAssembly?: object }).WebAssembly
  // They fetch by themselves.
  if (wasm !== undefined) for (const method of ['compileStreaming', 'instantiateStreaming']) Reflect.deleteProperty(wasm, method)
}
