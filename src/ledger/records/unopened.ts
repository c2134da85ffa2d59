import type { Ledger } from '../file/ledger.ts'

// What bodies know of and have not opened: datasets that have no file yet.

/** A dataset without a file. */
export interface Unopened {
  id: string
  title: Record<string, string>
  description: Record<string, string>
  /** When it is to be opened: a year, a month or a day. */
  opening: string | null
  late: boolean
  /** The slug, or the name, of the body that publishes it. */
  publisher: string | null
}

/** How far a body has opened what it knows of. */
export interface Opening {
  publisher: string | null
  known: number
  unopened: number
  announced: number
  late: number
}

/** Of each record that the public sees: its body, whether it has no file, and whether the day on which it was to be opened (?1 is today) has passed. */
const each = `WITH
  kind AS MATERIALIZED (SELECT id, said ->> '$.publisher[0]' AS publisher, said ->> '$.availability[0]' IN ('none', 'announced') AS closed
    FROM trait WHERE id IN (SELECT facets FROM listing)),
  known AS (SELECT n, record.id, title, description, opening, publisher, closed,
    closed AND ifnull(opening < substr(?1, 1, length(opening)), 0) AS late
    FROM record JOIN listing ON listing.record = n JOIN kind ON kind.id = listing.facets WHERE shown IS NOT NULL AND canonical IS NULL)`

/** Every body that has datasets, those that have most to open first. */
export const openings = (ledger: Ledger, today: string): Opening[] =>
  ledger.all<Opening>(
    `${each} SELECT publisher, count(*) AS known, sum(closed) AS unopened, sum(closed AND opening IS NOT NULL) AS announced, sum(late) AS late
     FROM known GROUP BY publisher ORDER BY unopened DESC, known DESC, publisher`,
    today,
  )

/** What is not open yet of a body, a theme or a place: told from the kinds of facets, so that of all records those alone are read. */
export const openingOf = (ledger: Ledger, today: string, { dimension, value }: { dimension: string; value: string }): Pick<Opening, 'unopened' | 'late'> =>
  ledger.get<Pick<Opening, 'unopened' | 'late'>>(
    `SELECT count(*) AS unopened, count(*) FILTER (WHERE opening < substr(?1, 1, length(opening))) AS late
     FROM listing CROSS JOIN record ON n = listing.record
     WHERE shown IS NOT NULL AND canonical IS NULL AND facets IN (
       SELECT trait.id FROM trait, json_each(trait.said, ?2) AS said
       WHERE trait.id IN (SELECT facets FROM listing) AND said.value = ?3 AND trait.said ->> '$.availability[0]' IN ('none', 'announced'))`,
    today,
    `$.${dimension}`,
    value,
  )!

/** The datasets without a file, of a body where it is named: those that are to be opened first, then those of which no day is said. */
export const unopened = (
  ledger: Ledger,
  today: string,
  { publisher, most, offset = 0 }: { publisher?: string | undefined; most: number; offset?: number },
): Unopened[] =>
  ledger
    .all<{ id: string; title: string; description: string; opening: string | null; late: 0 | 1; publisher: string | null }>(
      `${each} SELECT id, title, description, opening, late, publisher FROM known WHERE closed AND (?2 IS NULL OR publisher = ?2)
       ORDER BY opening IS NULL, opening, n LIMIT ?3 OFFSET ?4`,
      today,
      publisher ?? null,
      most,
      offset,
    )
    .map(({ title, description, late, ...rest }) => ({
      ...rest,
      late: late === 1,
      title: JSON.parse(title) as Record<string, string>,
      description: JSON.parse(description) as Record<string, string>,
    }))
