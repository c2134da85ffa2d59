import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { rebuild } from '../../../../src/harvest/run/rebuild.ts'
import { payloadOf } from '../../../../src/ledger/records/payloads.ts'
import { corpus } from '../../../corpus.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'
import { answers, sample, structureXml, type Sample } from './portal.ts'

const lost = { status: 404, type: 'text/plain', body: 'Not Found' }

keepsTheContract({
  protocol: 'sdmx',
  url: portal => `${portal}/rest`,
  record: sample,
  broken: sample(''),
  key: id => `INS:${id}`,
  single: true,
  answers: records => answers(records as Sample[]),
  partly: records => ({ ...answers(records as Sample[]), '/rest/dataflow/INS/e/1.0?*': lost }),
})

keepsTheContract({
  protocol: 'sdmx',
  options: { version: '3.0', format: 'json' },
  url: portal => `${portal}/rest/`,
  record: sample,
  broken: sample(''),
  key: id => `INS:${id}`,
  single: true,
  answers: records => answers(records as Sample[], '3.0', 'json'),
  partly: records => ({ ...answers(records as Sample[], '3.0', 'json'), '/rest/structure/dataflow/INS/e/1.0?*': lost }),
})

describe('sdmx', () => {
  onStage()
  const source = (options = {}, more = {}) =>
    house.source('sdmx', `${portal.url}/rest`, { options: { site: 'https://sdmx.example.org/rest', ...options }, ...more })
  const graphOf = async (one: Sample, options = {}, of = '2.1', format = 'xml') => {
    portal.answers = answers([one], of, format)
    expect(await house.harvest(source({ version: of, format, ...options }))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    return house.graph(house.records()[0]!.id)
  }

  test('dataflows that are answered with something else cost no others, however many stand in a row', async () => {
    const ids = 'abcdefgh'.split('')
    portal.answers = {
      ...answers(
        ids.map(id => sample(id)),
        '3.0',
        'json',
      ),
      ...Object.fromEntries(['b', 'c', 'd', 'e'].map(id => [`/rest/structure/dataflow/INS/${id}/1.0?*`, { type: 'application/json', body: '{"data":null}' }])),
    }
    expect(await house.harvest(source({ version: '3.0', format: 'json' }))).toMatchObject({ state: 'complete', added: 4, failed: 4 })
  })

  describe.each([
    ['2.1', 'xml', '/rest/dataflow'],
    ['3.0', 'xml', '/rest/structure/dataflow'],
    ['2.1', 'json', '/rest/dataflow'],
    ['3.0', 'json', '/rest/structure/dataflow'],
  ])('%s in %s', (of, format, path) => {
    test('a dataflow is a dataset of StatDCAT-AP, with its structure', async () => {
      const graph = await graphOf(sample('POP'), { page: 'https://stat.example.org/{agency}/{id}' }, of, format)
      const dataset = `<https://sdmx.example.org${path}/INS/POP>`
      const [data, dsd] = [of === '3.0' ? 'dataflow/INS/POP/1.0' : 'INS,POP,1.0', 'urn:sdmx:org.sdmx.infomodel.datastructure.DataStructure=INS:DSD(1.0)']
      for (const statement of [
        `${dataset} <http://purl.org/dc/terms/title> "Flux POP"@fr .`,
        `${dataset} <http://purl.org/dc/terms/title> "Flow POP"@en .`,
        `${dataset} <http://purl.org/dc/terms/description> "Description POP, édition 1"@fr .`,
        `${dataset} <http://purl.org/dc/terms/identifier> "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=INS:POP(1.0)" .`,
        `${dataset} <http://purl.org/linked-data/cube#structure> <${dsd}> .`,
        `${dataset} <http://purl.org/dc/terms/type> <http://publications.europa.eu/resource/authority/dataset-type/STATISTICAL> .`,
        `${dataset} <http://www.w3.org/ns/dcat#theme> <https://catalogue.example.ma/id/theme/sante> .`,
        `${dataset} <http://www.w3.org/ns/dcat#landingPage> <https://stat.example.org/INS/POP> .`,
        '<http://xmlns.com/foaf/0.1/name> "Institut de statistique"@fr .',
        ...['Fréquence', 'Région', 'Période', 'Statut'].map(label => `<http://www.w3.org/2000/01/rdf-schema#label> "${label}"@fr .`),
        '<http://purl.org/linked-data/cube#concept> <urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept=INS:CS(1.0).REGION> .',
        `<http://www.w3.org/ns/dcat#downloadURL> <https://sdmx.example.org/rest/data/${data}> .`,
        '<http://www.w3.org/ns/dcat#endpointURL> <https://sdmx.example.org/rest> .',
      ])
        expect(graph).toContain(statement)
      expect([graph.match(/m8g\/dimension>/g)?.length, graph.match(/m8g\/attribute>/g)?.length]).toEqual([3, 1])
      expect(portal.asked.length).toBe(2)
    })

    test('what is kept is what the portal sent of this dataflow, and no more', async () => {
      await graphOf(sample('POP'), {}, of, format)
      const kept = payloadOf(house.ledger, house.records()[0]!.n)!.body
      for (const word of ['Flux POP', 'Fréquence', 'Santé', 'Institut']) expect(kept).toContain(word)
      for (const word of ['nul n', 'étranger', 'Prepared', 'prepared']) expect(kept).not.toContain(word)
    })
  })

  test('annotations and the constraint of what there is say when, how often and how many', async () => {
    const note = (type: string, title: string, more = '') =>
      `<c:Annotation>${title && `<c:AnnotationTitle>${title}</c:AnnotationTitle>`}<c:AnnotationType>${type}</c:AnnotationType>${more}</c:Annotation>`
    const more = `<c:Annotations>${note('UPDATE_DATA', '2023-01-23T11:00:00+0100')}${note('CREATED', '2019-05-02')}${note('DISSEMINATION_DOI_XML', '&lt;x about="https://doi.org/10.2908/POP"/&gt;')}${note('SOURCE_INSTITUTIONS', '', '<c:AnnotationText xml:lang="fr">Direction régionale</c:AnnotationText>')}${note('ESMS_HTML', 'Explications', '<c:AnnotationURL>https://stat.example.org/esms</c:AnnotationURL>')}</c:Annotations>`
    const after = `<s:Constraints><s:ContentConstraint id="K" agencyID="INS" type="Actual"><c:Annotations><c:Annotation id="series_count"><c:AnnotationTitle>48</c:AnnotationTitle><c:AnnotationType>sdmx_metrics</c:AnnotationType></c:Annotation></c:Annotations><s:ConstraintAttachment><s:Dataflow><Ref agencyID="INS" id="POP" version="1.0"/></s:Dataflow></s:ConstraintAttachment><s:CubeRegion include="true"><c:KeyValue id="FREQ"><c:Value>A</c:Value></c:KeyValue><c:KeyValue id="TIME_PERIOD"><c:TimeRange><c:StartPeriod>2005-01-01T00:00:00Z</c:StartPeriod><c:EndPeriod>2022-Q3</c:EndPeriod></c:TimeRange></c:KeyValue></s:CubeRegion></s:ContentConstraint></s:Constraints>`
    const graph = await graphOf(sample('POP', 1, { more, after }))
    for (const part of [
      '<http://data.europa.eu/m8g/numSeries> "48"^^<http://www.w3.org/2001/XMLSchema#integer> .',
      'frequency/ANNUAL> .',
      '<http://www.w3.org/ns/dcat#endDate> "2022-09"',
      '<http://www.w3.org/ns/dcat#startDate> "2005-01-01T00:00:00Z"',
      '<http://purl.org/dc/terms/modified> "2023-01-23T11:00:00+01:00"',
      '<http://purl.org/dc/terms/issued> "2019-05-02"',
      '"https://doi.org/10.2908/POP"',
      '"Direction régionale"@fr',
      '<http://xmlns.com/foaf/0.1/page> <https://stat.example.org/esms> .',
    ])
      expect(graph).toContain(part)
  })

  test('a structure that the portal keeps for itself costs no dataflow: components have the ids of their concepts, the agency the name of the source', async () => {
    portal.answers = {
      ...answers([sample('POP')]),
      '/rest/dataflow/INS/POP/1.0?*': {
        type: 'application/xml',
        body: structureXml(sample('POP'))
          .replace(/<s:Concepts>.*<\/s:Concepts>/s, '')
          .replace(/<s:OrganisationSchemes>.*<\/s:OrganisationSchemes>/s, ''),
      },
    }
    expect(await house.harvest(source({}, { publisher: 'hcp' }))).toMatchObject({ added: 1, problems: [] })
    const graph = house.graph(house.records()[0]!.id)
    expect(graph).toMatch(/#dimension-FREQ> <http:\/\/www\.w3\.org\/2000\/01\/rdf-schema#label> "FREQ"/)
    expect(graph).toContain('<http://purl.org/dc/terms/publisher> <https://catalogue.example.ma/id/organisation/hcp> .')
  })

  test('where only the list is wanted, one request reads it', async () => {
    portal.answers = answers(['A', 'B', 'C'].map(id => sample(id)))
    expect(await house.harvest(source({ references: 'none' }))).toMatchObject({ state: 'complete', added: 3, problems: [] })
    expect(portal.asked).toEqual(['/rest/dataflow/all/all/latest?references=none&detail=full'])
    expect(await rebuild(source({ references: 'none' }), house.engine)).toMatchObject({ unchanged: 3, failed: 0 })
  })

  test('only the agencies of the source are asked for', async () => {
    const whole = answers([sample('A')])
    portal.answers = { ...whole, '/rest/dataflow/INS/all/latest?*': whole['/rest/dataflow/all/all/latest?*']! }
    expect(await house.harvest(source({ agencies: ['INS'] }))).toMatchObject({ state: 'complete', added: 1 })
    expect(portal.asked[0]).toBe('/rest/dataflow/INS/all/latest?references=none&detail=full')
  })

  test('further forms of the data are distributions', async () => {
    const graph = await graphOf(sample('POP'), { formats: { 'SDMX-CSV': 'format=csvdata' } })
    expect(graph).toContain('<http://www.w3.org/ns/dcat#downloadURL> <https://sdmx.example.org/rest/data/INS,POP,1.0?format=csvdata> .')
    expect(graph).toContain('file-type/CSV> .')
  })

  test('of several versions the newest is the dataflow', async () => {
    portal.answers = answers([sample('POP', 1, { version: '1.9' }), sample('POP', 2, { version: '1.10' }), sample('POP', 3, { version: '1.2' })])
    expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 1, added: 1, problems: [] })
    expect(house.graph(house.records()[0]!.id)).toContain('édition 2')
  })

  test('dataflows that are not for production are left out where the source says so', async () => {
    portal.answers = answers([
      sample('A'),
      sample('B', 1, { more: '<c:Annotations><c:Annotation><c:AnnotationType>NonProductionDataflow</c:AnnotationType></c:Annotation></c:Annotations>' }),
    ])
    expect(await house.harvest(source({ nonProduction: false }))).toMatchObject({ state: 'complete', added: 1, problems: [] })
  })

  test('three dataflows in a row that are not answered: the portal is lost, and is left alone', async () => {
    const samples = ['A', 'B', 'C', 'D', 'E', 'F'].map(id => sample(id))
    portal.answers = answers(samples)
    await house.harvest(source())
    for (const id of ['B', 'C', 'D', 'E', 'F']) portal.answers[`/rest/dataflow/INS/${id}/1.0?*`] = lost
    portal.asked.length = 0
    expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'partial', unchanged: 1, missing: 0 })
    expect(portal.asked).toHaveLength(5)
  })

  test.each([
    ['XML that breaks off', structureXml(sample('B')).slice(0, 900), 'not-xml'],
    ['an entity bomb', '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>', 'not-xml'],
    ['JSON that breaks off', '{"data":{"dataflows":[', 'not-json'],
    ['another dataflow', structureXml(sample('Z')), 'bad-record'],
  ])('%s in the place of a dataflow costs that one', async (_name, body, code) => {
    portal.answers = answers(['A', 'B', 'C'].map(id => sample(id)))
    await house.harvest(source())
    portal.answers['/rest/dataflow/INS/B/1.0?*'] = { type: 'application/xml', body }
    expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'complete', unchanged: 2, failed: 1, missing: 0, problems: [{ code }] })
    expect(house.published()).toBe(3)
  })

  test.each([
    [
      'an error',
      '<m:Error xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"><m:ErrorMessage code="110"><Text>Too many results</Text></m:ErrorMessage></m:Error>',
      'portal-refused',
      /Too many results/,
    ],
    [
      'SDMX 2.0',
      '<Structure xmlns="http://www.SDMX.org/resources/SDMXML/schemas/v2_0/message"/>',
      'unexpected-answer',
      /no structure message of SDMX 2.1 or 3.0/,
    ],
    ['other XML', '<rss/>', 'unexpected-answer', /no structure message/],
    ['other JSON', '{"value":[]}', 'unexpected-answer', /no structure message/],
    [
      'a message without dataflows',
      '<m:Structure xmlns:m="http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"><m:Structures/></m:Structure>',
      'empty-source',
      /no dataset/,
    ],
  ])('%s in the place of the list: the run has failed, and says why', async (_name, body, code, says) => {
    portal.answers = { '/rest/dataflow/all/all/latest?*': { type: 'application/xml', body } }
    const report = await house.harvest(source())
    expect(report).toMatchObject({ state: 'failed', problems: [{ code }] })
    expect(report.problems[0]!.message).toMatch(says)
  })

  const messages: [file: string, version: string, flows: number, dimensions: number][] = [
    ['khaeru__sdmx-test-data/ECB_EXR/1/structure-full.xml', '2.1', 1, 6],
    ['khaeru__sdmx-test-data/ESTAT/GOV_10Q_GGNFA.xml', '2.1', 1, 7],
    ['khaeru__sdmx-test-data/ESTAT/esms-structure.xml', '2.1', 1, 0],
    ['khaeru__sdmx-test-data/v21/xml/demography/esms.xml', '2.1', 1, 0],
    ['khaeru__sdmx-test-data/v21/xml/query/response_esms_children.xml', '2.1', 1, 0],
    ['khaeru__sdmx-test-data/v21/xml/query/response_esms_descendants.xml', '2.1', 1, 0],
    ['khaeru__sdmx-test-data/v21/xml/VTL/VTL_Sample_1.xml', '2.1', 2, 5],
    ['khaeru__sdmx-test-data/v21/xml/VTL/VTL_Sample_2.xml', '2.1', 2, 3],
    ['khaeru__sdmx-test-data/v21/xml/VTL/VTL_Sample_3.xml', '2.1', 2, 3],
    ['khaeru__sdmx-test-data/v3/xml/VTL_Sample_1.xml', '3.0', 2, 4],
    ['khaeru__sdmx-test-data/v3/xml/VTL_Sample_2.xml', '3.0', 2, 2],
    ['khaeru__sdmx-test-data/v3/xml/VTL_Sample_3.xml', '3.0', 2, 3],
    ['khaeru__sdmx-test-data/v3/xml/codelist - discriminated union.xml', '3.0', 2, 3],
    ['khaeru__sdmx-test-data/v3/xml/dataflow.xml', '3.0', 1, 0],
    ['khaeru__sdmx-test-data/v3/json/structure/constructed-sample.json', '3.0', 1, 6],
    ['khaeru__sdmx-test-data/v3/json/structure/generated-sample.json', '3.0', 1, 0],
    ['TerriaJS__terriajs/SDMX-JSON/dataflow-region.json', '2.1', 1, 5],
    ['TerriaJS__terriajs/SDMX-JSON/dataflow-noregion.json', '2.1', 1, 4],
    ['TerriaJS__terriajs/SDMX-JSON/category-scheme.json', '2.1', 36, 0],
  ]
  /** A portal that answers everything with one recorded message. */
  const recorded = (file: string, version: string) => {
    const [type, format] = file.endsWith('json') ? ['application/json', 'json'] : ['application/xml', 'xml']
    portal.answers = new Proxy({}, { get: () => ({ type, body: readFileSync(join(corpus!, 'sdmx', file)) }) })
    return source({ version, format })
  }
  test.skipIf(!corpus).each(messages)('%s is harvested, and the second time all is unchanged', async (file, version, flows, dimensions) => {
    const options = recorded(file, version)
    expect(await house.harvest(options)).toMatchObject({ state: 'complete', seen: flows, added: flows, failed: 0, problems: [] })
    expect(await house.harvest(options, { full: true })).toMatchObject({ state: 'complete', unchanged: flows })
    expect(await rebuild(options, house.engine)).toMatchObject({ seen: flows, unchanged: flows, failed: 0 })
    expect(Math.max(...house.records().map(({ id }) => house.graph(id).match(/m8g\/dimension>/g)?.length ?? 0))).toBe(dimensions)
  })

  test.skipIf(!corpus).each<[file: string, version: string, statements: string[]]>([
    [
      'khaeru__sdmx-test-data/ESTAT/GOV_10Q_GGNFA.xml',
      '2.1',
      [
        'terms/title> "Comptes non-financiers trimestriels des administrations publiques"@fr .',
        'terms/title> "Quarterly non-financial accounts for general government"@en .',
        'terms/modified> "2023-01-23T11:00:00+01:00"',
        'dcat#startDate> "1980-01"',
        'dcat#endDate> "2022-09"',
        'notation> "https://doi.org/10.2908/GOV_10Q_GGNFA"',
        'label> "Fréquence (relative au temps)"@fr .',
        'foaf/0.1/page> <https://ec.europa.eu/eurostat/cache/metadata/en/gov_10q_ggnfa_esms.htm> .',
      ],
    ],
    [
      'khaeru__sdmx-test-data/ECB_EXR/1/structure-full.xml',
      '2.1',
      [
        'terms/title> "Exchange Rates"@en .',
        'foaf/0.1/name> "European Central Bank"@en .',
        'label> "Currency"@en .',
        'terms/identifier> "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=ECB:EXR(1.0)" .',
      ],
    ],
    [
      'khaeru__sdmx-test-data/v3/json/structure/constructed-sample.json',
      '3.0',
      ['terms/title> "Exchange Rates"@en .', 'foaf/0.1/name> "European Central Bank"@en .', 'prefLabel> "Exchange rates"@en .', 'label> "Currency"@en .'],
    ],
    [
      'TerriaJS__terriajs/SDMX-JSON/dataflow-region.json',
      '2.1',
      [
        'terms/title> "Inflation rates"@en .',
        'dcat#startDate> "2005-01-01T00:00:00Z"',
        'dcat#theme> <https://catalogue.example.ma/id/theme/economie-finance> .',
        'frequency/ANNUAL> .',
      ],
    ],
  ])('%s says what its portal says', async (file, version, statements) => {
    await house.harvest(recorded(file, version))
    const graph = house.graph(house.records()[0]!.id)
    for (const statement of statements) expect(graph).toContain(statement)
  })
})
