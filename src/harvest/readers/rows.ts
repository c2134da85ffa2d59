import { add } from '../../rdf/graph.ts'
import type { Subject, Term } from '../../rdf/terms.ts'
import type { Row } from '../protocol.ts'
import type { Target } from './target.ts'

/** Maps by a table: of the places of each row, the first that holds a value wins. */
export function mapByRows<Place, Kind extends string>(
  subject: Subject,
  rows: Row<Place, Kind>[],
  read: (place: Place, kind: Kind) => Term[],
  { to }: Pick<Target, 'to'>,
): void {
  for (const [places, property, kind] of rows) {
    for (const place of places) {
      const found = read(place, kind)
      for (const value of found) add(to, subject, property, value)
      if (found.length > 0) break
    }
  }
}
