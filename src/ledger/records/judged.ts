import type { Ledger } from '../file/ledger.ts'
import { visible, type RecordRow } from './records.ts'

/** A record of which something else is said, or that came or went. */
export type JudgedRecord = Pick<RecordRow, 'n' | 'id' | 'dataset' | 'score'> & { visible: 0 | 1 }

/** The mark of what was said last of any record: a judgement, or a rating. Whatever is said later has a higher one. */
export const lastJudged = (ledger: Ledger): number => ledger.get<{ mark: number | null }>('SELECT max(mark) AS mark FROM listing')?.mark ?? 0

/** The records of which something was said after a mark, or that came, changed or went after a revision; `after` is the record that a page begins behind. */
export const judgedSince = (ledger: Ledger, mark: number, revision: number, { after = 0, most = -1 } = {}): JudgedRecord[] =>
  ledger.all(
    `SELECT n, id, dataset, score, ${visible} AS visible FROM record
     WHERE n IN (SELECT record FROM listing WHERE mark > ?1 UNION SELECT record FROM change WHERE revision > ?2) AND n > ?3 ORDER BY n LIMIT ?4`,
    mark,
    revision,
    after,
    most,
  )
