import { describe, expect, it } from 'vitest'
import { namedNode } from '../../../src/rdf/terms.ts'
import { measure } from '../../../src/validate/quality/measure.ts'
import { turtle, vocabulary } from '../../edition.ts'

const lists = await vocabulary()
const prefixes = `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix t: <http://publications.europa.eu/resource/authority/file-type/> . @prefix l: <http://publications.europa.eu/resource/authority/licence/> . @prefix r: <http://publications.europa.eu/resource/authority/access-right/> . @prefix dpv: <https://w3id.org/dpv#> . @prefix : <https://e.ma/> .`
const of = (text: string) =>
  measure(turtle(`${prefixes} :a a dcat:Dataset . ${text}`), namedNode('https://e.ma/a'), lists, { compliant: false, languages: ['fr', 'ar'] }).measurements
const file = (what: string) => `:a dcat:distribution :f . :f ${what} .`
const open = 'dct:license l:CC_BY_4_0'

describe('stars', () => {
  it.each<[string, string, number]>([
    ['none without a file', `:a ${open} .`, 0],
    ['none without an open licence', file('dct:format t:CSV'), 0],
    ['none for a licence that is not open', file('dct:format t:CSV ; dct:license l:CC_BYNC_4_0'), 0],
    ['one for any format', file(`${open} ; dct:format t:PDF`), 1],
    ['one where no format is named', file(open), 1],
    ['two for a format for machines', file(`${open} ; dct:format t:XLSX`), 2],
    ['three for one that is nobody’s', file(`${open} ; dct:format t:CSV`), 3],
    ['three by the media type too', file(`${open} ; dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv>`), 3],
    ['four for RDF', file(`${open} ; dct:format t:RDF_TURTLE`), 4],
    ['five for RDF that leads to the data of others', `${file(`${open} ; dct:format t:RDF_TURTLE`)} :a dct:relation <https://other.org/d> .`, 5],
    ['as many as the best file has', `${file(`${open} ; dct:format t:PDF`)} :a dcat:distribution :g . :g dct:format t:CSV .`, 3],
    ['the national licence is open', file('dct:license <id/licence/odbl-ma> ; dct:format t:CSV'), 3],
  ])('%s', (_what, text, stars) => {
    expect(of(text)['stars']).toBe(stars)
  })
})

describe('criteria', () => {
  it.each<[string, string, number, string]>([
    ['published', 'a file with an address', 1, file('dcat:accessURL <https://e.ma/f>')],
    ['published', 'a file without one', 0, file('dct:format t:CSV')],
    ['published', 'restricted access', 0, `${file('dcat:accessURL <https://e.ma/f>')} :a dct:accessRights r:NON_PUBLIC .`],
    ['published', 'public access', 1, `${file('dcat:accessURL <https://e.ma/f>')} :a dct:accessRights r:PUBLIC .`],
    ['bilingual', 'both in both languages', 1, ':a dct:title "A"@fr , "ا"@ar ; dct:description "B"@fr , "ب"@ar .'],
    ['bilingual', 'a tag with its region', 1, ':a dct:title "A"@fr-MA , "ا"@ar-MA ; dct:description "B"@fr , "ب"@ar .'],
    ['bilingual', 'a description in one', 0, ':a dct:title "A"@fr , "ا"@ar ; dct:description "B"@fr .'],
    ['licensed', 'a licence in any words, on the dataset', 1, ':a dct:license "own" .'],
    ['openLicence', 'a licence that no list knows', 0, ':a dct:license :own .'],
    ['personalData', 'an inventory that says yes', 1, ':a dct:rights :s . :s rdfs:label "donnees personnelles : oui"@fr .'],
    ['personalData', 'one that says no', 0, ':a dct:rights :s . :s rdfs:label "donnees personnelles : non"@fr .'],
    ['personalData', 'in Arabic', 1, ':a dct:rights :s . :s rdfs:label "المعطيات الشخصية : نعم"@ar .'],
    ['personalData', 'the vocabulary for it', 1, ':a dpv:hasPersonalData dpv:PersonalData .'],
    ['personalData', 'nothing', 0, ''],
  ])('%s: %s is %i', (name, _what, value, text) => {
    expect(of(text)[name]).toBe(value)
  })
})
