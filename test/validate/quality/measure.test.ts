import { describe, expect, it } from 'vitest'
import type { Graph } from '../../../src/rdf/graph.ts'
import { namedNode } from '../../../src/rdf/terms.ts'
import { measure } from '../../../src/validate/quality/measure.ts'
import { metrics, mostPoints, standards } from '../../../src/validate/quality/metrics.ts'
import { pointsByDimension, pointsOf, rating } from '../../../src/validate/quality/points.ts'
import { turtle, vocabulary } from '../../edition.ts'

const lists = await vocabulary()
const page = (text: string): Graph =>
  turtle(
    `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix eu: <http://publications.europa.eu/resource/authority/> . @prefix iana: <https://www.iana.org/assignments/media-types/> . @prefix : <https://e.ma/> .\n${text}`,
  )
const of = (text: string, compliant = false, compliant2: boolean | null = null) =>
  measure(page(`:a a dcat:Dataset . ${text}`), namedNode('https://e.ma/a'), lists, { compliant, compliant2, languages: ['fr', 'ar'] })
const csv = '<http://publications.europa.eu/resource/authority/file-type/CSV>'
const file = (what: string) => `:a dcat:distribution :f . :f ${what} .`

it('the metrics are those of the European assessment, 405 points in all', () => {
  const of = (dimension: string) => metrics.filter(metric => metric.dimension === dimension).reduce((sum, metric) => sum + metric.weight, 0)
  expect(mostPoints).toBe(405)
  expect(['findability', 'accessibility', 'interoperability', 'reusability', 'contextuality'].map(of)).toEqual([100, 100, 110, 75, 20])
  expect(new Set(metrics.map(metric => metric.name)).size).toBe(23)
})

describe('what a record gets points for', () => {
  it.each<[string, string, number, string]>([
    ['nothing', '', 0, 'findability'],
    ['a keyword', ':a dcat:keyword "x"@fr , "y"@fr .', 30, 'findability'],
    ['a theme', ':a dcat:theme :t .', 30, 'findability'],
    ['a place', ':a dct:spatial "Fès" .', 20, 'findability'],
    ['a period', ':a dct:temporal [] .', 20, 'findability'],
    ['a contact', ':a dcat:contactPoint :c .', 20, 'reusability'],
    ['a publisher', ':a dct:publisher :p .', 10, 'reusability'],
    ['access rights in words', ':a dct:accessRights "public" .', 10, 'reusability'],
    ['access rights of the list', ':a dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> .', 15, 'reusability'],
    ['its dates', ':a dct:issued "2024" ; dct:modified "2024" .', 10, 'contextuality'],
    ['the dates of its file', file('dct:issued "2024" ; dct:modified "2024"'), 10, 'contextuality'],
    ['both, once', `:a dct:issued "2024" . ${file('dct:issued "2024"')}`, 5, 'contextuality'],
    ['a download address', file('dcat:downloadURL <https://e.ma/f.csv>'), 20, 'accessibility'],
    ['a format in words', file('dct:format "CSV"'), 20, 'interoperability'],
    ['an open format of the list', file(`dct:format ${csv}`), 20 + 10 + 20 + 20, 'interoperability'],
    ['a closed one', file('dct:format <http://publications.europa.eu/resource/authority/file-type/XLSX>'), 20 + 10 + 20, 'interoperability'],
    [
      'a format that is not for machines',
      file('dct:format <http://publications.europa.eu/resource/authority/file-type/TXT>'),
      20 + 10 + 20,
      'interoperability',
    ],
    ['a media type alone', file('dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv>'), 10 + 10 + 20 + 20, 'interoperability'],
    ['a media type in words', file('dcat:mediaType "text/csv"'), 10, 'interoperability'],
    ['a format of the list with a media type in words', file(`dct:format ${csv} ; dcat:mediaType "text/csv"`), 20 + 10 + 20 + 20, 'interoperability'],
    ['a licence', file('dct:license :l'), 20, 'reusability'],
    ['a licence of the European list', file('dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0>'), 30, 'reusability'],
    ['a licence of the national list, which is not on the European one', file('dct:license <id/licence/odbl-ma>'), 20, 'reusability'],
    ['rights and size', file('dct:rights "x" ; dcat:byteSize 5'), 10, 'contextuality'],
    ['a licence on the dataset only', ':a dct:license :l .', 0, 'reusability'],
  ])('%s', (_what, text, points, dimension) => {
    const { score, dimensions } = of(text)
    expect(score).toBe(points)
    expect(dimensions).toEqual({ findability: 0, accessibility: 0, interoperability: 0, reusability: 0, contextuality: 0, [dimension]: points })
  })

  it('keeping to DCAT-AP is worth 30', () => {
    expect(of('', true)).toMatchObject({ score: 30, dimensions: { interoperability: 30 } })
  })

  it('the best file counts, not the sum of all', () => {
    expect(of(`:a dcat:distribution :f , :g . :f dct:license :l . :g dct:license <id/licence/odbl-ma> ; dcat:byteSize 5 .`)).toMatchObject({ score: 25 })
  })

  it('what has all but answering addresses has 325 of the 405 points', () => {
    const whole = of(
      `:a dcat:keyword "x" ; dcat:theme :t ; dct:spatial :s ; dct:temporal :p ; dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC> ; dcat:contactPoint :c ; dct:publisher :p ; dct:issued "2024" ; dct:modified "2024" .
      ${file(`dcat:accessURL <https://e.ma/p> ; dcat:downloadURL <https://e.ma/f> ; dct:format ${csv} ; dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv> ; dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0> ; dct:rights "r" ; dcat:byteSize 5`)}`,
      true,
    )
    expect(whole).toMatchObject({
      score: 325,
      open: 80,
      dimensions: { findability: 100, accessibility: 20, interoperability: 110, reusability: 75, contextuality: 20 },
      measurements: { accessUrlStatusCode: null, downloadUrlStatusCode: null, keywordAvailability: 1 },
    })
  })

  it('does not depend on the order of the feed', () => {
    const parts = ['dct:format "CSV"', 'dcat:byteSize 5 ; dct:rights "r" ; dcat:mediaType "x"'].map(
      (what, at) => `:a dcat:distribution :f${at} . :f${at} ${what} .`,
    )
    expect(of(parts.join(' '))).toEqual(of(parts.toReversed().join(' ')))
  })

  it('where there is no file, its licence is missing, and no address is said not to answer', () => {
    const { measurements, open } = of('')
    expect(measurements['licenceAvailability']).toBe(0)
    expect(Object.keys(measurements)).not.toContain('accessUrlStatusCode')
    expect(Object.keys(measurements)).not.toContain('downloadUrlStatusCode')
    expect(open).toBe(0)
  })

  it('an address that is not there is not one that nobody has asked yet', () => {
    expect(of(file('dcat:accessURL <https://e.ma/p>'))).toMatchObject({ score: 0, open: 50 })
    expect(of(file('dcat:downloadURL <https://e.ma/f.csv>'))).toMatchObject({ score: 20, open: 30 })
  })

  it('each file has its own measurements, dates too', () => {
    const { files } = of(`:a dcat:distribution :f , :g . :f dct:license :l ; dct:issued "2024" . :g dct:format ${csv} .`)
    expect(files['https://e.ma/f']).toMatchObject({ licenceAvailability: 1, formatAvailability: 0, dateIssuedAvailability: 1 })
    expect(files['https://e.ma/g']).toMatchObject({ licenceAvailability: 0, formatAvailability: 1, dateIssuedAvailability: 0 })
  })

  it('the same dataset has the points of data.europa.eu beside those of today: only the profile tells them apart', () => {
    const [today, former] = standards.map(standard => pointsOf(of(':a dcat:keyword "x" .', false, true).measurements, standard))
    expect([today!.score, former!.score]).toEqual([30, 60])
    const { score, open } = pointsOf(of(':a dcat:keyword "x" .', false).measurements, standards[1])
    expect([score, open]).toEqual([30, 30])
  })
})

it.each([
  [0, 'bad'],
  [119, 'bad'],
  [120, 'sufficient'],
  [220, 'sufficient'],
  [221, 'good'],
  [350, 'good'],
  [351, 'excellent'],
  [405, 'excellent'],
])('%d points are %s', (score, name) => {
  expect(rating(score)).toBe(name)
})

it('what was measured is summed by dimension, and what was not measured apart', () => {
  const { measurements, score, dimensions } = of(`:a dcat:keyword "x"@fr . ${file('dcat:downloadURL <https://e.ma/f.csv> ; dct:license :l')}`)
  const sums = pointsByDimension(measurements)
  expect(Object.fromEntries(sums.map(({ dimension, points }) => [dimension, points]))).toEqual(dimensions)
  expect(sums.reduce((sum, { points }) => sum + points, 0)).toBe(score)
  expect(sums.reduce((sum, { most }) => sum + most, 0)).toBe(mostPoints)
  expect(sums.find(({ dimension }) => dimension === 'accessibility')).toMatchObject({
    points: 20,
    unknown: 30,
    most: 100,
    metrics: [
      { name: 'accessUrlStatusCode', value: undefined },
      { name: 'downloadUrlAvailability', value: 1 },
      { name: 'downloadUrlStatusCode', value: null },
    ],
  })
})
