import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { mapIso } from '../../../../src/harvest/formats/iso/mapping.ts'
import { readXml } from '../../../../src/harvest/readers/xml/xml.ts'
import { corpus } from '../../../corpus.ts'
import { statements } from '../../protocols/statements.ts'

// What ISO records say in GeoDCAT-AP. A case is a record, and lines of what must be said of it; after `never`, what must not.

const mint = { base: 'https://catalogue.example.ma', record: 'https://catalogue.example.ma/record/r', dataset: 'https://catalogue.example.ma/id/dataset/r' }
const cases = join(import.meta.dirname, '../../protocols/csw/cases')

function said(text: string | Uint8Array): string[] {
  const { dataset, graph } = mapIso(readXml({ url: 'https://portal.example.ma/record.xml', body: text }).root, { language: 'fr' })(mint)
  return [...statements(graph, dataset, mint.record)]
}

describe('a record of ISO 19115', () => {
  test.each(readdirSync(cases))('%s', name => {
    const text = readFileSync(join(cases, name), 'utf8')
    const lines = /<!-- says\n([\s\S]*?)\n-->/.exec(text)![1]!.split('\n')
    const all = said(text)
    expect(
      lines.filter(line => !line.startsWith('never ') && !all.includes(line)),
      all.join('\n'),
    ).toEqual([])
    const never = lines.filter(line => line.startsWith('never ')).map(line => new RegExp(`^${line.slice(6)}$`))
    expect(all.filter(line => never.some(each => each.test(line)))).toEqual([])
  })

  test('codes called as what all objects of JavaScript have are no codes of ours', () => {
    const coded = (element: string, code: string) => `<gmd:${element} codeListValue="${code}"/>`
    const all =
      said(`<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco"><gmd:hierarchyLevel>${coded('MD_ScopeCode', 'constructor')}</gmd:hierarchyLevel><gmd:identificationInfo><gmd:MD_DataIdentification>
      <gmd:pointOfContact><gmd:CI_ResponsibleParty><gmd:organisationName><gco:CharacterString>Agence</gco:CharacterString></gmd:organisationName><gmd:role>${coded('CI_RoleCode', 'constructor')}</gmd:role></gmd:CI_ResponsibleParty></gmd:pointOfContact>
      <gmd:topicCategory><gmd:MD_TopicCategoryCode>toString</gmd:MD_TopicCategoryCode></gmd:topicCategory></gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>`)
    expect(all).toContain('rdf:type = dcat:Dataset')
    expect(all.join('\n')).not.toMatch(/native code|undefined/)
  })

  test('without anything in it is a dataset without a word, and no failure', () => {
    expect(said('<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd"/>')).toContain('rdf:type = dcat:Dataset')
  })
})

const real = (file: string) => said(readFileSync(join(corpus!, 'csw-iso', file)))

describe.skipIf(!corpus)('real records', () => {
  test('of Wallonia, in ISO 19115-3', () => {
    expect(real('geonetwork__geonetwork-ui/fixtures/metawal.iso19115-3.dataset.xml')).toEqual(
      expect.arrayContaining([
        'dct:title = Passages pour piéton@fr',
        'dct:publisher / foaf:name = Service public de Wallonie (SPW)@fr',
        'geodcatap:referenceSystem = http://www.opengis.net/def/crs/EPSG/0/31370',
        'dct:spatial / dcat:bbox = POLYGON((2.75 49.45, 6.5 49.45, 6.5 50.85, 2.75 50.85, 2.75 49.45))',
        'dct:modified = 2022-06-16',
        'dcat:theme = http://publications.europa.eu/resource/authority/data-theme/TRAN',
        'dct:accrualPeriodicity = http://publications.europa.eu/resource/authority/frequency/UPDATE_CONT',
        'dqv:hasQualityMeasurement / dqv:value = 0.0001',
      ]),
    )
  })

  test('of a service, in ISO 19139', () => {
    expect(real('geonetwork__geonetwork-ui/fixtures/geo2france.iso19139.service.xml')).toEqual(
      expect.arrayContaining([
        'rdf:type = dcat:DataService',
        'dcat:endpointURL = https://georchestra.cbnbl.org/geoserver/ows',
        'dct:conformsTo = http://www.opengeospatial.org/standards/wms',
        'dct:accrualPeriodicity = http://publications.europa.eu/resource/authority/frequency/QUARTERLY',
      ]),
    )
  })
})
