import type { Ledger } from '../file/ledger.ts'
import { contributionOf, stepsOf, type Contribution, type Step } from './contributions.ts'
import { stateOf } from './kinds.ts'

/** An answer that is to be sent to somebody who asked for it. */
export interface Letter {
  id: number
  tries: number
  email: string
  word: string
  language: string
  contribution: Contribution
  step: Step
}

/** Hours after which a letter that could not be sent is tried again, by how often it was; then it is let go, and the address with it. */
const hours = [0.25, 1, 4, 12, 24, 48]

/** The letters whose time has come. */
export const lettersDue = (ledger: Ledger, at: string, most = 20): Letter[] =>
  ledger
    .all<{ id: number; tries: number; email: string; word: string; language: string; contribution: number; step: number }>(
      `SELECT letter.id, tries, email, word, language, letter.contribution, step FROM letter JOIN asker USING (contribution) WHERE next <= ?
       ORDER BY letter.id LIMIT ?`,
      at,
      most,
    )
    .map(({ contribution, step, ...rest }) => ({
      ...rest,
      contribution: contributionOf(ledger, contribution)!,
      step: stepsOf(ledger, contribution).find(each => each.id === step)!,
    }))

/** A letter has been sent, or will never be. */
export const letGo = (ledger: Ledger, { id, contribution }: Letter): void =>
  ledger.transaction(() => {
    ledger.run('DELETE FROM letter WHERE id = ?', id)
    if (stateOf(contribution.kind, contribution.state).over) forgetAsker(ledger, contribution.id)
  })

/** It could not be sent: it is tried again later, until it has been tried often enough. */
export function postpone(ledger: Ledger, letter: Letter, at: string): void {
  const wait = hours[letter.tries]
  if (wait === undefined) return letGo(ledger, letter)
  ledger.run('UPDATE letter SET tries = tries + 1, next = ? WHERE id = ?', new Date(Date.parse(at) + wait * 3_600_000).toISOString(), letter.id)
}

/** Whoever brought it is known no longer, unless a letter to him is still to be sent. */
export function forgetAsker(ledger: Ledger, contribution: number): void {
  ledger.run('DELETE FROM asker WHERE contribution = ?1 AND NOT EXISTS (SELECT 1 FROM letter WHERE contribution = ?1)', contribution)
}

/** What a letter bears the word of: by it, who got it may say that he wishes for no more of them. */
export const askedBy = (ledger: Ledger, word: string): number | undefined =>
  ledger.get<{ contribution: number }>('SELECT contribution FROM asker WHERE word = ?', word)?.contribution

/** Somebody wishes for no answer any more. */
export const unsubscribe = (ledger: Ledger, contribution: number): void =>
  ledger.transaction(() => {
    ledger.run('DELETE FROM letter WHERE contribution = ?', contribution)
    ledger.run('DELETE FROM asker WHERE contribution = ?', contribution)
  })
