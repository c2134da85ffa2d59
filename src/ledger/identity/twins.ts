import type { Ledger } from '../file/ledger.ts'
import { hashOf, type Clue } from './clues.ts'

interface Twin {
  n: number
  key: string
}

/**
 * The one record of a source that has the clues of another, among those that may still be it; undefined where there is none, or more than one.
 * A file alone says little: half of the files must be the same.
 */
export function twinOf(ledger: Ledger, source: string, clues: Clue[], isOpen: (key: string) => boolean): Twin | undefined {
  const found = new Map<number, Twin & { sure: boolean; files: number }>()
  for (const clue of clues) {
    const carriers = ledger.all<Twin>(
      `SELECT record.n, record.key FROM clue JOIN record ON record.n = clue.record
       WHERE hash = ? AND kind = ? AND value = ? AND source = ? AND admission <> 'removed' LIMIT 2`,
      hashOf(clue),
      clue.kind,
      clue.value,
      source,
    )
    const [only] = carriers
    if (!only || carriers.length > 1 || !isOpen(only.key)) continue
    const before = found.get(only.n) ?? { ...only, sure: false, files: 0 }
    found.set(only.n, { ...before, sure: before.sure || clue.kind !== 'file', files: before.files + (clue.kind === 'file' ? 1 : 0) })
  }
  const files = clues.filter(({ kind }) => kind === 'file').length
  const likely = [...found.values()].filter(
    ({ n, sure, files: shared }) =>
      sure || shared * 2 >= Math.max(files, ledger.get<{ c: number }>(`SELECT count(*) AS c FROM clue WHERE record = ? AND kind = 'file'`, n)!.c),
  )
  return likely.length === 1 ? likely[0] : undefined
}
