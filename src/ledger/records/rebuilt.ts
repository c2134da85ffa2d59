import type { Ledger } from '../file/ledger.ts'
import { noteClues, settleClusters, type Touched } from '../identity/clusters.ts'
import { noteIdentifiers } from '../identity/identifiers.ts'
import { showAnew } from '../identity/visibility.ts'
import type { Entry } from './entry.ts'
import { writeJudgement } from './judgement.ts'
import { meansOf, type Means } from './means.ts'
import { rescore } from './measurements.ts'
import { beginRevision, currentRevision } from './revisions.ts'
import { index } from './search-index.ts'
import { forgetWithheld, unlist, withhold } from './withhold.ts'
import { write } from './write.ts'

/** A record as today's means make it, and the digest of the payload it was made of. */
export interface Rebuilt {
  entry: Entry
  was: string
}

interface Before {
  n: number
  payload_digest: string
  graph_digest: string
  admission: Entry['admission']
  shown: number | null
  newest: number
  run: number
  missing_since: string | null
}

/**
 * Writes rebuilt records in one transaction and returns how many the public sees otherwise now. No run has seen them: what is known of
 * their portal – when it was seen, since when it is missing – stays. A record that a run has taken in meanwhile is left to that run.
 */
export function commitRebuilt(ledger: Ledger, at: string, rebuilt: Rebuilt[]): { updated: number; unchanged: number } {
  const counts = { updated: 0, unchanged: 0 }
  ledger.transaction(() => {
    let revision = 0
    const next = () => (revision ||= beginRevision(ledger, at))
    const touched: Touched = new Set()
    const means = meansOf(ledger, rebuilt[0]?.entry.source)
    for (const { entry, was } of rebuilt) {
      const before = ledger.get<Before>(
        `SELECT n, payload_digest, graph_digest, admission, shown, (SELECT max(id) FROM version WHERE record = n) AS newest,
         coalesce(payload.run, sighting.run, 0) AS run, missing_since
         FROM record LEFT JOIN payload ON payload.record = n LEFT JOIN sighting ON sighting.record = n WHERE source = ? AND key = ?`,
        entry.source,
        entry.key,
      )
      const stale = !before || before.payload_digest !== was || before.admission === 'removed'
      counts[stale || !rewrite(ledger, means, before, entry, at, next) ? 'unchanged' : 'updated']++
      if (stale) continue
      noteClues(ledger, touched, before.n, entry.clues)
      noteIdentifiers(ledger, touched, revision || currentRevision(ledger), [{ n: before.n, identifiers: entry.identifiers }])
    }
    settleClusters(ledger, touched, revision || undefined, next)
  })
  return counts
}

/** True where the record has a new version, or another admission. */
function rewrite(ledger: Ledger, means: Means, before: Before, entry: Entry, at: string, next: () => number): boolean {
  const { n, shown, newest } = before
  const missing = before.admission === 'missing'
  if (before.graph_digest !== entry.graph.digest) {
    write(ledger, means, { run: before.run, at, revision: next() }, entry)
    ledger.run('UPDATE record SET missing_since = ? WHERE n = ?', before.missing_since, n)
    if (missing && entry.admission !== 'withheld') ledger.run(`UPDATE record SET admission = 'missing' WHERE n = ?`, n)
    return true
  }
  const shows = entry.admission === 'published'
  const withheld = entry.admission === 'withheld'
  if (before.admission === 'withheld' && !withheld) forgetWithheld(ledger, n, newest)
  const appears = shows && shown !== newest
  if (appears) show(ledger, before, at, next())
  ledger.run(
    'UPDATE record SET admission = ?, payload_digest = ?, score = ? WHERE n = ?',
    missing && !withheld ? 'missing' : entry.admission,
    entry.payload.digest,
    entry.score,
    n,
  )
  if (shows || shown === newest) index(ledger, n, entry.summary)
  writeJudgement(ledger, means, n, entry, at)
  rescore(ledger, n)
  const claims = claim(ledger, newest, entry.conforms)
  if (claims && shows && !appears) showAnew(ledger, next(), n)
  if (shows || shown === newest || shown === null)
    ledger.run('UPDATE record SET title = ?, description = ? WHERE n = ?', JSON.stringify(entry.summary.title), JSON.stringify(entry.summary.description), n)
  if (withheld && before.admission !== 'withheld') withhold(ledger, next(), n)
  else if (withheld) unlist(ledger, n)
  return appears || claims || (!missing && before.admission !== entry.admission)
}

/** Writes down to what profiles a version conforms now. True where what is published says otherwise than before. */
const claim = (ledger: Ledger, version: number, conforms: string[] = []): boolean =>
  ledger.get('UPDATE version SET conforms = ?1 WHERE id = ?2 AND conforms IS NOT ?1 RETURNING id', conforms.join(' '), version) !== undefined

/** The newest version, which a rule had kept back, is seen from now on. */
function show(ledger: Ledger, { n, shown, newest }: Before, at: string, revision: number): void {
  if (shown) ledger.run('UPDATE version SET shown_until = ? WHERE id = ?', revision, shown)
  ledger.run('UPDATE version SET shown_from = ?, modified = ? WHERE id = ?', revision, at, newest)
  ledger.run('UPDATE record SET shown = ?, modified = ?, modified_revision = ? WHERE n = ?', newest, at, revision, n)
  ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, ?)', revision, n, newest)
}
