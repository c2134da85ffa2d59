import { describe, expect, test } from 'vitest'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'
import { answer, answers, api, indicator, tree, type Sample, type Told } from './portal.ts'

const broken = { code: 'broken' }
const at = (code: string) => `${api}/indicators/${code}`
const served = (records: unknown[]) => {
  const all = answers(records as Sample[])
  return { ...all, ...(records.includes(broken) && { [at('broken')]: { type: 'application/json', body: '{"iid":5,"code":"broken","label":' } }) }
}

keepsTheContract({
  protocol: 'hcp-bds',
  url: portal => `${portal}${api}`,
  record: indicator,
  broken,
  answers: served,
  partly: records => ({ ...served(records), [at('e')]: { status: 404, type: 'text/plain', body: 'Not Found' } }),
})

describe('hcp-bds', () => {
  onStage()
  const source = (options = {}, more = {}) => house.source('hcp-bds', `${portal.url}${api}`, { options, ...more })
  const graphOf = async (sample: Sample, options = {}) => {
    portal.answers = answers([sample])
    expect(await house.harvest(source(options))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    return house.graph(house.records()[0]!.id)
  }

  test('the values of an indicator, 16 MB of them, are not read: the connection is closed after its metadata', async () => {
    const told: Record<string, Told> = Object.fromEntries(['a', 'b', 'c'].map(code => [code, { sent: 0, hungUp: false }]))
    const samples = Object.keys(told).map(code => indicator(code))
    portal.answers = { ...answers(samples), ...Object.fromEntries(samples.map(sample => [at(sample.code), answer(sample, 16e6, told[sample.code])])) }
    // Were an answer read to its end, it would be too large.
    const limits = { ...house.engine.catalogue.limits, maxBytes: 4e6 }
    expect(await house.harvest(source({}, { limits }))).toMatchObject({ state: 'complete', added: 3, problems: [] })
    await expect.poll(() => Object.values(told).map(({ hungUp }) => hungUp)).toEqual([true, true, true])
    for (const { sent } of Object.values(told)) expect(sent).toBeLessThan(1e6)
  })

  const object = { toString: 1 }
  test.each<[string, Record<string, unknown>]>([
    ['a frequency called as what all objects have', { metaData: { frequency: 'constructor' } }],
    ['periods that are objects', { periods: [object, '2026M5'] }],
    [
      'a rank that is an object',
      {
        dimensions: [
          { id: 1, rank: object, label: 'Villes' },
          { id: 2, rank: 1, label: 'Produits' },
        ],
      },
    ],
    ['a date that is an object', { updatingDate: object }],
  ])('%s costs no indicator', async (_name, more) => {
    expect(await graphOf(indicator('a', 1, more))).not.toMatch(/native code|\[object/)
  })

  test('an indicator is a dataset of StatDCAT-AP', async () => {
    const graph = await graphOf(
      indicator('I4166', 1, {
        metaData: {
          unit: 'Indice',
          frequency: 'M',
          source: 'Division des indices (exemple)',
          definitionFr: 'Mesure des prix.',
          footNotesFr: 'Base 100 en 2017.',
          methodOfCalculationFr: 'Moyenne pondérée.',
        },
      }),
      { page: 'https://statistiques.example.org/indicateurs/{code}' },
    )
    const dataset = '<https://statistiques.example.org/indicateurs/I4166>'
    for (const statement of [
      `${dataset} <http://purl.org/dc/terms/title> "Indice I4166"@fr .`,
      `${dataset} <http://purl.org/dc/terms/description> "Mesure des prix.\\n\\nBase 100 en 2017."@fr .`,
      `${dataset} <http://purl.org/dc/terms/identifier> "I4166" .`,
      `${dataset} <http://purl.org/dc/terms/accrualPeriodicity> <http://publications.europa.eu/resource/authority/frequency/MONTHLY> .`,
      `${dataset} <http://purl.org/dc/terms/type> <http://publications.europa.eu/resource/authority/dataset-type/STATISTICAL> .`,
      `${dataset} <http://purl.org/dc/terms/modified> "2026-06-22T12:26:21.708Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .`,
      `${dataset} <http://www.w3.org/ns/dcat#temporalResolution> "P1M"^^<http://www.w3.org/2001/XMLSchema#duration> .`,
      `${dataset} <http://www.w3.org/ns/dcat#keyword> "Prix à la consommation"@fr .`,
      `${dataset} <http://www.w3.org/ns/dcat#landingPage> ${dataset} .`,
      '<http://www.w3.org/ns/dcat#startDate> "2025-11"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .',
      '<http://www.w3.org/ns/dcat#endDate> "2026-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .',
      '<http://www.w3.org/2000/01/rdf-schema#label> "Villes"@fr .',
      '<http://www.w3.org/2000/01/rdf-schema#label> "Groupes de produits"@fr .',
      '<http://www.w3.org/2004/02/skos/core#prefLabel> "Indice"@fr .',
      '<http://xmlns.com/foaf/0.1/name> "Division des indices (exemple)"@fr .',
      '<http://www.w3.org/2000/01/rdf-schema#label> "Moyenne pondérée."@fr .',
      `<http://www.w3.org/ns/dcat#downloadURL> <${portal.url}${at('I4166')}> .`,
      `<http://www.w3.org/ns/dcat#endpointURL> <${portal.url}${api}> .`,
    ])
      expect(graph).toContain(statement)
    expect(graph.match(/<http:\/\/data\.europa\.eu\/m8g\/dimension>/g)).toHaveLength(2)
    expect(graph).not.toContain('numSeries')
    expect(house.records()[0]).toMatchObject({ key: 'I4166', id: 'portal-indice-i4166' })
  })

  test('what is read at another address than the public one bears the public one', async () => {
    const graph = await graphOf(indicator('a'), { site: 'https://bds.example.org/api/v1/' })
    expect(graph).toContain('<https://bds.example.org/main/indicators/a> <http://purl.org/dc/terms/identifier> "a" .')
    expect(graph).toContain('<http://www.w3.org/ns/dcat#downloadURL> <https://bds.example.org/api/v1/indicators/a> .')
    expect(graph).not.toContain(portal.url)
  })

  test('one without dimensions is one series; the place that the source states is its place', async () => {
    const graph = await graphOf(
      indicator('a', 1, { dimensions: null, periods: ['2019', '2024'], metaData: { frequency: 'AS', source: null, unit: null, definitionFr: null } }),
      { place: 'Maroc' },
    )
    expect(graph).toContain('<http://data.europa.eu/m8g/numSeries> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .')
    expect(graph).toContain('<http://purl.org/dc/terms/spatial> <https://catalogue.example.ma/id/territory/MA> .')
    expect(graph).toContain('<http://www.w3.org/ns/dcat#startDate> "2019"^^<http://www.w3.org/2001/XMLSchema#gYear> .')
    expect(graph).toContain('frequency/ANNUAL>')
  })

  test('one that has ended is complete, and no update of it is expected', async () => {
    const graph = await graphOf(indicator('a', 1, { isShutOff: true, shutOffComment: 'Remplacé par la base 2017.' }))
    for (const part of [
      'frequency/NOT_PLANNED>',
      'distribution-status/COMPLETED>',
      '<http://www.w3.org/ns/adms#versionNotes> "Remplacé par la base 2017."@fr .',
    ])
      expect(graph).toContain(part)
  })

  test.each([
    [['2025T2', '2024T4'], '2024-10', '2025-06'],
    [['2024S2'], '2024-07', '2024-12'],
    [['2020', '2021M3'], '2020-01', '2021-03'],
    [['2020', 'ND'], '2020-01', '2020-12'],
  ])('periods %j are %s to %s', async (periods, start, end) => {
    const graph = await graphOf(indicator('a', 1, { periods }))
    expect(graph).toContain(`<http://www.w3.org/ns/dcat#startDate> "${start}"`)
    expect(graph).toContain(`<http://www.w3.org/ns/dcat#endDate> "${end}"`)
  })

  test.each([[['2024T5', '2024M13', '', 'ND']], [[]], [null], ['2024']])('periods %j are none', async periods => {
    expect(await graphOf(indicator('a', 1, { periods }))).not.toContain('temporal>')
  })

  test('an indicator that stands in two subjects is one dataset with both themes', async () => {
    portal.answers = {
      ...answers([indicator('a')]),
      [`${api}/subject-groups`]: {
        type: 'application/json',
        body: JSON.stringify([
          ...tree([indicator('a')], () => 'Emploi'),
          { code: 'S', label: 'Santé', subjects: [{ label: 'Hôpitaux', indicators: [{ code: 'a' }] }] },
        ]),
      },
    }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 1, added: 1, problems: [] })
    const graph = house.graph(house.records()[0]!.id)
    for (const part of [
      '<http://www.w3.org/ns/dcat#theme> <https://catalogue.example.ma/id/theme/emploi> .',
      '<http://www.w3.org/ns/dcat#theme> <https://catalogue.example.ma/id/theme/sante> .',
      '"Hôpitaux"@fr',
    ])
      expect(graph).toContain(part)
  })

  test('values change without their metadata: nothing is updated', async () => {
    portal.answers = answers([indicator('a')])
    await house.harvest(source())
    portal.answers[at('a')] = answer(indicator('a'), 100_000)
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', unchanged: 1, updated: 0 })
  })

  test('what stands after the values is read where the code had not come before them', async () => {
    const { iid } = indicator('a')
    portal.answers = { ...answers([indicator('a')]), [at('a')]: answer({ iid, after: indicator('a') } as unknown as Sample) }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 1, problems: [] })
    expect(house.records()[0]!.title).toEqual({ fr: 'Indice a' })
  })

  test('one indicator alone is asked for by its code, after the tree', async () => {
    portal.answers = answers(['a', 'b', 'c'].map(code => indicator(code)))
    await house.harvest(source())
    portal.asked.length = 0
    expect(await house.harvest(source(), { only: 'b' })).toMatchObject({ state: 'complete', seen: 1, unchanged: 1 })
    expect(portal.asked).toEqual([`${api}/subject-groups`, at('b')])
    expect((await house.harvest(source(), { only: 'z' })).problems).toHaveLength(1)
  })

  test('three indicators in a row that are not answered: the portal is lost, and is left alone', async () => {
    portal.answers = answers(['a', 'b', 'c', 'd', 'e', 'f'].map(code => indicator(code)))
    await house.harvest(source())
    for (const code of ['b', 'c', 'd', 'e', 'f']) portal.answers[at(code)] = { type: 'text/html', body: '<html><title>Request Rejected</title></html>' }
    portal.asked.length = 0
    expect(await house.harvest(source(), { full: true })).toMatchObject({
      state: 'partial',
      unchanged: 1,
      missing: 0,
      problems: [{ code: 'portal-refused' }, { code: 'portal-refused' }, { code: 'portal-refused' }],
    })
    expect(portal.asked).toHaveLength(5)
  })

  test.each([
    ['another indicator', { body: '{"code":"b","label":"B","data":{}}' }, /answered with the indicator b/],
    ['a list', { body: '[]' }, /no indicator/],
    ['null', { body: 'null' }, /broken or cut off|no indicator/],
    ['nothing', { body: '' }, /broken or cut off/],
  ])('%s in the place of an indicator costs that one', async (_name, wrong, says) => {
    portal.answers = { ...answers(['a', 'b'].map(code => indicator(code))), [at('a')]: { type: 'application/json', ...wrong } }
    const report = await house.harvest(source())
    expect(report).toMatchObject({ added: 1, failed: 1 })
    expect(report.problems[0]!.message).toMatch(says)
  })

  test('an indicator of the tree without a code is named, and nothing is removed', async () => {
    portal.answers = answers(['a', 'b', 'c'].map(code => indicator(code)))
    await house.harvest(source())
    portal.answers[`${api}/subject-groups`] = {
      type: 'application/json',
      body: JSON.stringify(tree([indicator('a'), { label: 'Sans code' } as Sample, indicator('c')])),
    }
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', unchanged: 2, failed: 1, missing: 0, problems: [{ code: 'missing-id' }] })
  })

  test.each(['{"error":"not found"}', '"tree"', '12'])('%s in the place of the tree is no such API', async body => {
    portal.answers = { [`${api}/subject-groups`]: { type: 'application/json', body } }
    expect(await house.harvest(source())).toMatchObject({ state: 'failed', problems: [{ code: 'unexpected-answer' }] })
  })
})
