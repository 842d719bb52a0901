import { planOf } from './plan'
import { judge, shrink, told } from './run'

const USAGE = 'npm run chaos -- [--seeds N] [--from SEED]'

/** Seeds that went wrong are made small and told, this many at most. */
const SHOWN = 5

async function main(args: readonly string[]): Promise<number> {
  let count = 100
  let from = 1
  for (let i = 0; i < args.length; i += 2) {
    const value = Number(args[i + 1])
    if (!Number.isSafeInteger(value) || value < 0 || (args[i] !== '--seeds' && args[i] !== '--from')) {
      console.error(USAGE)
      return 2
    }
    if (args[i] === '--seeds') count = value
    else from = value
  }
  const seen = { runs: 0, faults: 0, restarts: 0, checkpoints: 0, wrong: [] as number[] }
  for (let seed = from; seed < from + count; seed++) {
    const plan = planOf(seed)
    const verdict = await judge(plan)
    seen.runs++
    seen.faults += plan.faults.length
    seen.restarts += verdict.run?.restarts ?? 0
    seen.checkpoints += verdict.run?.completed.length ?? 0
    if (verdict.violations.length === 0) continue
    seen.wrong.push(seed)
    if (seen.wrong.length <= SHOWN) console.log(told(await shrink(verdict)))
  }
  const more = seen.wrong.length > SHOWN ? ` (${seen.wrong.join(' ')})` : ''
  console.log(
    `${seen.runs} seeds, ${seen.faults} faults, ${seen.checkpoints} checkpoints, ${seen.restarts} restores, ${seen.wrong.length} with a violation${more}`,
  )
  return seen.wrong.length > 0 ? 1 : 0
}

process.exitCode = await main(process.argv.slice(2))
