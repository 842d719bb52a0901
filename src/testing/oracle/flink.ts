import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const java = join(process.env.TIDEMARK_ROOT!, 'src/testing/oracle/java')
/** Cases for one run of the virtual machine: what it writes must fit into one string. */
const BATCH = 2000

/** Standard output of a command; throws with what it said if it failed. */
function output(command: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 29,
    ...(input === undefined ? {} : { input }),
  })
  // One that dies does not read to the end of its input: what it said is worth more than that.
  if (error !== undefined && (error as NodeJS.ErrnoException).code !== 'EPIPE')
    throw new Error(`${command} could not be started (${error.message}). The oracle needs a JDK of version 17 and Maven.`)
  if (status !== 0) throw new Error(`${command} ${args.join(' ').slice(0, 500)}\n${stdout.slice(-2000)}${stderr.slice(-4000)}`)
  return stdout
}

/** Asks the real Flink about cases of a family: one answer for each, in the form of the vectors' `expect`. */
export interface Flink {
  ask(family: string, cases: readonly unknown[]): readonly unknown[]
}

/** Fetches Flink with Maven, compiles the recorders, and hands out Flink for as long as `use` runs. */
export async function withFlink<T>(use: (flink: Flink) => Promise<T>): Promise<T> {
  const scratch = mkdtempSync(join(tmpdir(), 'oracle-'))
  try {
    const classPathFile = join(scratch, 'classpath')
    output('mvn', ['-q', '-f', join(java, 'pom.xml'), 'dependency:build-classpath', `-Dmdep.outputFile=${classPathFile}`])
    const classes = join(scratch, 'classes')
    mkdirSync(classes)
    const classPath = [classes, readFileSync(classPathFile, 'utf8').trim()].join(delimiter)
    const sources = join(java, 'src/oracle')
    const files = readdirSync(sources).map((name) => join(sources, name))
    output('javac', ['-nowarn', '-cp', classPath, '-d', classes, ...files])
    const opened = ['java.util', 'java.lang'].flatMap((name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`])
    return await use({
      ask(family, cases) {
        const answers: unknown[] = []
        for (let from = 0; from < cases.length; from += BATCH) {
          const input = cases.slice(from, from + BATCH).map((given) => JSON.stringify(given))
          const lines = output('java', ['-Xmx1g', ...opened, '-cp', classPath, 'oracle.Oracle', family], input.join('\n'))
          answers.push(
            ...lines
              .trim()
              .split('\n')
              .map((line) => JSON.parse(line) as unknown),
          )
        }
        return answers
      },
    })
  } finally {
    rmSync(scratch, { recursive: true })
  }
}
