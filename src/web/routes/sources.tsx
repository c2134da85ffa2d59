import { paths } from '../../config/addresses.ts'
import type { Ledger } from '../../ledger/file/ledger.ts'
import { countAlternates } from '../../ledger/identity/alternates.ts'
import { countLinks, deadLinks } from '../../ledger/links/uses.ts'
import { quarantinedOf } from '../../ledger/records/records.ts'
import { problemsOf } from '../../ledger/runs/problems.ts'
import { rulesBroken } from '../../ledger/runs/report.ts'
import { runsOf } from '../../ledger/runs/runs.ts'
import { orphansOf, type Orphan } from '../../ledger/sources/orphans.ts'
import type { Publication } from '../../outlets/publication.ts'
import { scorecardsNow } from '../../outlets/scorecard/scorecard.ts'
import { standingIn, standingJson, standingQuads, type SourceStanding } from '../../outlets/standing.ts'
import { formats } from '../../rdf/formats.ts'
import type { Fix } from '../../validate/quality/fixes.ts'
import { html, json, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { canonicalLink, type Page } from '../page/page.ts'
import { knownSource } from '../site/site.ts'
import { SourceView } from '../views/source/source.tsx'
import { SourcesView } from '../views/source/sources.tsx'

/** Runs, problems of the last, and records in quarantine that the page of a source shows. */
const most = { runs: 30, problems: 50, quarantined: 100, dead: 50 }

interface Sources {
  standings: SourceStanding[]
  orphans: Orphan[]
}

/** How all the portals are doing. */
export const sources: Resource<Sources> = {
  find: ({ site: { publication } }) => ({
    standings: publication.sources.map(source => standingIn(publication, source)),
    orphans: orphansOf(publication.ledger, publication.sources),
  }),
  as: [
    html(({ standings, orphans }, page) => <SourcesView page={page} sources={standings} orphans={orphans} />),
    json(({ standings, orphans }, { site }) => ({
      sources: standings.map(each => standingJson(site.publication.catalogue.base, each)),
      orphans,
    })),
    ...rdf<Sources>(formats, ({ standings }, { site }) => ({ quads: standings.flatMap(each => standingQuads(site.publication, each)) })),
  ],
  seconds: 10,
}

/** One portal: its runs, their problems, and what its people can mend. */
export const source: Resource<SourceStanding> = {
  find: ({ site }, { id = '' }) => standingIn(site.publication, knownSource(site, id)),
  as: [
    html((standing, page) => <SourceView page={page} standing={standing} {...detailsOf(page.site.publication, standing)} />),
    json(sourceJson),
    ...rdf<SourceStanding>(formats, (standing, { site }) => ({
      quads: standingQuads(site.publication, standing),
      about: site.addresses.sourceCatalogue(standing.source.id),
    })),
  ],
  links: ({ source }, as, page) => [
    canonicalLink(page, paths.source(source.id), as),
    { rel: 'cite-as', href: page.site.addresses.sourceCatalogue(source.id) },
    { rel: 'collection', href: page.site.addresses.catalogue },
  ],
  seconds: 10,
}

function detailsOf({ ledger }: Publication, { source: { id }, last }: SourceStanding) {
  return {
    runs: runsOf(ledger, id, most.runs),
    problems: last ? problemsOf(ledger, last.id, most.problems) : [],
    rules: rulesBroken(ledger, id),
    alternates: countAlternates(ledger, id),
    quarantined: quarantinedOf(ledger, id, most.quarantined),
    fixes: fixesFor(ledger, id),
    links: countLinks(ledger, id),
    dead: deadLinks(ledger, id, most.dead),
  }
}

/** What to do next in the datasets of a source. */
function fixesFor(ledger: Ledger, id: string): Fix[] {
  const cards = scorecardsNow(ledger)
  const card = cards.find('source', id)
  return card ? cards.fixes(card) : []
}

function sourceJson(standing: SourceStanding, { site: { publication, addresses } }: Page) {
  const { runs, problems, rules, alternates, quarantined, links, dead, fixes } = detailsOf(publication, standing)
  return {
    ...standingJson(publication.catalogue.base, standing),
    alternates,
    fixes,
    runs: runs.map(run => ({ ...run, report: addresses.run(run.source, run.id) })),
    problems,
    rules,
    quarantined: quarantined.map(({ id, dataset, title, score, shown }) => ({ id, dataset, title, score, shown: shown !== null })),
    links,
    deadLinks: dead.map(({ title, ...link }) => ({ ...link, title: JSON.parse(title) as Record<string, string> })),
  }
}
