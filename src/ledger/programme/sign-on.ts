import type { Ledger } from '../file/ledger.ts'
import { dismiss, personNamed, type Person } from './people.ts'
import type { Role } from './roles.ts'

/** Somebody for whom a sign-in of others vouches. */
export interface Vouched {
  /** What tells him from everybody else: issuer and subject. */
  subject: string
  /** His address, where it is vouched for too. */
  email: string | undefined
  name: string | undefined
  /** What he may do by what the sign-in says of him. */
  granted: { role: Role; body: string | null } | undefined
}

/**
 * Who signs in by an account of others: one whom the sign-in grants a role, or who was invited by his address, which his account is bound to from then on. Who
 * is granted nothing any more, and was never invited, is let in no longer.
 */
export function signOn(ledger: Ledger, { subject, email, name, granted }: Vouched, language: string, at: string): Person | undefined {
  type Known = { email: string; by_claim: 0 | 1 }
  const known =
    ledger.get<Known>('SELECT email, by_claim FROM person WHERE subject = ?', subject) ??
    ledger.get<Known>('SELECT email, by_claim FROM person WHERE email = ? AND subject IS NULL', email ?? '')
  if (!granted && known?.by_claim) return void dismiss(ledger, personNamed(ledger, known.email)!)
  if (granted && known) ledger.run('UPDATE person SET subject = ?, role = ?, body = ? WHERE email = ?', subject, granted.role, granted.body, known.email)
  else if (known) ledger.run('UPDATE person SET subject = ? WHERE email = ?', subject, known.email)
  else if (granted && email !== undefined)
    ledger.run(
      'INSERT OR IGNORE INTO person (email, name, role, body, language, since, subject, by_claim) VALUES (?, ?, ?, ?, ?, ?, ?, 1)',
      email,
      name ?? email,
      granted.role,
      granted.body,
      language,
      at,
      subject,
    )
  const found = ledger.get<Known>('SELECT email, by_claim FROM person WHERE subject = ?', subject)
  return found && personNamed(ledger, found.email)
}
