import { addressesOf } from '../../config/addresses.ts'
import { dqv, prov, rdf, skos, xsd } from '../../rdf/namespaces.ts'
import { literal, namedNode, quad, type Quad } from '../../rdf/terms.ts'
import { dateOfDay } from '../../validate/quality/freshness.ts'
import { mqaDimensions } from '../../validate/quality/metrics.ts'
import { wordsIn } from '../../words/words.ts'
import { metricNode } from '../measurements.ts'
import type { Publication } from '../publication.ts'
import { columns, shareOf, type Figures } from './figures.ts'
import { iriOf, pageOf } from './names.ts'
import type { Scorecard, Scorecards } from './scorecard.ts'

/** What a scorecard says, metric by metric: means of points and shares as decimals, counts as whole numbers. */
function measured(figures: Figures): [metric: string, value: number, whole: boolean][] {
  const { datasets, points, pointsByDcatAp2, dimensions, counts } = figures
  const means: [string, number, boolean][] = [
    ['scoring', points.score, false],
    ['scoringByDcatAp2', pointsByDcatAp2.score, false],
    ...mqaDimensions.map((dimension): [string, number, boolean] => [`${dimension}Scoring`, dimensions[dimension], false]),
  ]
  const shares = columns.flatMap(({ name }): [string, number, boolean][] => {
    const share = shareOf(figures, name)
    return share === undefined
      ? []
      : [
          [`${name}Count`, counts[name]![0], true],
          [`${name}Share`, share, false],
        ]
  })
  return [['datasetCount', datasets, true], ...means, ...shares]
}

/** Scorecards as DQV: measurements of the catalogue, of its sources and of the bodies that publish in it. */
export function scorecardQuads(publication: Publication, { day }: Scorecards, cards: Scorecard[]): Quad[] {
  const addresses = addressesOf(publication.catalogue.base)
  const at = literal(`${dateOfDay(day)}T00:00:00Z`, xsd.dateTime)
  const said = cards.flatMap(card => {
    const about = namedNode(iriOf(publication, card))
    return measured(card.figures).flatMap(([metric, value, whole]) => {
      const self = namedNode(`${pageOf(card, addresses)}#measurement-${metric}`)
      return [
        quad(about, dqv.hasQualityMeasurement, self),
        quad(self, rdf.type, dqv.QualityMeasurement),
        quad(self, dqv.isMeasurementOf, metricNode(metric)),
        quad(self, dqv.computedOn, about),
        quad(self, dqv.value, whole ? literal(String(value), xsd.integer) : literal(value.toFixed(4).replace(/0+$/, '').replace(/\.$/, '.0'), xsd.decimal)),
        quad(self, prov.generatedAtTime, at),
      ]
    })
  })
  return [...said, ...metricQuads(publication)]
}

/** What the metrics of ours mean: their names and formulas, as the pages have them. */
function metricQuads({ catalogue }: Publication): Quad[] {
  const words = catalogue.languages.map(wordsIn)
  return columns.flatMap(({ name }) =>
    ['Count', 'Share'].flatMap(kind => {
      const self = metricNode(`${name}${kind}`)
      return [
        quad(self, rdf.type, dqv.Metric),
        ...words.flatMap(({ t, language }) => [
          quad(self, skos.prefLabel, literal(t(`criterion.${name}`), language)),
          quad(self, skos.definition, literal(t(`formula.${name}`), language)),
        ]),
      ]
    }),
  )
}
