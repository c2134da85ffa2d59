import { readCatalogue } from '../src/config/catalogue.ts'
import { readSources } from '../src/config/sources.ts'
import { protocolOptions } from '../src/harvest/protocols/index.ts'
import { openLedger } from '../src/ledger/file/ledger.ts'
import { currentRevision } from '../src/ledger/records/revisions.ts'
import { shownAt } from '../src/ledger/records/shown.ts'
import { dumps, exportText } from '../src/outlets/dump.ts'
import { openPage, writePage } from '../src/outlets/hydra.ts'
import { formatByName } from '../src/rdf/formats.ts'
import { loadVocabulary } from '../src/vocabulary/vocabulary.ts'
import { row } from './row.ts'

/**
 * All of the catalogue by its ways out, beside plain reading of the same graphs out of the ledger: `node bench/outlets.ts CATALOGUE.yaml DATA`. Each takes the
 * whole catalogue once, in this process and without a network: megabytes a second, and by how much memory grew meanwhile, which must not depend on the
 * catalogue.
 */
const [file = 'catalogue.yaml', data = 'data'] = process.argv.slice(2)
const catalogue = readCatalogue(file, process.env)
const publication = {
  catalogue,
  sources: readSources(catalogue, protocolOptions, process.env),
  ledger: openLedger(data, { readOnly: true }),
  vocabulary: await loadVocabulary(catalogue.ontologies, catalogue.base),
}
const revision = currentRevision(publication.ledger)
const address = `${catalogue.base}/catalog.ttl`

/** Pieces of all graphs as they are held. */
function* plain(): Generator<string> {
  for (const { graph } of shownAt(publication.ledger, revision)) yield graph
}

/** Each page of the feed, by its number as a reader who goes from one to the next. */
async function* pages(name: string, limit: number): AsyncGenerator<string> {
  for (let page = 1, last = 1; page <= last; page++) {
    const query = new URLSearchParams({ page: String(page), limit: String(limit), revision: String(revision) })
    const opened = openPage(publication, { address, query })
    last = opened.lastPage
    yield writePage(publication, opened, address, formatByName(name)!)
  }
}

/** Reads all pieces; returns how many seconds that took. */
async function measure(what: string, pieces: Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>, floor?: number): Promise<number> {
  globalThis.gc?.()
  const before = process.memoryUsage.rss()
  let [bytes, most, count] = [0, before, 0]
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  for await (const piece of pieces) {
    bytes += typeof piece === 'string' ? Buffer.byteLength(piece) : piece.length
    if (count++ % 50 === 0) most = Math.max(most, process.memoryUsage.rss())
  }
  const seconds = (performance.now() - started) / 1000
  const { user, system } = process.cpuUsage(cpu)
  row({
    what,
    seconds,
    mb: (most - before) / 1e6,
    ...(floor && { beside: `${(seconds / floor).toFixed(1)} × the time of plain reading` }),
    more:
      `${(bytes / 1e6 / seconds).toFixed(1)} MB/s of ${(bytes / 1e6).toFixed(0)} MB, ${((user + system) / 1e6).toFixed(1)} s of CPU; ` +
      'MB is what memory grew by',
  })
  return seconds
}

// The first reading of a ledger fills the caches of everything.
for await (const _ of plain());
const floor = await measure('reading the ledger', plain())
for (const name of ['nquads', 'turtle', 'jsonld']) await measure(`dump as ${name}`, exportText(publication, revision, formatByName(name)!), floor)
const [packed] = dumps
const asked = { origin: catalogue.base, address, params: {}, query: new URLSearchParams() }
await measure('dump as nquads, packed', (await packed!.write(publication, { revision, bound: false }, packed!.forms[0]!, asked)) as AsyncIterable<Uint8Array>)
for (const name of ['turtle', 'jsonld']) await measure(`all pages of the feed as ${name}`, pages(name, 100), floor)
publication.ledger.close()
