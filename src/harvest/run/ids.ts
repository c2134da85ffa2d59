import type { Ledger } from '../../ledger/file/ledger.ts'
import { isIdTaken } from '../../ledger/records/held.ts'
import { digest } from '../../rdf/digest.ts'
import { slug } from '../../rdf/iri.ts'
import type { HarvestedRecord } from '../protocol.ts'
import { usualId } from '../readers/record-id.ts'

/** Ids for the new records of a run. */
export interface Ids {
  /** A readable id that no other record has; the same for the same key whenever it can be. */
  mint(source: string, record: Pick<HarvestedRecord, 'key' | 'name'>): string
  /** An id that the run gave and that it need not remember: it stands in the ledger, or nothing came of its record. */
  release(id: string): void
}

export function openIds(ledger: Ledger): Ids {
  /** Ids that were given and are not yet in the ledger. */
  const given = new Set<string>()
  const isTaken = (id: string) => given.has(id) || isIdTaken(ledger, id)
  return {
    mint: (source, { key, name }) => {
      const readable = slug(name ?? key)
      const long = digest(key)
        .replace(/[^a-zA-Z0-9]/g, '')
        .toLowerCase()
      const short = long.slice(0, 8)
      const candidates = [
        usualId(source, { key, ...(name !== undefined && { name }) }) || `${source}-${short}`,
        `${source}-${readable || 'r'}-${short}`,
        `${source}-${long}`,
      ]
      const id = candidates.find(each => !isTaken(each)) ?? `${source}-${long}-${given.size}`
      given.add(id)
      return id
    },
    release: id => {
      given.delete(id)
    },
  }
}
