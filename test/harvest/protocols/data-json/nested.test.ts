import { expect, test } from 'vitest'
import { house, onStage, portal } from '../../stage.ts'

onStage()

const dataset = (id: string, more: object = {}) => ({
  '@type': 'Dataset',
  identifier: `https://data.example.org/${id}`,
  title: `Jeu ${id}`,
  description: 'Une description.',
  landingPage: `https://data.example.org/page/${id}`,
  ...more,
})

async function harvested(catalogue: object) {
  portal.answers = { '/data.json': { type: 'application/json', body: JSON.stringify({ '@type': 'Catalog', ...catalogue }) } }
  const report = await house.harvest(house.source('data-json', `${portal.url}/data.json`))
  return {
    report,
    keys: house
      .records()
      .map(({ key }) => key.replace('https://data.example.org/', ''))
      .sort(),
  }
}
const graphOf = (id: string) => house.graph(house.records().find(({ key }) => key.endsWith(id))!.id)

test('the members of a series are datasets that name it, the first and the last of them too', async () => {
  const { report, keys } = await harvested({
    datasetSeries: [
      {
        '@id': 'https://data.example.org/s',
        title: 'Série',
        description: 'Par an.',
        seriesMember: [dataset('2021')],
        last: dataset('2022'),
        first: { '@id': 'https://data.example.org/2020' },
      },
    ],
  })
  expect(report).toMatchObject({ state: 'complete', problems: [] })
  expect(keys).toEqual(['2021', '2022', 's'])
  expect(graphOf('2022')).toContain('<http://www.w3.org/ns/dcat#inSeries> <https://data.example.org/s>')
})

test('a dataset that is listed and also described within another thing is told once', async () => {
  const service = {
    '@type': 'DataService',
    identifier: 'api',
    title: 'API',
    endpointURL: ['https://api.example.org/'],
    servesDataset: [dataset('a', { description: 'En bref.' }), dataset('b')],
  }
  const { report, keys } = await harvested({ dataset: [dataset('a')], service: [service] })
  expect(report).toMatchObject({ state: 'complete', added: 3, problems: [] })
  expect(keys).toEqual(['a', 'api', 'b'])
  expect(graphOf('/a')).toContain('Une description.')
  expect(graphOf('api')).toContain('<http://www.w3.org/ns/dcat#servesDataset> <https://data.example.org/b>')
})

test('catalogues lie within catalogues, by either of their names, and a member that is no dataset is told', async () => {
  const { report, keys } = await harvested({
    hasPart: [
      {
        title: 'Intérieur',
        dataset: [dataset('a')],
        catalog: [{ service: [{ title: 'Sans clef', endpointURL: 'https://api.example.org/' }], dataset: ['jeu', dataset('b')] }],
      },
    ],
  })
  expect(report.problems.map(({ code }) => code)).toEqual(['missing-id'])
  expect(keys).toHaveLength(3)
})

test('a relation by the identifier of another record of the file is its IRI', async () => {
  await harvested({
    dataset: [
      dataset('a', { identifier: 'COLL-7' }),
      dataset('b', { identifier: 'COLL-7-1', isPartOf: 'COLL-7', hasVersion: ['COLL-7-2', 'https://data.example.org/v2'] }),
    ],
  })
  const [whole] = house.records()
  expect(graphOf('COLL-7-1')).toContain(`<http://purl.org/dc/terms/isPartOf> <${whole!.dataset}>`)
  expect(graphOf('COLL-7-1')).toContain('<http://www.w3.org/ns/dcat#hasVersion> <https://data.example.org/v2>')
})

test('several addresses in one text are each of them', async () => {
  await harvested({ dataset: [dataset('a', { references: 'https://docs.example.org/1; https://docs.example.org/2, https://docs.example.org/3?a=1,2' })] })
  for (const page of ['1', '2', '3?a=1,2']) expect(graphOf('/a')).toContain(`<http://xmlns.com/foaf/0.1/page> <https://docs.example.org/${page}>`)
})
