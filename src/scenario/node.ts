import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problem, ProblemError } from '../core/problem'
import type { LoadAppData } from './topics'

/** App data from the repository's `public/` folder: for the terminal and for tests. */
export const appDataFrom =
  (publicFolder: string): LoadAppData =>
  (file) => {
    const path = join(publicFolder, 'data', `${file}.csv`)
    return existsSync(path)
      ? Promise.resolve(readFileSync(path, 'utf8'))
      : Promise.reject(new ProblemError(problem('app-data-missing', { file })))
  }
