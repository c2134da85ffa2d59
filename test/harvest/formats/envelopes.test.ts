import { expect, test } from 'vitest'
import { recordsIn } from '../../../src/harvest/formats/envelope.ts'
import { recordsOf, replayPayload } from '../../../src/harvest/formats/index.ts'
import { readXml } from '../../../src/harvest/readers/xml/xml.ts'

const portal = { language: 'fr' }
const mint = { base: 'https://c.example', record: 'https://c.example/record/r', dataset: 'https://c.example/dataset/r' }
const rootOf = (body: string) => readXml({ url: 'https://portal.example/', body }).root

test.each([
  [
    'DataCite',
    '<resource xmlns="http://www.openarchives.org/OAI/2.0/"><identifier identifierType="DOI">10.5072/a</identifier><titles><title>Pluies</title></titles></resource>',
  ],
  ['Dublin Core', '<dc><title>Pluies</title><identifier>a</identifier></dc>'],
  [
    'ISO 19139',
    '<MD_Metadata><fileIdentifier><CharacterString>a</CharacterString></fileIdentifier><identificationInfo><MD_DataIdentification><citation><CI_Citation><title><CharacterString>Pluies</CharacterString></title></CI_Citation></citation></MD_DataIdentification></identificationInfo></MD_Metadata>',
  ],
])('a record of %s that does not name its namespace is read, and read again from what is kept', async (_name, body) => {
  const [record] = await recordsOf(rootOf(body), portal, 'https://portal.example/', { key: 'a' })
  if (!record || !('map' in record)) throw new Error(JSON.stringify(record))
  const titles = (of: typeof record) => [...of.map(mint).graph].filter(({ predicate }) => predicate.value.endsWith('title')).map(({ object }) => object.value)
  expect(titles(record)).toEqual(['Pluies'])
  expect(titles(replayPayload(record, portal))).toEqual(['Pluies'])
})

test('the records of a saved answer are found in their envelope', () => {
  const oai = rootOf(
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate/><request/><ListRecords><record><header/><metadata><x xmlns="http://x.example/"/></metadata></record><resumptionToken/></ListRecords></OAI-PMH>',
  )
  const csw = rootOf(
    '<GetRecordByIdResponse xmlns="http://www.opengis.net/cat/csw/2.0.2"><Record><title xmlns="http://purl.org/dc/elements/1.1/">a</title></Record><x xmlns=""/></GetRecordByIdResponse>',
  )
  expect([...recordsIn(oai)].map(({ name }) => name)).toEqual(['x'])
  expect([...recordsIn(csw)].map(({ name }) => name)).toEqual(['Record', 'x'])
  expect([...recordsIn(rootOf('<a/>'))].map(({ name }) => name)).toEqual(['a'])
})
