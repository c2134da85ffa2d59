import { addressesOf } from '../../config/addresses.ts'
import { dateOfDay } from '../../validate/quality/freshness.ts'
import { mostPoints } from '../../validate/quality/metrics.ts'
import { rating } from '../../validate/quality/points.ts'
import type { Publication } from '../publication.ts'
import { hasPoints, shareOf, type Figures } from './figures.ts'
import { iriOf, nameOf, pageOf } from './names.ts'
import type { Scorecard, Scorecards } from './scorecard.ts'

const tenth = (value: number) => Math.round(value * 10) / 10
const range = ({ score, open }: Figures['points']) => ({ least: score, most: tenth(score + open), of: mostPoints, rating: rating(score) })

/** The figures of a scorecard, for programs: counts with the number of datasets of which they are known. */
export const figuresJson = (figures: Figures) => ({
  datasets: figures.datasets,
  points: hasPoints(figures) ? range(figures.points) : null,
  pointsByDcatAp2: hasPoints(figures) ? range(figures.pointsByDcatAp2) : null,
  dimensions: hasPoints(figures) ? figures.dimensions : null,
  ratings: figures.ratings,
  criteria: Object.fromEntries(Object.entries(figures.counts).map(([name, [met, of]]) => [name, { met, of, share: shareOf(figures, name) ?? null }])),
})

export const scorecardJson = (publication: Publication, card: Scorecard, languages: string[]) => ({
  kind: card.kind,
  id: card.scope || null,
  iri: iriOf(publication, card),
  name: nameOf(publication, card, languages),
  page: pageOf(card, addressesOf(publication.catalogue.base)),
  ...figuresJson(card.figures),
})

/** One scope whole: with what to do next, and how it came to its figures. */
export const detailsJson = (
  publication: Publication,
  cards: Scorecards,
  card: Scorecard,
  history: { day: number; figures: Figures | null }[],
  languages: string[],
) => ({
  day: dateOfDay(cards.day),
  ...scorecardJson(publication, card, languages),
  fixes: cards.fixes(card),
  history: history.flatMap(({ day, figures }) => (figures ? [{ day: dateOfDay(day), ...figuresJson(figures) }] : [])),
})
