import { createHash } from 'node:crypto'
import type { Ledger } from '../file/ledger.ts'
import type { Role } from './roles.ts'

/** Somebody who may sign in. Nothing of it is ever published. */
export interface Person {
  id: number
  email: string
  name: string
  role: Role
  /** The slug of the organisation that he sees to; null: all of them. */
  body: string | null
  language: string
  since: string
}

export type Invited = Pick<Person, 'email' | 'name' | 'role' | 'body' | 'language'>

const columns = 'person.id, email, name, role, body, language, since'
/** Words that let in are kept as what cannot be turned back: who reads the ledger cannot use them. */
const kept = (word: string): string => createHash('sha256').update(word).digest('base64url')

export const people = (ledger: Ledger): (Person & { active: 0 | 1 })[] =>
  ledger.all(`SELECT ${columns}, passphrase IS NOT NULL AS active FROM person ORDER BY email`)

export const personNamed = (ledger: Ledger, email: string): Person | undefined =>
  ledger.get<Person>(`SELECT ${columns} FROM person WHERE email = ?`, email.toLowerCase())

/** Writes down who is invited, or what an invited one may do from now on; the invitation is known by `word` until a moment. What was open for him ends. */
export function invite(ledger: Ledger, { email, name, role, body, language }: Invited, word: string, until: string, at: string): Person {
  return ledger.transaction(() => {
    ledger.run(
      `INSERT INTO person (email, name, role, body, language, since) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
       ON CONFLICT (email) DO UPDATE SET name = ?2, role = ?3, body = ?4, language = ?5`,
      email.toLowerCase(),
      name,
      role,
      body,
      language,
      at,
    )
    const person = personNamed(ledger, email)!
    endSessions(ledger, person.id)
    ledger.run('DELETE FROM invitation WHERE person = ? OR until < ?', person.id, at)
    ledger.run('INSERT INTO invitation (digest, person, until) VALUES (?, ?, ?)', kept(word), person.id, until)
    return person
  })
}

/** Who was invited by a word, as long as it holds. */
export const invitedBy = (ledger: Ledger, word: string, at: string): Person | undefined =>
  ledger.get<Person>(`SELECT ${columns} FROM invitation JOIN person ON person.id = invitation.person WHERE digest = ? AND until > ?`, kept(word), at)

/** Sets the passphrase of who was invited, and ends the invitation; false where it held no longer. */
export const acceptInvitation = (ledger: Ledger, word: string, passphrase: string, at: string): Person | undefined =>
  ledger.transaction(() => {
    const person = invitedBy(ledger, word, at)
    if (!person) return undefined
    ledger.run('UPDATE person SET passphrase = ? WHERE id = ?', passphrase, person.id)
    ledger.run('DELETE FROM invitation WHERE person = ?', person.id)
    endSessions(ledger, person.id)
    return person
  })

/** Who signs in by an address, with the passphrase as it is kept; undefined for one who has none yet. */
export const known = (ledger: Ledger, email: string): { person: Person; passphrase: string } | undefined => {
  const found = ledger.get<Person & { passphrase: string }>(
    `SELECT ${columns}, passphrase FROM person WHERE email = ? AND passphrase IS NOT NULL`,
    email.toLowerCase(),
  )
  if (!found) return undefined
  const { passphrase, ...person } = found
  return { person, passphrase }
}

export const beginSession = (ledger: Ledger, person: number, word: string, until: string, at: string): void =>
  ledger.transaction(() => {
    ledger.run('DELETE FROM session WHERE until < ?', at)
    ledger.run('INSERT INTO session (digest, person, until) VALUES (?, ?, ?)', kept(word), person, until)
  })

/** Who has signed in with a session; nothing is written, so that no page is made anew for it. */
export const signedInBy = (ledger: Ledger, word: string, at: string): Person | undefined =>
  ledger.get<Person>(`SELECT ${columns} FROM session JOIN person ON person.id = session.person WHERE digest = ? AND until > ?`, kept(word), at)

export const endSession = (ledger: Ledger, word: string): void => void ledger.run('DELETE FROM session WHERE digest = ?', kept(word))
const endSessions = (ledger: Ledger, person: number): void => void ledger.run('DELETE FROM session WHERE person = ?', person)

/** Lets somebody in no longer. What he did stays in the log, under his name. */
export const dismiss = (ledger: Ledger, { id }: Person): void =>
  ledger.transaction(() => {
    endSessions(ledger, id)
    ledger.run('DELETE FROM invitation WHERE person = ?', id)
    ledger.run('DELETE FROM person WHERE id = ?', id)
  })
