import { paths } from '../../config/addresses.ts'
import { countAlternates } from '../../ledger/identity/alternates.ts'
import { countLinks, deadLinks } from '../../ledger/links/uses.ts'
import { quarantinedOf } from '../../ledger/records/records.ts'
import { problemsOf } from '../../ledger/runs/problems.ts'
import { rulesBroken } from '../../ledger/runs/report.ts'
import { changedSince, runsOf } from '../../ledger/runs/runs.ts'
import { orphansOf, type Orphan } from '../../ledger/sources/orphans.ts'
import type { Publication } from '../../outlets/publication.ts'
import { scorecardsNow } from '../../outlets/scorecard/scorecard.ts'
import { standingIn, standingJson, standingQuads, type SourceStanding } from '../../outlets/standing.ts'
import { formats } from '../../rdf/formats.ts'
import type { Fix } from '../../validate/quality/fixes.ts'
import { html, json, picture, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { canonicalLink, type Page } from '../page/page.ts'
import { toCorrect } from '../page/to-correct.ts'
import { knownSource } from '../site/site.ts'
import { Badge } from '../views/source/badge.tsx'
import { SourceView } from '../views/source/source.tsx'
import { SourcesView, type RatedSource } from '../views/source/sources.tsx'

/** Runs, problems of the last, rules, and records in quarantine that the page of a source shows. */
const most = { runs: 30, problems: 50, rules: 60, quarantined: 100, dead: 50 }

interface Sources {
  standings: RatedSource[]
  orphans: Orphan[]
}

/** How all the portals are doing. */
export const sources: Resource<Sources> = {
  find: ({ site: { publication } }) => ({
    standings: publication.sources.map(source => ({ ...standingIn(publication, source), score: ratedOf(publication, source.id).score })),
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
    html(view),
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

/** The quality of a portal as a picture that its own pages may show. */
export const badge: Resource<SourceStanding> = {
  find: source.find,
  as: [
    picture(({ source: { id }, records }, page) => (
      <Badge page={page} score={ratedOf(page.site.publication, id).score} published={records.published + records.missing} />
    )),
  ],
  cache: () => 'public, max-age=600',
  seconds: 600,
}

function view(standing: SourceStanding, page: Page) {
  const { publication, rules: known } = page.site
  const { rules, fixes, ...details } = detailsOf(publication, standing)
  return <SourceView page={page} standing={standing} corrections={toCorrect(rules, fixes, known)} {...details} />
}

function detailsOf(publication: Publication, { source: { id }, last }: SourceStanding) {
  const { ledger } = publication
  return {
    runs: runsOf(ledger, id, most.runs),
    problems: last ? problemsOf(ledger, last.id, most.problems) : [],
    rules: rulesBroken(ledger, id, most.rules),
    alternates: countAlternates(ledger, id),
    quarantined: quarantinedOf(ledger, id, most.quarantined),
    changed: changedSince(ledger, id, new Date(Date.now() - 30 * 86_400_000).toISOString()),
    links: countLinks(ledger, id),
    dead: deadLinks(ledger, id, most.dead),
    ...ratedOf(publication, id),
  }
}

/** The mean points of the datasets of a source, and what to do next in them. */
function ratedOf({ ledger }: Publication, id: string): { score: number | undefined; fixes: Fix[] } {
  const cards = scorecardsNow(ledger)
  const card = cards.find('source', id)
  return { score: card?.figures.points.score, fixes: card ? cards.fixes(card) : [] }
}

function sourceJson(standing: SourceStanding, { site: { publication, addresses } }: Page) {
  const { runs, problems, rules, alternates, quarantined, changed, score, links, dead, fixes } = detailsOf(publication, standing)
  return {
    ...standingJson(publication.catalogue.base, standing),
    alternates,
    score: score ?? null,
    changedInThirtyDays: changed,
    fixes,
    runs: runs.map(run => ({ ...run, report: addresses.run(run.source, run.id) })),
    problems,
    rules,
    quarantined: quarantined.map(({ id, dataset, title, score, shown }) => ({ id, dataset, title, score, shown: shown !== null })),
    links,
    deadLinks: dead.map(({ title, ...link }) => ({ ...link, title: JSON.parse(title) as Record<string, string> })),
  }
}
