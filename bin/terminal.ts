import { say, type Language } from '../src/i18n'
import { problems as dictionary, type ProblemText } from '../src/i18n/problems'
import type { Problem } from '../src/core/problem'
import type { Printer } from './output'

/** Standard output and error of one command: lines in few writes, problems in a person's language. */
export class Terminal implements Printer {
  errors = 0
  private buffer: string[] = []
  private flushed = 0

  constructor(private readonly language: Language) {}

  out(line: string): void {
    this.buffer.push(line)
    if (this.buffer.length >= 1024) this.flush()
  }

  err(line: string): void {
    this.flush()
    process.stderr.write(`${line}\n`)
  }

  problem({ code, args, place, severity }: Problem): void {
    if (severity === 'error') this.errors++
    const text = (dictionary as Readonly<Record<string, ProblemText>>)[code]
    const where =
      place === undefined || place.in === 'run'
        ? ''
        : place.in === 'program'
          ? `program:${place.line}${place.column === undefined ? '' : `:${place.column}`}: `
          : place.in === 'events'
            ? `${place.topic}${place.row === undefined ? '' : ` row ${place.row + 1}`}${place.column === undefined ? '' : ` ${place.column}`}: `
            : place.in === 'file'
              ? `${place.name}: `
              : ''
    const parts = text === undefined ? [code] : [say(text.sentence, this.language, args), say(text.hint, this.language, args)]
    this.err(`${severity}: ${where}${parts.filter((part) => part !== '').join('\n  ')}`)
  }

  /** Between pages: what an unbounded job writes is seen while it runs. */
  page(): void {
    if (this.buffer.length === 0 || performance.now() - this.flushed < 50) return
    this.flush()
    this.flushed = performance.now()
  }

  flush(): void {
    if (this.buffer.length > 0) process.stdout.write(`${this.buffer.join('\n')}\n`)
    this.buffer = []
  }
}
