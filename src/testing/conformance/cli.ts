import { families } from './families'
import { runFamilies } from './run'

const USAGE = 'npm run conformance -- [--vectors DIR] [FAMILY…]'

async function main(args: readonly string[]): Promise<number> {
  let directory = 'conformance'
  const names: string[] = []
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!
    if (arg === '--vectors' && args[i + 1] !== undefined) directory = args[++i]!
    else if (arg.startsWith('--vectors=')) directory = arg.slice('--vectors='.length)
    else if (arg.startsWith('-')) {
      console.error(`unknown option ${arg}\n${USAGE}`)
      return 2
    } else names.push(arg)
  }
  const report = await runFamilies(directory, names, families)
  console.log(report.lines.join('\n'))
  return report.exitCode
}

process.exitCode = await main(process.argv.slice(2))
