import { randomUUID } from 'node:crypto'
import type { Ledger } from '../file/ledger.ts'
import type { Person } from './people.ts'

/** How often stewards are written to of what there is to do. */
export const rhythms = ['daily', 'weekly', 'never'] as const
export type Rhythm = (typeof rhythms)[number]
const days: Record<Rhythm, number> = { daily: 1, weekly: 7, never: 0 }

/** Somebody who is to be told, since when nothing was told him, and the word by which he says that he wishes for no more. */
export interface Reader extends Person {
  rhythm: Rhythm
  told: string | null
  word: string
}

/** Those whose time has come, of whom each has let himself in once; who has chosen no rhythm has that of the edition. */
export function readersDue(ledger: Ledger, otherwise: Rhythm, at: string, most = 20): Reader[] {
  ledger.run('UPDATE person SET word = lower(hex(randomblob(16))) WHERE word IS NULL')
  return ledger.all<Reader>(
    `SELECT id, email, name, role, body, language, since, ifnull(digests, ?1) AS rhythm, told, word FROM person
     WHERE (passphrase IS NOT NULL OR subject IS NOT NULL) AND ifnull(digests, ?1) <> 'never' AND (next IS NULL OR next <= ?2) ORDER BY id LIMIT ?3`,
    otherwise,
    at,
    most,
  )
}

/** He was told, or there was nothing to tell: the next time is a day or a week later. */
export const noteTold = (ledger: Ledger, { id, rhythm }: Reader, at: string): void =>
  void ledger.run('UPDATE person SET told = ?1, next = ?2 WHERE id = ?3', at, later(at, days[rhythm] * 24), id)

/** It could not be sent: it is tried again in an hour, and then tells of all that came meanwhile. */
export const tellLater = (ledger: Ledger, { id }: Reader, at: string): void => void ledger.run('UPDATE person SET next = ? WHERE id = ?', later(at, 1), id)

const later = (at: string, hours: number) => new Date(Date.parse(at) + hours * 3_600_000).toISOString()

/** How often he has chosen to be told; undefined where he has not. */
export const rhythmOf = (ledger: Ledger, id: number): Rhythm | undefined =>
  ledger.get<{ digests: Rhythm | null }>('SELECT digests FROM person WHERE id = ?', id)?.digests ?? undefined

export const chooseRhythm = (ledger: Ledger, id: number, rhythm: Rhythm): void =>
  void ledger.run('UPDATE person SET digests = ?, next = NULL WHERE id = ?', rhythm, id)

/** Whoever got a digest with this word wishes for no more of them. */
export const endDigests = (ledger: Ledger, word: string): void =>
  void ledger.run(`UPDATE person SET digests = 'never', word = ? WHERE word = ?`, randomUUID(), word)
