import { addressesOf } from '../../config/addresses.ts'
import { dqv, prov, pv, rdf, skos, xsd } from '../../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../../rdf/terms.ts'
import { dateOfDay } from '../../validate/quality/freshness.ts'
import { metrics, mqaDimensions } from '../../validate/quality/metrics.ts'
import { wordsIn } from '../../words/words.ts'
import { metricNode } from '../measurements.ts'
import type { Publication } from '../publication.ts'
import { columns, hasPoints, shareOf, type Figures } from './figures.ts'
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
  return [['datasetCount', datasets, true], ...(hasPoints(figures) ? means : []), ...shares]
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

/** What metrics mean, those of data.europa.eu and ours: their names and formulas as the pages have them, and the dimension and points of what is assessed. */
export function metricQuads({ catalogue }: Pick<Publication, 'catalogue'>): Quad[] {
  const words = catalogue.languages.map(wordsIn)
  const texts = (self: NamedNode, property: NamedNode, key: string) => words.map(({ t, language }) => quad(self, property, literal(t(key), language)))
  const named = (name: string, label: string, definition: string, [called, means] = ['', '']) => {
    const self = metricNode(name)
    return [
      quad(self, rdf.type, dqv.Metric),
      ...words.map(({ t, language }) => quad(self, skos.prefLabel, literal(called ? t(called, { name: t(label) }) : t(label), language))),
      ...words.map(({ t, language }) => quad(self, skos.definition, literal(means ? t(means, { formula: t(definition) }) : t(definition), language))),
    ]
  }
  const dimensionNode = (dimension: string) => namedNode(`${pv}${dimension}`)
  const ofDimension = mqaDimensions.flatMap(dimension => [
    quad(dimensionNode(dimension), rdf.type, dqv.Dimension),
    ...texts(dimensionNode(dimension), skos.prefLabel, `dimension.${dimension}`),
    ...named(`${dimension}Scoring`, `dimension.${dimension}`, 'formula.scoring'),
    quad(metricNode(`${dimension}Scoring`), dqv.inDimension, dimensionNode(dimension)),
  ])
  const ofAssessment = metrics.flatMap(({ name, dimension, weight }) => [
    ...named(name, `metric.${name}`, name === 'dcatApCompliance' ? 'formula.dcatApCompliance' : 'formula.metric'),
    quad(metricNode(name), dqv.inDimension, dimensionNode(dimension)),
    quad(metricNode(name), dqv.expectedDataType, name.endsWith('StatusCode') ? xsd.integer : xsd.boolean),
    quad(metricNode(name), namedNode(`${pv}trueScore`), literal(String(weight), xsd.integer)),
    quad(metricNode(name), namedNode(`${pv}falseScore`), literal('0', xsd.integer)),
  ])
  // The formula of a column says what its share is; what is a warning alone is not divided by anything.
  const ofColumns = columns.flatMap(({ name, warning }) => [
    ...named(`${name}Count`, `criterion.${name}`, `formula.${name}`, ['scorecard.count_of', warning ? '' : 'scorecard.count_means']),
    ...named(`${name}Share`, `criterion.${name}`, `formula.${name}`, ['scorecard.share_of', '']),
  ])
  const ofDatasets = columns.filter(({ name, requests }) => !requests && !metrics.some(metric => metric.name === name) && name !== 'fresh')
  return [
    ...named('scoring', 'scorecard.points', 'formula.scoring'),
    ...named('scoringByDcatAp2', 'quality.dcat_ap_2', 'formula.scoring'),
    ...named('dcatAp2Compliance', 'criterion.dcatAp2Compliance', 'formula.dcatApCompliance'),
    ...named('stars', 'criterion.stars', 'formula.stars'),
    ...named('datasetCount', 'scorecard.datasets', 'formula.datasetCount'),
    ...ofDimension,
    ...ofAssessment,
    ...ofColumns,
    ...ofDatasets.flatMap(({ name }) => named(name, `criterion.${name}`, `formula.${name}`)),
  ]
}
