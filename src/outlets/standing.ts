import { addressesOf } from '../config/addresses.ts'
import { dueAfter } from '../config/schedule.ts'
import type { Source } from '../config/sources.ts'
import { standingOf, type Standing } from '../ledger/sources/standing.ts'
import { dcat, dct, fihrist, rdf, xsd } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, type Quad } from '../rdf/terms.ts'
import { homepageQuads } from './catalogue.ts'
import { activities } from './provenance.ts'
import type { Publication } from './publication.ts'

/** A source and how it is doing. */
export type SourceStanding = Standing & { source: Source }

export const standingIn = ({ catalogue, ledger }: Pick<Publication, 'catalogue' | 'ledger'>, source: Source, now = new Date()): SourceStanding => ({
  source,
  ...standingOf(ledger, source.id, after => dueAfter(source, catalogue.timeZone, after), now),
})

/** How a source is doing, for programs (docs/reports.md). */
export function standingJson(base: string, { source, records, last, lastGood, lagMs, due, late, broken, problems }: SourceStanding) {
  const { id, title, protocol, url, publisher, schedule, enabled, priority, note } = source
  return {
    id,
    title,
    protocol,
    url,
    publisher,
    schedule: schedule ?? null,
    enabled,
    priority,
    ...(note && { note }),
    page: addressesOf(base).source(id),
    records,
    state: !enabled ? 'disabled' : (last?.state ?? 'never'),
    lastRun: last ? { ...last, report: addressesOf(base).run(id, last.id) } : null,
    lastCompleteRun: lastGood
      ? { id: lastGood.id, started: lastGood.started, finished: lastGood.finished, report: addressesOf(base).run(id, lastGood.id) }
      : null,
    lagS: lagMs === undefined ? null : Math.round(lagMs / 1000),
    due: due ?? null,
    late,
    broken: broken ?? null,
    errors: problems,
  }
}

/** The same as linked data: a catalogue for each source, with its last run and its last complete one. */
export function standingQuads(publication: Publication, { source, last, lastGood, late }: SourceStanding): Quad[] {
  const { base } = publication.catalogue
  const self = namedNode(addressesOf(base).sourceCatalogue(source.id))
  const runs = [last, lastGood].filter(run => run !== undefined)
  return [
    quad(self, rdf.type, dcat.Catalog),
    ...homepageQuads(self, addressesOf(base).source(source.id)),
    ...(/^https?:/.test(source.url) ? [quad(self, dct.source, namedNode(source.url))] : []),
    quad(self, fihrist.late, literal(String(late), xsd.boolean)),
    ...Object.entries(source.title).map(([language, text]) => quad(self, dct.title, literal(text, language))),
    ...(last ? [quad(self, fihrist.lastRun, namedNode(addressesOf(base).run(source.id, last.id)))] : []),
    ...(lastGood ? [quad(self, fihrist.lastCompleteRun, namedNode(addressesOf(base).run(source.id, lastGood.id)))] : []),
    ...activities(publication, runs),
  ]
}
