import type { Person } from '../../ledger/programme/people.ts'

/** Who has signed in, as pages show it, and what each of his forms bears. */
export interface Visitor {
  person: Person
  sign: string
}
