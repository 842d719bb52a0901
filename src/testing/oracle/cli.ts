import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
// Gives classes that a bundler renamed their own names back.
import '../../client/evaluate'
import { describeProgram } from '../conformance/programs/describe'
import { difference, type Described } from './compare'
import { randomProgram } from './programs'

const USAGE = 'npm run oracle -- [--programs N] [--from SEED]'
const SHOWN = 10

const java = join(process.env.TIDEMARK_ROOT!, 'src/testing/oracle/java')

/** Standard output of a command; throws with what it said if it failed. */
function output(command: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 31,
    ...(input === undefined ? {} : { input }),
  })
  if (error !== undefined)
    throw new Error(`${command} could not be started (${error.message}). The oracle needs a JDK of version 17 and Maven.`)
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout.slice(-2000)}${stderr.slice(-2000)}`)
  return stdout
}

/** Answers of the real Flink, a line a program. */
function askFlink(programs: readonly string[]): readonly Described[] {
  const scratch = mkdtempSync(join(tmpdir(), 'oracle-'))
  try {
    const classPathFile = join(scratch, 'classpath')
    output('mvn', ['-q', '-f', join(java, 'pom.xml'), 'dependency:build-classpath', `-Dmdep.outputFile=${classPathFile}`])
    const classes = join(scratch, 'classes')
    mkdirSync(classes)
    const classPath = [classes, readFileSync(classPathFile, 'utf8').trim()].join(delimiter)
    const sources = ['Functions', 'Programs', 'Describe', 'Oracle'].map((name) => join(java, `src/oracle/${name}.java`))
    output('javac', ['-nowarn', '-cp', classPath, '-d', classes, ...sources])
    const answers = output(
      'java',
      ['--add-opens', 'java.base/java.util=ALL-UNNAMED', '-cp', classPath, 'oracle.Oracle'],
      programs.join('\n'),
    )
    return answers
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Described)
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

function main(args: readonly string[]): number {
  let count = 1000
  let from = 1
  for (let i = 0; i < args.length; i += 2) {
    const value = Number(args[i + 1])
    if (!Number.isSafeInteger(value) || value < 0 || !['--programs', '--from'].includes(args[i]!)) {
      console.error(USAGE)
      return 2
    }
    if (args[i] === '--programs') count = value
    else from = value
  }
  const programs = Array.from({ length: count }, (_, i) => randomProgram(from + i))
  const answers = askFlink(programs.map((program) => JSON.stringify(program)))
  let differ = 0
  let refused = 0
  programs.forEach((program, i) => {
    const flink = answers[i]!
    if ('error' in flink) refused++
    const found = difference(flink, describeProgram(program, false) as Described)
    if (found === null) return
    differ++
    if (differ <= SHOWN) console.log(`seed ${from + i}: ${found.slice(0, 1500)}\n  ${JSON.stringify(program)}`)
  })
  console.log(`${count - differ} of ${count} programs are the same to Flink and to us; Flink refuses ${refused} of them.`)
  return differ === 0 ? 0 : 1
}

process.exitCode = main(process.argv.slice(2))
