import { beforeEach, describe, expect, test } from 'vitest'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'
import { isoRecord } from '../csw/portal.ts'
import { envelope, error, item, oaiAnswers, recordXml, type Item, type Repository } from './portal.ts'

keepsTheContract({
  protocol: 'oai-pmh',
  options: { metadataPrefix: 'oai_dc', incremental: false },
  url: portal => `${portal}/oai`,
  single: true,
  record: (id, edition) => item(id, edition),
  broken: item('broken', 1, { metadata: '<marc:record xmlns:marc="http://www.loc.gov/MARC21/slim"/>' }),
  key: id => `oai:depot.example.org:${id}`,
  answers: records => oaiAnswers(() => ({ items: records as Item[] })),
  partly: records => oaiAnswers(() => ({ items: records as Item[], answer: query => (query.get('resumptionToken')?.endsWith('|6') ? 404 : undefined) })),
})

describe('oai-pmh', () => {
  let repository: Repository
  onStage()
  beforeEach(() => {
    repository = { items: 'abcdefg'.split('').map((id, at) => item(id, 1, { date: `2024-03-0${at + 1}T10:00:00Z`, sets: [at < 2 ? 'few' : 'many'] })) }
    portal.answers = oaiAnswers(() => repository)
  })
  const source = (options: object = {}) => house.source('oai-pmh', `${portal.url}/oai`, { options })
  const asked = (verb = 'ListRecords') => portal.asked.map(path => new URL(path, 'http://portal').searchParams).filter(query => query.get('verb') === verb)
  const key = (id: string) => `oai:depot.example.org:${id}`
  const admission = (id: string) => house.records().find(each => each.key === key(id))?.admission

  test.each([
    [['oai_dc'], 'oai_dc'],
    [['oai_dc', 'marc', 'oai_datacite'], 'oai_datacite'],
    [['oai_dc', 'iso19139', 'oai_datacite'], 'iso19139'],
    [['oai_dc', 'iso19139', 'dcat_ap'], 'dcat_ap'],
  ])('of the formats %s, %s is asked for', async (prefixes, wanted) => {
    repository.prefixes = prefixes
    await house.harvest(source())
    expect(asked()[0]!.get('metadataPrefix')).toBe(wanted)
  })

  test('only the sets of the source are read; a record that is in two of them is one', async () => {
    repository.items[2]!.sets = ['few', 'many']
    expect(await house.harvest(source({ sets: ['few'] }))).toMatchObject({ state: 'complete', added: 3, problems: [] })
    expect(await house.harvest(source({ sets: ['few', 'many'] }), { full: true })).toMatchObject({ state: 'complete', seen: 7, added: 4, problems: [] })
  })

  test('only the kinds of the source are read, and records that say nothing of their kind', async () => {
    repository.items = [
      item('a'),
      item('b', 1, { metadata: item('b').metadata.replace('>dataset<', '>info:eu-repo/semantics/article<') }),
      item('c', 1, { metadata: item('c').metadata.replace('<dc:type>dataset</dc:type>', '') }),
    ]
    expect(await house.harvest(source({ types: ['Dataset'] }))).toMatchObject({ state: 'complete', added: 2 })
  })

  describe('payloads', () => {
    test('ISO 19139 is mapped as in a catalogue service', async () => {
      repository.items = [item('a', 1, { metadata: isoRecord('urn:iso:a') })]
      expect(await house.harvest(source({ metadataPrefix: 'iso19139' }))).toMatchObject({ added: 1, problems: [] })
      expect(house.records()[0]).toMatchObject({ key: key('a'), title: { fr: 'Carte urn:iso:a' } })
    })

    test('DCAT is kept whole, known by the header, and mapped again to the same graph', async () => {
      repository.items = [
        item('a', 1, {
          metadata:
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/"><dcat:Dataset rdf:about="https://depot.example.org/id/a"><dct:title xml:lang="fr">Jeu a</dct:title><dcat:landingPage rdf:resource="https://depot.example.org/a"/></dcat:Dataset></rdf:RDF>',
        }),
      ]
      expect(await house.harvest(source({ metadataPrefix: 'dcat' }))).toMatchObject({ added: 1, problems: [] })
      expect(house.records()[0]).toMatchObject({ key: key('a'), dataset: 'https://depot.example.org/id/a', title: { fr: 'Jeu a' } })
      const { rebuild } = await import('../../../../src/harvest/run/rebuild.ts')
      expect(await rebuild(source({ metadataPrefix: 'dcat' }), house.engine)).toMatchObject({ seen: 1, unchanged: 1, failed: 0 })
    })

    test('DataCite is mapped, bare and in its envelope', async () => {
      const resource = (doi: string) => `<resource xmlns="http://datacite.org/schema/kernel-4"><identifier identifierType="DOI">${doi}</identifier>
        <creators><creator><creatorName>Benali, Amina</creatorName><nameIdentifier nameIdentifierScheme="ORCID">0000-0002-1825-0097</nameIdentifier></creator></creators>
        <titles><title xml:lang="fr">Nappes du Haouz</title><title xml:lang="en" titleType="TranslatedTitle">Aquifers</title></titles><publisher xml:lang="fr">Université Cadi Ayyad</publisher><publicationYear>2023</publicationYear>
        <resourceType resourceTypeGeneral="Dataset">Mesures</resourceType><dates><date dateType="Collected">2019/2021</date><date dateType="Updated">2024-02-01</date></dates>
        <rightsList><rights rightsURI="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</rights></rightsList><descriptions><description descriptionType="Abstract" xml:lang="fr">Niveaux piézométriques.</description></descriptions>
        <geoLocations><geoLocation><geoLocationBox><westBoundLongitude>-9</westBoundLongitude><eastBoundLongitude>-7</eastBoundLongitude><southBoundLatitude>31</southBoundLatitude><northBoundLatitude>32</northBoundLatitude></geoLocationBox></geoLocation></geoLocations></resource>`
      repository.items = [
        item('a', 1, { metadata: resource('10.5281/zenodo.1') }),
        item('b', 1, {
          metadata: `<oai_datacite xmlns="http://schema.datacite.org/oai/oai-1.1/"><payload>${resource('10.5281/zenodo.2')}</payload></oai_datacite>`,
        }),
      ]
      expect(await house.harvest(source({ metadataPrefix: 'oai_datacite' }))).toMatchObject({ added: 2, problems: [] })
      expect(
        house
          .records()
          .map(each => each.dataset)
          .sort(),
      ).toEqual(['https://doi.org/10.5281/zenodo.1', 'https://doi.org/10.5281/zenodo.2'])
      const graph = house.graph(house.records()[0]!.id)
      for (const statement of [
        '<http://purl.org/dc/terms/title> "Nappes du Haouz"@fr',
        '<http://purl.org/dc/terms/creator> <https://orcid.org/0000-0002-1825-0097>',
        '<http://www.w3.org/ns/dcat#startDate> "2019"^^<http://www.w3.org/2001/XMLSchema#gYear>',
        '<http://purl.org/dc/terms/issued> "2023"^^<http://www.w3.org/2001/XMLSchema#gYear>',
        'POLYGON((-9 31, -7 31, -7 32, -9 32, -9 31))',
        '<http://purl.org/dc/terms/modified> "2024-02-01"',
      ])
        expect(graph).toContain(statement)
      expect(graph).not.toContain('Aquifers')
    })
  })

  describe('resumption tokens', () => {
    const expiring = (fail: (nth: number) => boolean) => {
      let nth = 0
      repository.answer = query => (query.has('resumptionToken') && fail(++nth) ? error('badResumptionToken', 'The token has expired') : undefined)
    }

    test('one that has expired begins the list anew from the newest date that was read', async () => {
      expiring(nth => nth === 2)
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 7, failed: 0, problems: [] })
      expect(
        asked()
          .map(query => query.get('from'))
          .filter(Boolean),
      ).toEqual(['2024-03-05T10:00:00Z'])
    })

    test('of a list in no order of dates, it begins from the start', async () => {
      repository.items.reverse()
      expiring(nth => nth === 2)
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 7, failed: 0, problems: [] })
      expect(
        asked()
          .map(query => query.get('from'))
          .filter(Boolean),
      ).toEqual([])
    })

    test('that always expire make the run partial, and nothing is removed', async () => {
      await house.harvest(source())
      expiring(() => true)
      repository.items.reverse()
      const report = await house.harvest(source(), { full: true })
      expect(report).toMatchObject({ state: 'partial', missing: 0, removed: 0, problems: [{ code: 'portal-refused' }] })
      expect(report.problems[0]!.message).toContain('The token has expired')
    })

    test('that come again end the list', async () => {
      await house.harvest(source())
      const page = (...items: Item[]) => envelope(`<ListRecords>${items.map(recordXml).join('')}<resumptionToken>again</resumptionToken></ListRecords>`)
      let nth = 0
      repository.answer = query => (query.get('verb') === 'ListRecords' ? page(repository.items[nth++ % 7]!) : undefined)
      expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'partial', missing: 0, problems: [{ code: 'repeated-page' }] })
    })

    test('a list that is shorter than it says is not taken for the whole', async () => {
      await house.harvest(source())
      repository.answer = query =>
        query.get('verb') === 'ListRecords'
          ? envelope(`<ListRecords>${repository.items.slice(0, 6).map(recordXml).join('')}<resumptionToken completeListSize="7"/></ListRecords>`)
          : undefined
      const report = await house.harvest(source(), { full: true })
      expect(report).toMatchObject({ state: 'partial', unchanged: 6, missing: 0, problems: [{ code: 'unexpected-answer' }] })
      expect(report.problems[0]!.message).toMatch(/7 records.*ends after 6/)
    })
  })

  describe('deleted records', () => {
    test('are removed by the repository’s own word, in a full run and in an incremental one', async () => {
      await house.harvest(source())
      repository.items[0] = { ...repository.items[0]!, deleted: true, date: '2024-04-01T00:00:00Z' }
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 6, removed: 1, problems: [] })
      expect([admission('a'), admission('b')]).toEqual(['removed', 'published'])
      repository.items[1] = { ...repository.items[1]!, deleted: true, date: '2024-04-02T00:00:00Z' }
      expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'complete', seen: 5, unchanged: 5, removed: 1 })
    })

    test('one that nobody held is no matter', async () => {
      repository.items.push(item('z', 1, { deleted: true }))
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', added: 7, problems: [] })
    })

    test('one that is asked for alone and does not exist is gone', async () => {
      await house.harvest(source())
      repository.items = repository.items.slice(1)
      expect(await house.harvest(source(), { only: key('a') })).toMatchObject({ state: 'complete', removed: 1 })
    })
  })

  describe('incremental runs', () => {
    test.each([
      ['YYYY-MM-DDThh:mm:ssZ', '2024-03-06T10:00:00Z'],
      ['YYYY-MM-DD', '2024-03-06'],
    ])('ask from the newest date, written as the repository writes dates (%s)', async (granularity, from) => {
      repository.granularity = granularity
      await house.harvest(source())
      portal.asked.length = 0
      repository.items[2] = item('c', 2, { date: '2024-03-08T10:00:00Z' })
      repository.items.push(item('new', 1, { date: '2024-03-08T10:00:00Z' }))
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 8, added: 1, updated: 1, unchanged: 6, problems: [] })
      expect(
        asked()
          .map(query => query.get('from'))
          .filter(Boolean),
      ).toEqual([from])
    })

    test('with nothing new, all is vouched for', async () => {
      await house.harvest(source())
      repository.answer = query => (query.has('from') ? error('noRecordsMatch') : undefined)
      expect(await house.harvest(source())).toMatchObject({ state: 'complete', seen: 7, unchanged: 7, problems: [] })
    })
  })

  test.each([
    [
      'an error of its own',
      error('badArgument', 'The value of metadataPrefix is wrong'),
      'portal-refused',
      /badArgument: The value of metadataPrefix is wrong/,
    ],
    ['other XML', '<rss><channel/></rss>', 'unexpected-answer', /not OAI-PMH/],
    ['an envelope with nothing in it', envelope(''), 'unexpected-answer', /without ListRecords/],
    ['an empty list', error('noRecordsMatch'), 'empty-source', /holds no dataset/],
  ])('%s: the run has failed, and says why', async (_name, body, code, says) => {
    await house.harvest(source({ metadataPrefix: 'oai_dc' }))
    repository.answer = query => (query.get('verb') === 'ListRecords' ? body : undefined)
    const report = await house.harvest(source({ metadataPrefix: 'oai_dc' }), { full: true })
    expect(report).toMatchObject({ state: 'failed', problems: [{ code }] })
    expect(report.problems[0]!.message).toMatch(says)
    expect(house.published()).toBe(7)
  })

  test.each([
    ['without an identifier', { id: '' }, 'missing-id'],
    ['without metadata', { metadata: '' }, 'bad-record'],
  ])('a record %s is named, and nothing is removed', async (_name, more, code) => {
    await house.harvest(source())
    repository.items[3] = { ...repository.items[3]!, ...more }
    expect(await house.harvest(source(), { full: true })).toMatchObject({ state: 'complete', failed: 1, missing: 0, removed: 0, problems: [{ code }] })
    expect(house.published()).toBe(7)
  })
})
