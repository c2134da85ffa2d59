import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// Every report of peers' users that this catalogue answers to, by theme, with its number where it was made. Each has a test here that is named for it.

const reports: [theme: string, numbers: string[]][] = [
  [
    'deletion and loss',
    [
      'GetDKAN/dkan#2829',
      'GetDKAN/dkan#2918',
      'Fedict/dcattools#246',
      'GetDKAN/dkan#4581',
      'FAIRDataTeam/FAIRDataPoint#979',
      'ckan/ckanext-harvest#542',
      'GSA/data.gov#2989',
      'GSA/data.gov#3239',
      'ckan/ckanext-dcat#238',
      'GetDKAN/dkan#2085',
      'GSA/datagov-wptheme#539',
    ],
  ],
  [
    'duplicates and identity',
    [
      'GSA/data.gov#2981',
      'GSA/data.gov#3968',
      'GSA/data.gov#3846',
      'SEMICeu/DCAT-AP#106 SEMICeu/DCAT-AP#223',
      'Informasjonsforvaltning/fdk#3011',
      'GSA/data.gov#2805',
      'datagouv/data.gouv.fr#680',
      'ckan/ckanext-harvest#377',
      'GSA/datagov-wptheme#476 datagouv/data.gouv.fr#997',
      'GovDataOfficial/ckanext-dcatde#29',
    ],
  ],
  [
    'paging and feeds',
    [
      'ckan/ckanext-dcat#62 ckan/ckanext-dcat#260 ckan/ckanext-dcat#261',
      'GSA/data.gov#3379',
      'comunica/comunica#1180',
      'INSPIRE-MIF/helpdesk-geoportal#292',
      'geosolutions-it/ckanext-dcatapit#37',
      'datagouv/data.gouv.fr#913',
    ],
  ],
  [
    'bad data',
    [
      'datagouv/data.gouv.fr#1437',
      'Fedict/dcattools#309',
      'ckan/ckanext-dcat#254',
      'datagouv/data.gouv.fr#1151',
      'inbo/data-publication#59 inbo/data-publication#149',
      'georchestra/georchestra#4182',
      'opendatateam/udata#3571',
      'GSA/data.gov#3658',
      'netwerk-digitaal-erfgoed/dataset-register#2173 netwerk-digitaal-erfgoed/dataset-register#1554 netwerk-digitaal-erfgoed/dataset-register#1551 netwerk-digitaal-erfgoed/dataset-register#1967',
    ],
  ],
  [
    'performance and stuck jobs',
    [
      'ckan/ckanext-harvest#549',
      'ckan/ckanext-harvest#291',
      'ckan/ckanext-harvest#131 ckan/ckanext-harvest#176 GSA/data.gov#997',
      'ckan/ckanext-harvest#273',
      'geonetwork/core-geonetwork#6539',
      'GSA/data.gov#5022',
      'GSA/data.gov#4583 GSA/data.gov#4965',
      'GetDKAN/dkan#2023',
      'GSA/data.gov#5919',
      'INSPIRE-MIF/helpdesk-geoportal#42 INSPIRE-MIF/helpdesk-geoportal#72 INSPIRE-MIF/helpdesk-geoportal#95',
      'datagovuk/ckanext-dgu#361',
      'Informatievlaanderen/VSDS-LDESServer4J#1483 Informatievlaanderen/VSDS-LDESServer4J#993',
    ],
  ],
  [
    'SHACL and quality',
    [
      'rdf-ext/shacl-engine#12',
      'SEMICeu/DCAT-AP#125 SEMICeu/DCAT-AP#163 SEMICeu/DCAT-AP#248',
      'SEMICeu/DCAT-AP#176 mobilityDCAT-AP/mobilityDCAT-AP#100',
      'SEMICeu/DCAT-AP#121',
      'italia/dati.gov.it#8 geonetwork/core-geonetwork#9006',
      'GSA/datagov-ckan-multi#220 GSA/data.gov#2926 gbif/portal-feedback#4473',
    ],
  ],
  [
    'languages, licences, access',
    [
      'ckan/ckanext-dcat#51',
      'Fedict/dcattools#288 GovDataOfficial/DCAT-AP.de#78',
      'opendatateam/udata#2618 geosolutions-it/ckanext-dcatapit#57 geonetwork/core-geonetwork#8507 SEMICeu/DCAT-AP#209 datagouv/data.gouv.fr#1523',
      'GSA/data.gov#5303 GSA/data.gov#5248 GSA/datagov-wptheme#415 ondata/ckan-mcp-server#7',
      'GSA/data.gov#5669 GSA/data.gov#5367',
      'italia/dati.gov.it#20 italia/dati.gov.it#6 GSA/data.gov#6102',
      'openlink/virtuoso-opensource#1411 openlink/virtuoso-opensource#1089',
    ],
  ],
]

const number = /[\w.-]+\/[\w.-]+#\d+/g
/** What stands before the sentence in the names of tests. */
const named = new Set(
  readdirSync(import.meta.dirname)
    .filter(file => file.endsWith('.test.ts') && file !== 'all.test.ts')
    .flatMap(file =>
      [...readFileSync(join(import.meta.dirname, file), 'utf8').matchAll(/^\s*(?:test\(['"]|\[['"])((?:[\w.-]+\/[\w.-]+#\d+(?:, )?)+)/gm)].flatMap(
        ([, numbers]) => numbers!.match(number)!,
      ),
    ),
)

test('there are 61 of them', () => {
  expect(reports.flatMap(([, numbers]) => numbers)).toHaveLength(61)
})

test.each(reports)('each report about %s has a test that is named for it', (_theme, numbers) => {
  expect(numbers.flatMap(report => report.split(' ')).filter(report => !named.has(report))).toEqual([])
})

test('no test is named for a report that is not listed', () => {
  const listed = new Set(reports.flatMap(([, numbers]) => numbers.flatMap(report => report.split(' '))))
  expect([...named].filter(report => !listed.has(report))).toEqual([])
})
