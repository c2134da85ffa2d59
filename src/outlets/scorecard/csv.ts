import type { Fix } from '../../validate/quality/fixes.ts'
import { dateOfDay } from '../../validate/quality/freshness.ts'
import { mqaDimensions } from '../../validate/quality/metrics.ts'
import { ratings } from '../../validate/quality/points.ts'
import { byteOrderMark, row } from '../csv.ts'
import type { Publication } from '../publication.ts'
import { columns, hasPoints, shareOf, type Figures } from './figures.ts'
import { nameOf } from './names.ts'
import type { Scorecard, Scorecards } from './scorecard.ts'

const figureHeads = [
  'datasets',
  'points',
  'points_up_to',
  'points_dcat_ap_2',
  'points_dcat_ap_2_up_to',
  ...mqaDimensions,
  ...ratings,
  ...columns.flatMap(({ name }) => [name, `${name}_of`, `${name}_percent`]),
]

const sum = ({ score, open }: Figures['points']) => Math.round((score + open) * 10) / 10

function figureCells(figures: Figures): string[] {
  const { datasets, points, pointsByDcatAp2, dimensions, ratings: rated, counts } = figures
  return [
    String(datasets),
    ...[points.score, sum(points), pointsByDcatAp2.score, sum(pointsByDcatAp2), ...mqaDimensions.map(dimension => dimensions[dimension])].map(value =>
      hasPoints(figures) ? String(value) : '',
    ),
    ...ratings.map(each => String(rated[each])),
    ...columns.flatMap(({ name }) => {
      const [met, of] = counts[name] ?? [0, 0]
      const share = shareOf(figures, name)
      return [String(met), String(of), share === undefined ? '' : (share * 100).toFixed(1)]
    }),
  ]
}

const fixCells = (fix: Fix | undefined) => (fix ? [fix.change, String(fix.points), String(fix.records)] : ['', '', ''])

const kinds = ['publisher', 'source', 'theme', 'territory'] as const

/** The scorecards of a day, one scope a line, each with the change that gains most points. */
export function* scorecardsCsv(publication: Publication, cards: Scorecards, languages: string[]): Generator<string> {
  yield byteOrderMark + row(['day', 'kind', 'id', 'name', ...figureHeads, 'next_fix', 'next_fix_points', 'next_fix_datasets'])
  for (const card of [cards.whole, ...kinds.flatMap(kind => cards.of(kind))])
    yield row([
      dateOfDay(cards.day),
      card.kind,
      card.scope,
      nameOf(publication, card, languages),
      ...figureCells(card.figures),
      ...fixCells(cards.fixes(card)[0]),
    ])
}

/** One scope day by day, as its figures became others. */
export function* historyCsv({ kind, scope }: Scorecard, days: { day: number; figures: Figures | null }[]): Generator<string> {
  yield byteOrderMark + row(['day', 'kind', 'id', ...figureHeads])
  for (const { day, figures } of days) if (figures) yield row([dateOfDay(day), kind, scope, ...figureCells(figures)])
}
