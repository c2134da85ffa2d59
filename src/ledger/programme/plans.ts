import type { Ledger } from '../file/ledger.ts'
import { dropEntry, entryFor, keepEntry } from './inventory.ts'
import { stateOf } from './kinds.ts'

/** A request, as far as it is written down in the inventory. */
interface Asked {
  id: number
  state: string
  language: string
  said: Record<string, string>
  body: string | null
  due: string | null
}

/** What is planned for stands in the inventory, with the day on which it is to be opened, until the request is closed. */
export function settlePlan(ledger: Ledger, { id, state, language, said, body, due }: Asked, at: string): void {
  const known = entryFor(ledger, id)
  const [key, seen] = [known?.key ?? `request-${id}`, known?.edition ?? 0]
  if (state === 'planned') {
    const asked = { [`title_${language}`]: said['title'] ?? '', [`description_${language}`]: said['text'] ?? '' }
    const values = { ...asked, ...known?.values, ...(body !== null && { publisher: body }), ...(due !== null && { opening: due }) }
    keepEntry(ledger, { key, body: body ?? known?.body ?? null, values, name: '', at, request: id }, seen)
  } else if (known && stateOf('request', state).over) dropEntry(ledger, key, seen)
}
