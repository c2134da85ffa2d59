import { DatabaseSync } from 'node:sqlite'
import type { Walk } from './describe.ts'
import { dcat, rdf } from './namespaces.ts'
import { isLiteral, namedNode, quad, termOf, textOf, type Quad, type Subject } from './terms.ts'

/** The statements of a dump that is larger than memory, on disk: filled once, then walked. */
export interface Spool extends Walk {
  add(quads: Quad[]): void
  /** How many statements it holds. */
  size(): number
  close(): void
}

interface Row {
  s: string
  p: string
  o: string
}

/**
 * Opens an empty one in the temporary folder of the system (SQLITE_TMPDIR, TMPDIR): nobody else sees it, and it is gone when it is closed or the process ends.
 */
export function openSpool(): Spool {
  // The empty name is SQLite's for a file of its own that has no name.
  const database = new DatabaseSync('')
  database.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000;
    CREATE TABLE quad (s TEXT NOT NULL, p TEXT NOT NULL, o TEXT NOT NULL, node TEXT, PRIMARY KEY (s, p, o)) STRICT, WITHOUT ROWID;
    CREATE INDEX pointing ON quad (node, p) WHERE node IS NOT NULL;
    BEGIN`)
  const insert = database.prepare('INSERT OR IGNORE INTO quad (s, p, o, node) VALUES (?, ?, ?, ?)')
  const from = database.prepare('SELECT s, p, o FROM quad WHERE s = ? AND (p <> ? OR o = ?)')
  const pointing = database.prepare('SELECT DISTINCT s FROM quad WHERE node = ? LIMIT 2')
  const pointingBy = database.prepare('SELECT DISTINCT s FROM quad WHERE node = ? AND p = ? ORDER BY s')
  const typed = database.prepare('SELECT 1 FROM quad WHERE s = ? AND p = ? AND o = ?')
  const subject = (row: Record<string, unknown>) => termOf(String(row['s'])) as Subject
  return {
    add: quads => {
      for (const { subject, predicate, object } of quads) {
        const o = textOf(object)
        insert.run(textOf(subject), predicate.value, o, isLiteral(object) ? null : o)
      }
    },
    size: () => Number((database.prepare('SELECT count(*) AS c FROM quad').get() as { c: number }).c),
    *of(of, about) {
      const rows = about
        ? from.all(textOf(of), dcat.servesDataset.value, textOf(about))
        : database.prepare('SELECT s, p, o FROM quad WHERE s = ?').iterate(textOf(of))
      for (const row of rows as Iterable<Row>) yield quadOf(row)
    },
    to: (object, ...properties) =>
      (properties.length > 0 ? properties.flatMap(property => pointingBy.all(textOf(object), property.value)) : pointing.all(textOf(object))).map(row =>
        subject(row),
      ),
    is: (each, ...classes) => classes.some(type => typed.get(textOf(each), rdf.type.value, type.value) !== undefined),
    *all(...classes) {
      const instances = database.prepare(`SELECT DISTINCT s FROM quad WHERE p = ? AND node IN (${classes.map(() => '?').join()}) ORDER BY s`)
      for (const row of instances.iterate(rdf.type.value, ...classes.map(type => type.value))) yield subject(row)
    },
    close: () => database.close(),
  }
}

const quadOf = ({ s, p, o }: Row): Quad => quad(termOf(s) as Subject, namedNode(p), termOf(o))
