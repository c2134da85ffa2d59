import type { Ledger } from '../file/ledger.ts'

/** Something that somebody did who had signed in, or who sat at the command line. Written once, never changed. */
export interface Deed {
  id: number
  at: string
  /** Who: a name, as it was then. */
  name: string
  /** What was done: `sign-in`, `request.publish`, `record.withhold`… */
  act: string
  /** What it was done to. */
  subject: string | null
  said: Record<string, string>
}

export const note = (
  ledger: Ledger,
  { name, act, subject = null, said = {} }: Omit<Deed, 'id' | 'at' | 'said' | 'subject'> & Partial<Deed>,
  at: string,
): void => void ledger.run('INSERT INTO deed (at, name, act, subject, said) VALUES (?, ?, ?, ?, ?)', at, name, act, subject, JSON.stringify(said))

type Raw = Omit<Deed, 'said'> & { said: string }
const read = ({ said, ...rest }: Raw): Deed => ({ ...rest, said: JSON.parse(said) as Record<string, string> })

/** The newest first. */
export const deeds = (ledger: Ledger, { most = 100, before = Number.MAX_SAFE_INTEGER } = {}): Deed[] =>
  ledger.all<Raw>('SELECT * FROM deed WHERE id < ? ORDER BY id DESC LIMIT ?', before, most).map(read)

/** All of them, one by one, from the first. */
export function* everyDeed(ledger: Ledger): Generator<Deed> {
  for (let after = 0, rows: Raw[]; (rows = ledger.all<Raw>('SELECT * FROM deed WHERE id > ? ORDER BY id LIMIT 500', after)).length > 0; after = rows.at(-1)!.id)
    yield* rows.map(read)
}
