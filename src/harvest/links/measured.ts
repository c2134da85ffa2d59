import type { Ledger } from '../../ledger/file/ledger.ts'
import { linksOf, type Link } from '../../ledger/links/links.ts'
import { recordsNaming, usesOf, type Use } from '../../ledger/links/uses.ts'
import { measuredLater, measureLater } from '../../ledger/records/measurements.ts'
import { dayOf, seenChanged } from '../../validate/quality/freshness.ts'
import type { Measurements } from '../../validate/quality/points.ts'

const metrics = { access: 'accessUrlStatusCode', download: 'downloadUrlStatusCode' } as const

/** What was seen of addresses becomes a measurement of the records whose files name them, where it says something else than before. */
export function measureRecords(ledger: Ledger, urls: string[], at: string): void {
  const records = new Set(urls.flatMap(url => [...recordsNaming(ledger, url)]))
  for (const n of records) {
    const uses = usesOf(ledger, n)
    const links = linksOf(
      ledger,
      uses.map(({ url }) => url),
    )
    const known = new Map(measuredLater(ledger, n).map(({ metric, file, value }) => [`${metric} ${file}`, value]))
    for (const [file, ofFile] of Map.groupBy(uses, ({ file }) => file)) {
      const measured = Object.entries(measurementsOf(ofFile, links)).filter(([metric, value]) => known.get(`${metric} ${file}`) !== value)
      if (measured.length > 0) measureLater(ledger, n, at, Object.fromEntries(measured), file)
    }
  }
}

/** Only what is certain is said: that an address answers, or that it is dead. While it fails for the first days, what was known of it stands. */
function measurementsOf(uses: Use[], links: Map<string, Link>): Measurements {
  const measured: Measurements = {}
  for (const { role, url } of uses) {
    const link = links.get(url)
    // Of several addresses of one kind, one that answers is enough.
    if (link?.state === 'alive') measured[metrics[role]] = link.status ?? 200
    else if (link?.state === 'dead') measured[metrics[role]] ??= link.status ?? 0
    if (link?.changed) measured[seenChanged] = Math.max(measured[seenChanged] ?? 0, dayOf(link.changed))
  }
  return measured
}
