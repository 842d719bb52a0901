import { computeDefaultMaxParallelism } from '../../core/keygroups'
import { JavaException } from '../../core/exceptions'
import type { SettingChoice } from './memory'
import { spreadOf, type Setting, type Spread } from './spread'
import type { KeyTable } from './table'

/** What a setting is while nobody says otherwise. */
export type Default = Setting | null

/** Without a job: as many subtasks as there are on the pictures of Flink's documentation. */
const FALLBACK = 4

/** The settings that are meant; a max parallelism that nobody gave is the default's, or Flink's for that parallelism (K-1). */
export function settingOf(choice: SettingChoice, byDefault: Default): Setting {
  const parallelism = choice.parallelism ?? byDefault?.parallelism ?? FALLBACK
  if (choice.maxParallelism !== null) return { parallelism, maxParallelism: choice.maxParallelism }
  if (byDefault !== null) return { parallelism, maxParallelism: byDefault.maxParallelism }
  return { parallelism, maxParallelism: parallelism > 0 && parallelism <= 32768 ? computeDefaultMaxParallelism(parallelism) : 128 }
}

/** To compare with, unless something was chosen: one subtask more; with the same key groups, which a restored job keeps (K-2). */
export const nextTo = ({ parallelism, maxParallelism }: Setting): Setting => ({
  parallelism: parallelism + 1 <= maxParallelism ? parallelism + 1 : Math.max(1, parallelism - 1),
  maxParallelism,
})

/** A spread, or what Flink says of such settings. */
export function tried(table: KeyTable, setting: Setting): { readonly spread: Spread | null; readonly refused: string } {
  try {
    return { spread: spreadOf(table, setting), refused: '' }
  } catch (error) {
    if (!(error instanceof JavaException)) throw error
    return { spread: null, refused: `${error.name}: ${error.message}` }
  }
}
