import { expect, it } from 'vitest'
import { InputStatus, MultipleInput } from './input'
import type { TaskInput } from './input'

/** `a1 . a2 |`: an element, nothing yet, an element, the end. */
function scripted(script: string, read: string[]): TaskInput {
  const steps = script.split(' ')
  return {
    emitNext() {
      const step = steps.shift() ?? '.'
      if (step === '.') return InputStatus.Nothing
      if (step === '|') return InputStatus.End
      read.push(step)
      return InputStatus.More
    },
  }
}

function readAll(...scripts: string[]): string {
  const read: string[] = []
  const input = new MultipleInput(scripts.map((script) => scripted(script, read)))
  for (let i = 0; i < 30; i++) {
    if (input.emitNext() === InputStatus.End) return `${read.join(' ')} end`
  }
  return read.join(' ')
}

it('two inputs give an element each in turn while both have some (N-7)', () => {
  expect(readAll('a1 a2 a3 |', 'b1 b2 b3 |')).toBe('a1 b1 a2 b2 a3 b3 end')
  expect(readAll('a1 . a2 a3 |', 'b1 b2 b3 |')).toBe('a1 b1 b2 a2 b3 a3 end')
  expect(readAll('|', 'b1 b2 |')).toBe('b1 b2 end')
  expect(readAll('a1 |', 'b1 b2')).toBe('a1 b1 b2')
})
