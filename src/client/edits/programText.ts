import { parse } from 'sucrase/dist/esm/parser/index.js'
import { IdentifierRole } from 'sucrase/dist/esm/parser/tokenizer/index.js'
import { TokenType as tt } from 'sucrase/dist/esm/parser/tokenizer/types.js'

/** `.name(…)`: a link of a chain of calls. Numbers are places of tokens. */
export interface Call {
  readonly name: string
  readonly dot: number
  readonly nameAt: number
  readonly open: number
  readonly close: number
}

/** One argument of a call: its first and last token. */
export interface ArgumentTokens {
  readonly first: number
  readonly last: number
}

interface Token {
  readonly type: number
  readonly start: number
  readonly end: number
  readonly role: number | null
}

const OPENING: ReadonlySet<number> = new Set([tt.parenL, tt.bracketL, tt.braceL, tt.dollarBraceL])
const CLOSING: ReadonlySet<number> = new Set([tt.parenR, tt.bracketR, tt.braceR])
const DECLARING: ReadonlySet<number | null> = new Set([
  IdentifierRole.TopLevelDeclaration,
  IdentifierRole.FunctionScopedDeclaration,
  IdentifierRole.BlockScopedDeclaration,
  IdentifierRole.ImportDeclaration,
])
const STATEMENTS: ReadonlySet<number> = new Set([tt._if, tt._for, tt._while, tt._switch, tt._catch, tt._with])

/** A program's tokens without its types and comments, with its brackets and method calls found. Throws SyntaxError for text that does not parse. */
export class ProgramText {
  readonly tokens: readonly Token[]
  readonly calls: readonly Call[]
  private readonly partners: Int32Array
  private readonly callAtClose = new Map<number, Call>()
  private readonly callAtDot = new Map<number, Call>()
  private readonly lineStarts: number[] = [0]
  /** How lines end in this text. */
  readonly eol: '\n' | '\r\n'

  constructor(readonly text: string) {
    this.eol = text.includes('\r\n') ? '\r\n' : '\n'
    const parsed = parse(text, false, true, false).tokens
    // `x!` changes nothing about a chain.
    this.tokens = parsed
      .filter((token) => !token.isType && token.type !== tt.nonNullAssertion)
      .map(({ type, start, end, identifierRole }) => ({ type, start, end, role: identifierRole }))
    this.partners = partnersOf(this.tokens)
    this.calls = this.findCalls()
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lineStarts.push(at + 1)
  }

  private findCalls(): Call[] {
    const calls: Call[] = []
    for (let at = 1; at + 1 < this.tokens.length; at++) {
      if (!this.isDot(at - 1) || this.typeAt(at + 1) !== tt.parenL) continue
      const name = this.textAt(at)
      if (!/^[\w$]+$/.test(name)) continue
      const call = { name, dot: at - 1, nameAt: at, open: at + 1, close: this.partners[at + 1]! }
      if (call.close < 0) continue
      calls.push(call)
      this.callAtClose.set(call.close, call)
      this.callAtDot.set(call.dot, call)
    }
    return calls
  }

  typeAt(token: number): number {
    return this.tokens[token]?.type ?? tt.eof
  }
  textAt(token: number): string {
    const { start, end } = this.tokens[token]!
    return this.text.slice(start, end)
  }
  isDot(token: number): boolean {
    return this.typeAt(token) === tt.dot || this.typeAt(token) === tt.questionDot
  }

  /** From 1. */
  lineOf(offset: number): number {
    let low = 0
    let high = this.lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.lineStarts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return low + 1
  }
  lineOfToken(token: number): number {
    return this.lineOf(this.tokens[token]!.start)
  }
  /** Offset of the line's first character; the text's end for lines behind it. */
  startOfLine(line: number): number {
    return this.lineStarts[line - 1] ?? this.text.length
  }

  /** Offset behind the line's last character, its line break apart. */
  endOfLine(line: number): number {
    const next = this.startOfLine(line + 1)
    if (this.text[next - 1] !== '\n' || next === this.startOfLine(line)) return next
    return this.text[next - 2] === '\r' ? next - 2 : next - 1
  }

  /** Whether nothing but blanks stands before the token on its line. */
  beginsLine(token: number): boolean {
    const { start } = this.tokens[token]!
    return this.text.slice(this.startOfLine(this.lineOf(start)), start).trim() === ''
  }

  /** The call that follows behind one in its chain. */
  next(call: Call): Call | null {
    return this.callAtDot.get(call.close + 1) ?? null
  }
  /** The call before one in its chain; null behind a variable or anything else. */
  previous(call: Call): Call | null {
    return this.callAtClose.get(call.dot - 1) ?? null
  }
  /** The call `.name(…)` whose dot follows the token. */
  callBehind(token: number): Call | null {
    return this.callAtDot.get(token + 1) ?? null
  }

  /** The token with which the chain of a call begins. */
  rootOf(call: Call): number {
    for (let at = call.dot - 1; ;) {
      const closing = CLOSING.has(this.typeAt(at))
      let start = closing ? this.partners[at]! : at
      if (closing && (this.typeAt(start - 1) === tt.name || CLOSING.has(this.typeAt(start - 1)))) start--
      if (this.isDot(start - 1)) at = start - 2
      else return this.typeAt(start - 1) === tt._new ? start - 1 : start
    }
  }

  /** The variable that the chain of calls up to `last` is the whole initial value of; null if there is none. */
  variableOf(last: Call): string | null {
    const root = this.rootOf(last)
    if (this.typeAt(root - 1) !== tt.eq || this.typeAt(root - 2) !== tt.name || !DECLARING.has(this.tokens[root - 2]!.role)) return null
    return this.isDot(last.close + 1) ? null : this.textAt(root - 2)
  }

  isImported(name: string): boolean {
    return this.tokens.some(({ role }, at) => role === IdentifierRole.ImportDeclaration && this.textAt(at) === name)
  }

  /** Places where a variable is read; null if its name is declared twice, or it is given another value, so that none can be told. */
  readsOf(variable: string): readonly number[] | null {
    const reads: number[] = []
    let declared = 0
    for (let at = 0; at < this.tokens.length; at++) {
      const { type, role } = this.tokens[at]!
      if (type !== tt.name || role === null || this.textAt(at) !== variable) continue
      if (DECLARING.has(role)) declared++
      else if (this.typeAt(at + 1) === tt.eq) return null
      else if (role !== IdentifierRole.ObjectKey) reads.push(at)
    }
    return declared === 1 ? reads : null
  }

  /** The last call of a variable's initial value, `const name = ….call(…)`; null if it does not end with one. */
  valueOf(variable: string): Call | null {
    const declaration = this.tokens.findIndex(
      ({ type, role }, at) => type === tt.name && DECLARING.has(role) && this.textAt(at) === variable,
    )
    if (declaration < 0 || this.typeAt(declaration + 1) !== tt.eq) return null
    return this.calls.find((call) => this.rootOf(call) === declaration + 2 && !this.isDot(call.close + 1)) ?? null
  }

  /** Tokens between the parentheses of a call. */
  argumentTokens(call: Call): readonly number[] {
    return Array.from({ length: call.close - call.open - 1 }, (_, i) => call.open + 1 + i)
  }
  /** What a call is given, argument by argument. */
  argumentsOf(call: Call): readonly ArgumentTokens[] {
    const found: ArgumentTokens[] = []
    let first = call.open + 1
    for (let at = first; at <= call.close; at++) {
      const type = this.typeAt(at)
      if (at < call.close && OPENING.has(type)) at = this.partners[at]!
      else if (at === call.close || type === tt.comma) {
        if (at > first) found.push({ first, last: at - 1 })
        first = at + 1
      }
    }
    return found
  }
  argumentText(call: Call): string {
    return this.text.slice(this.tokens[call.open]!.end, this.tokens[call.close]!.start).trim()
  }

  /** The only argument if it is written out plainly: a number, or a text without `${…}`. */
  literalOf(call: Call): { readonly value: number | string; readonly start: number; readonly end: number } | null {
    const within = this.argumentTokens(call)
    const first = this.tokens[within[0] ?? -1]
    const last = this.tokens[within.at(-1) ?? -1]
    if (first === undefined || last === undefined) return null
    const { start, end } = { start: first.start, end: last.end }
    const text = this.text.slice(start, end)
    if (within.length === 1 && first.type === tt.num) return { value: Number(text.replaceAll('_', '')), start, end }
    if (within.length === 1 && first.type === tt.string) return { value: unquoted(text), start, end }
    if (within.length === 3 && first.type === tt.backQuote && last.type === tt.backQuote) return { value: unquoted(text), start, end }
    return null
  }

  /** A text as the program writes texts: in the quotes that it uses most. */
  quoted(value: string): string {
    const count = (quote: string) => this.tokens.filter(({ type, start }) => type === tt.string && this.text[start] === quote).length
    const quote = count('"') > count("'") ? '"' : "'"
    const json = JSON.stringify(value)
    return quote === '"' ? json : `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
  }

  private ranges: readonly (readonly [start: number, end: number])[] | null = null

  /** Bodies of functions, as places of their first and last tokens. */
  functionBodies(): readonly (readonly [start: number, end: number])[] {
    return (this.ranges ??= this.findBodies())
  }

  private findBodies(): (readonly [number, number])[] {
    const bodies: (readonly [number, number])[] = []
    for (let at = 1; at < this.tokens.length; at++) {
      const before = this.typeAt(at - 1)
      if (before === tt.arrow && this.typeAt(at) !== tt.braceL) bodies.push([at, this.endOfExpression(at)])
      else if (this.typeAt(at) === tt.braceL && (before === tt.arrow || (before === tt.parenR && !this.isStatement(at - 1))))
        bodies.push([at, this.partners[at]!])
    }
    return bodies
  }

  /** Whether `(…)` that closes here belongs to an `if`, a loop or the like. */
  private isStatement(close: number): boolean {
    return STATEMENTS.has(this.typeAt(this.partners[close]! - 1))
  }

  /** The last token of an arrow function's expression: it reaches to a comma, semicolon or bracket that closes around it. */
  private endOfExpression(from: number): number {
    for (let at = from; at < this.tokens.length; at++) {
      const type = this.typeAt(at)
      if (OPENING.has(type)) at = Math.max(at, this.partners[at]!)
      else if (CLOSING.has(type) || type === tt.comma || type === tt.semi || type === tt.eof) return at - 1
    }
    return this.tokens.length - 1
  }
}

function partnersOf(tokens: readonly Token[]): Int32Array {
  const partners = new Int32Array(tokens.length).fill(-1)
  const open: number[] = []
  tokens.forEach(({ type }, at) => {
    if (OPENING.has(type)) open.push(at)
    else if (CLOSING.has(type)) {
      const start = open.pop()
      if (start === undefined) return
      partners[start] = at
      partners[at] = start
    }
  })
  return partners
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' }
const unquoted = (literal: string): string =>
  literal
    .slice(1, -1)
    .replace(/\\(?:u\{([0-9a-f]+)\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi, (_, braced, four, two, other: string | undefined) =>
      other === undefined ? String.fromCodePoint(parseInt(braced ?? four ?? two, 16)) : (ESCAPES[other] ?? other.replace('\n', '')),
    )
