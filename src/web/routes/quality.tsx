import type { ScopeKind } from '../../ledger/records/tallies.ts'
import { historyCsv, scorecardsCsv } from '../../outlets/scorecard/csv.ts'
import { detailsJson, scorecardJson } from '../../outlets/scorecard/json.ts'
import { scorecardQuads } from '../../outlets/scorecard/rdf.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { dateOfDay } from '../../validate/quality/freshness.ts'
import { csv, html, json, rdf } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import type { Page } from '../page/page.ts'
import { tableLanguages } from '../page/report.ts'
import { readScorecard, type Asked } from '../page/scorecards.ts'
import { knownSource } from '../site/site.ts'
import { ScorecardView } from '../views/quality/scorecard.tsx'

const fileName = ({ card, cards }: Asked) =>
  `${['quality', card.scope.replace(/[^\p{L}\p{N}-]+/gu, '-')].filter(Boolean).join('-')}-${dateOfDay(cards.day)}.csv`
const view = html((asked: Asked, page: Page) => <ScorecardView page={page} asked={asked} />)
/** What is on time depends on the day. */
const seconds = 600

/** The scorecards of the whole programme: where it stands, what to do next, and the league of those who publish. */
export const quality: Resource<Asked> = {
  find: page => readScorecard(page, 'catalogue', ''),
  as: [
    view,
    json(({ cards, card, history }, { site: { publication }, reading }) => ({
      ...detailsJson(publication, cards, card, history, reading),
      publishers: cards.of('publisher').map(each => scorecardJson(publication, each, reading)),
      sources: cards.of('source').map(each => scorecardJson(publication, each, reading)),
    })),
    csv(({ cards }, page) => scorecardsCsv(page.site.publication, cards, tableLanguages(page)), fileName),
    ...rdf<Asked>(graphFormats, ({ cards }, { site: { publication } }) => ({
      quads: scorecardQuads(publication, cards, [cards.whole, ...cards.of('publisher'), ...cards.of('source')]),
    })),
  ],
  seconds,
}

/** The scorecard of one scope, with its days as a table. */
const scorecardOf = (kind: ScopeKind, scopeOf: (page: Page, params: Record<string, string>) => string): Resource<Asked> => ({
  find: (page, params) => readScorecard(page, kind, scopeOf(page, params)),
  as: [
    view,
    json(({ cards, card, history }, { site, reading }) => detailsJson(site.publication, cards, card, history, reading)),
    csv(({ card, history }) => historyCsv(card, history), fileName),
    ...rdf<Asked>(graphFormats, ({ cards, card }, { site }) => ({ quads: scorecardQuads(site.publication, cards, [card]) })),
  ],
  seconds,
})

export const publisherQuality = scorecardOf('publisher', (_page, { organisation = '' }) => organisation)
export const themeQuality = scorecardOf('theme', (_page, { slug = '' }) => slug)
export const territoryQuality = scorecardOf('territory', (_page, { slug = '' }) => slug)
export const sourceQuality = scorecardOf('source', ({ site }, { id = '' }) => knownSource(site, id).id)
