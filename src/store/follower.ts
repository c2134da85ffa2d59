import { addressesOf } from '../config/addresses.ts'
import { changesBetween, type VisibleChange } from '../ledger/records/changes.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import type { Shown } from '../ledger/records/shown.ts'
import { versionInView } from '../ledger/records/versions.ts'
import { markOfRuns } from '../ledger/runs/runs.ts'
import { catalogueQuads, sourceQuads } from '../outlets/catalogue.ts'
import { programmeQuads } from '../outlets/programme/programme.ts'
import { runQuads, versionQuads } from '../outlets/provenance.ts'
import type { Publication } from '../outlets/publication.ts'
import { memberOf, publishedText } from '../outlets/resource.ts'
import { scorecardQuads } from '../outlets/scorecard/rdf.ts'
import { scorecardsNow } from '../outlets/scorecard/scorecard.ts'
import { dcat, fihrist, xsd } from '../rdf/namespaces.ts'
import { lines } from '../rdf/serialise.ts'
import { literal, namedNode, quad, type Quad } from '../rdf/terms.ts'

/** A named graph as it should be now, in N-Triples; undefined: it should be gone. */
export interface Change {
  graph: string
  text: string | undefined
}

/** What a store that has applied one revision must do to hold the newest: a graph for each record whose visible version changed. */
export function changesSince(publication: Publication, applied: number): { revision: number; runs: string; changes: Iterable<Change> } {
  const {
    ledger,
    catalogue: { base },
  } = publication
  const revision = currentRevision(ledger)
  return { revision, runs: markOfRuns(ledger), changes: changed() }

  function* changed(): Generator<Change> {
    if (applied === revision) return
    for (const change of changesBetween(ledger, applied, revision, { last: true }))
      if (change.version !== null || applied !== 0) yield { graph: addressesOf(base).record(change.id), text: graphOf(publication, change) }
  }
}

/** The graph of a record after a change, in N-Triples; undefined where it is seen no longer. */
export function graphOf(publication: Publication, { n, version: seen }: Pick<VisibleChange, 'n' | 'version'>): string | undefined {
  const { base } = publication.catalogue
  const version = seen === null ? undefined : versionInView(publication.ledger, n)
  return version && publishedText(base, version) + lines([...membership(base, version), ...versionQuads(publication, version)], false)
}

/** A record's graph says which catalogues it is in, so that the graph of the catalogue need not be written anew for each. */
function membership(base: string, shown: Shown): Quad[] {
  const self = namedNode(addressesOf(base).catalogue)
  return [
    memberOf(self, shown),
    quad(self, dcat.record, namedNode(addressesOf(base).record(shown.id))),
    memberOf(namedNode(addressesOf(base).sourceCatalogue(shown.source)), shown),
  ]
}

/**
 * The graphs that speak of the whole and are small: the catalogue and its sources, the scorecards, the runs, what people brought, and (they change only with a
 * restart) the reference lists.
 */
export function* overviewGraphs(publication: Publication, revision: number, withVocabulary: boolean): Generator<Change> {
  const { graph, catalogue } = addressesOf(publication.catalogue.base)
  const applied = quad(namedNode(catalogue), fihrist.revision, literal(String(revision), xsd.integer))
  yield { graph: graph('catalogue'), text: lines([...catalogueQuads(publication, revision), ...sourceQuads(publication, revision), applied], false) }
  const cards = scorecardsNow(publication.ledger)
  yield { graph: graph('scorecards'), text: lines(scorecardQuads(publication, cards, [cards.whole, ...cards.of('publisher'), ...cards.of('source')]), false) }
  yield { graph: graph('provenance'), text: lines(runQuads(publication), false) }
  yield { graph: graph('programme'), text: lines(programmeQuads(publication), false) || undefined }
  if (withVocabulary) yield { graph: graph('vocabulary'), text: lines(publication.vocabulary.graph, false) }
}
