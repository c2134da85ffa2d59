import { paths } from '../../config/addresses.ts'
import type { Version } from '../../ledger/records/versions.ts'
import { datasetDocument, historyDocument } from '../../outlets/record-documents.ts'
import { Problem } from '../../problem.ts'
import { formats } from '../../rdf/formats.ts'
import type { Quad } from '../../rdf/terms.ts'
import { html, json, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { compare, historyOf, listed, versionNamed, type Comparison, type History } from '../page/history.ts'
import { canonicalLink } from '../page/page.ts'
import { DifferenceView } from '../views/record/difference.tsx'
import { VersionsView } from '../views/record/versions.tsx'

/** Every version of a record that is kept: a page, JSON, or as entities and activities (PROV-O). */
export const versions: Resource<History> = {
  find: ({ site }, { id = '' }) => historyOf(site, id),
  as: [
    html((history, page) => <VersionsView page={page} history={history} />),
    json(history => ({ id: history.record.id, source: history.record.source, versions: listed(history) })),
    ...rdf<History>(formats, ({ record, versions }, { site }) => historyDocument(site.publication, record, versions)),
  ],
  links: ({ record }, as, page) => [canonicalLink(page, paths.versions(record.id), as)],
}

/** One version as RDF, as it was published. */
export const version: Resource<Version> = {
  find: ({ site }, { id = '', n = '' }) => versionNamed(historyOf(site, id), n),
  as: rdf(formats, (version, { site }) => datasetDocument(site.publication, version)),
  check: ({ id, number, shown_from: shown }) => {
    if (shown === null) throw new Problem('not-found', `Version ${number} of "${id}" was never published.`)
  },
}

/** What a version changed, or what lies between any two (`from`, `to`): statements that came and went, by property. */
export const versionDifference: Resource<Comparison> = {
  find: ({ site, query }, { id = '', n }) => compare(historyOf(site, id), { from: query.get('from'), to: n ?? query.get('to') }),
  as: [html((comparison, page) => <DifferenceView page={page} comparison={comparison} />), json(differenceJson)],
}

function differenceJson({ history, from, to, properties }: Comparison) {
  const bare = ({ subject, object }: Quad) => ({
    subject: subject.value,
    value: object.value,
    ...('language' in object && object.language && { language: object.language }),
  })
  return {
    id: history.record.id,
    version: to.number,
    before: from?.number ?? null,
    properties: properties.map(each => ({ property: each.property, removed: each.removed.map(bare), added: each.added.map(bare) })),
  }
}
