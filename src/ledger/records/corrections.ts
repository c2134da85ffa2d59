import type { Correction } from '../../normalise/draft.ts'
import type { Ledger } from '../file/ledger.ts'

/** A correction as it was made: by whom, when. */
export interface MadeCorrection extends Correction {
  name: string
  /** The slug of the organisation for which it was made; null: those who look after the catalogue. It is public, the name is not. */
  office: string | null
  at: string
}

type Raw = Omit<MadeCorrection, 'language'> & { language: string }
const columns = `property, value, correction.language, name, office, correction.at`
/** No language is written as none, so that a value can be told by its columns. */
const read = ({ language, ...rest }: Raw): MadeCorrection => ({ ...rest, language: language || null })

/** What stewards corrected in a record. */
export const correctionsOf = (ledger: Ledger, n: number): MadeCorrection[] =>
  ledger.all<Raw>(`SELECT ${columns} FROM correction WHERE record = ? ORDER BY property, language, value`, n).map(read)

/** All that is corrected in the records of a source, by their keys: read once in a run. */
export function correctionsIn(ledger: Ledger, source: string): Map<string, Correction[]> {
  const found = new Map<string, Correction[]>()
  for (const { key, ...raw } of ledger.all<Raw & { key: string }>(
    `SELECT key, ${columns} FROM correction JOIN record ON n = record WHERE source = ? ORDER BY n, property, correction.language, value`,
    source,
  )) {
    const { property, value, language } = read(raw)
    found.set(key, [...(found.get(key) ?? []), { property, value, language }])
  }
  return found
}

/** Writes a correction in the place of those of the same property and language; the next run of the source reads everything, and maps the record with it. */
export function correctRecord(ledger: Ledger, n: number, { property, value, language, name, office, at }: MadeCorrection): void {
  ledger.transaction(() => {
    ledger.run('DELETE FROM correction WHERE record = ? AND property = ? AND language = ?', n, property, language ?? '')
    ledger.run(
      'INSERT INTO correction (record, property, language, value, name, office, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      n,
      property,
      language ?? '',
      value,
      name,
      office,
      at,
    )
    readAnew(ledger, n)
  })
}

/** What the portal says stands again. */
export function takeBack(ledger: Ledger, n: number, { property, language }: Pick<Correction, 'property' | 'language'>): void {
  ledger.transaction(() => {
    ledger.run('DELETE FROM correction WHERE record = ? AND property = ? AND language = ?', n, property, language ?? '')
    readAnew(ledger, n)
  })
}

/** A run that asks only for what has changed at the portal would not meet it. */
function readAnew(ledger: Ledger, n: number): void {
  const { source } = ledger.get<{ source: string }>('SELECT source FROM record WHERE n = ?', n)!
  ledger.run('UPDATE source SET watermark = NULL, notes = NULL WHERE id = ?', source)
  ledger.run('DELETE FROM page WHERE source = ?', source)
}
