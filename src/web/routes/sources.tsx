import { quarantinedOf } from '../../ledger/records/records.ts'
import { countAlternates } from '../../ledger/identity/alternates.ts'
import { runsOf } from '../../ledger/runs/runs.ts'
import { addressesOf } from '../../config/addresses.ts'
import { standingIn, standingJson, standingQuads } from '../../outlets/standing.ts'
import { Problem } from '../../problem.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { namedNode } from '../../rdf/terms.ts'
import { sendJson, sendPage, sendRdf } from '../http/send.ts'
import { negotiate, splitPlain, type Representation } from '../http/negotiation.ts'
import { pageOf } from '../page/page.ts'
import { noSource, type Handle } from '../site.ts'
import { SourceView } from '../views/source.tsx'
import { SourcesView } from '../views/sources.tsx'
import { rulesBroken } from '../../ledger/runs/report.ts'
import { problemsOf } from '../../ledger/runs/problems.ts'
import { orphansOf } from '../../ledger/sources/orphans.ts'

/** Runs that the page of a source shows. */
const runsShown = 30

/** How all the portals are doing. */
export const sources: Handle = async (site, request, response) => {
  const { publication } = site
  const wished = representation(request, { format: named(request.params['extension']) })
  const all = publication.sources.map(source => standingIn(publication, source))
  const orphans = orphansOf(publication.ledger, publication.sources)
  if (wished === 'json') return sendJson(response, { sources: all.map(each => standingJson(publication.catalogue.base, each)), orphans })
  if (wished !== 'html')
    return sendRdf(
      response,
      all.flatMap(each => standingQuads(publication, each)),
      wished,
    )
  const page = pageOf(site, request)
  sendPage(page, response, <SourcesView page={page} sources={all} orphans={orphans} />)
}

/** One portal: its runs, their problems, and what its people can mend. */
export const source: Handle = async (site, request, response) => {
  const { publication } = site
  const {
    ledger,
    catalogue: { base },
  } = publication
  const { name: id, format } = splitPlain(String(request.params['id']))
  const asked = site.source(id)
  if (!asked) throw noSource(site, id)
  const wished = representation(request, { format })
  const about = standingIn(publication, asked)
  if (wished !== 'html' && wished !== 'json')
    return sendRdf(response, standingQuads(publication, about), wished, namedNode(addressesOf(base).sourceCatalogue(id)))
  const runs = runsOf(ledger, id, runsShown)
  const problems = about.last ? problemsOf(ledger, about.last.id, 50) : []
  const rules = rulesBroken(ledger, id)
  const alternates = countAlternates(ledger, id)
  const quarantined = quarantinedOf(ledger, id, 100)
  if (wished === 'json') {
    return sendJson(response, {
      ...standingJson(base, about),
      alternates,
      runs: runs.map(run => ({ ...run, report: addressesOf(base).run(id, run.id) })),
      problems,
      rules,
      quarantined: quarantined.map(({ id, dataset, title, score, shown }) => ({ id, dataset, title, score, shown: shown !== null })),
    })
  }
  const page = pageOf(site, request)
  sendPage(
    page,
    response,
    <SourceView page={page} standing={about} runs={runs} problems={problems} rules={rules} alternates={alternates} quarantined={quarantined} />,
  )
}

/** The format that the extension of `/sources.ttl` names. */
function named(extension: string | string[] | undefined): Representation | undefined {
  if (extension === undefined) return undefined
  const { format } = splitPlain(`sources.${String(extension)}`)
  if (format) return format
  throw new Problem('not-found', `Sources have no format "${String(extension)}"; there are: ${formatNames}.`)
}

const formatNames = ['json', ...graphFormats.map(({ extension }) => extension)].join(', ')

function representation(request: Parameters<Handle>[1], { format }: { format?: Representation | undefined }): Exclude<Representation, 'csv'> {
  const wished = format ?? negotiate(request, ['html', 'json', ...graphFormats])
  if (wished !== 'csv' && (typeof wished === 'string' || !wished.quads)) return wished
  throw new Problem('not-found', `Sources have no such format; there are: ${formatNames}.`)
}
