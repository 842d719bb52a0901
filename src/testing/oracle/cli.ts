import { KINDS } from './cases'
import { withFlink } from './flink'
import { compareGraphs } from './graphs'
import { compareCases } from './steps'
import { told } from './tally'

const NAMES = ['graphs', ...Object.keys(KINDS)]
const USAGE = `npm run oracle -- [${NAMES.join('|')}]… [--cases N] [--from SEED]`
const SHOWN = 10

async function main(args: readonly string[]): Promise<number> {
  let count = 1000
  let from = 1
  const names: string[] = []
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    const value = Number(args[i + 1])
    if (NAMES.includes(word)) names.push(word)
    else if (['--cases', '--from'].includes(word) && Number.isSafeInteger(value) && value >= 0) {
      if (word === '--cases') count = value
      else from = value
      i++
    } else {
      console.error(USAGE)
      return 2
    }
  }
  return withFlink(async (flink) => {
    let exitCode = 0
    for (const name of names.length > 0 ? names : NAMES) {
      const kind = KINDS[name]
      const tally = kind === undefined ? compareGraphs(flink, count, from) : await compareCases(flink, kind, count, from)
      for (const difference of tally.differences.slice(0, SHOWN)) console.log(difference)
      console.log(told(name, tally))
      if (tally.differences.length > 0) exitCode = 1
    }
    return exitCode
  })
}

process.exitCode = await main(process.argv.slice(2))
