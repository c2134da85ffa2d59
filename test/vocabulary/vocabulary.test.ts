import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../src/problem.ts'
import { values } from '../../src/rdf/graph.ts'
import { dct, fihrist, skos } from '../../src/rdf/namespaces.ts'
import { isLiteral, namedNode } from '../../src/rdf/terms.ts'
import { fold } from '../../src/vocabulary/fold.ts'
import { euLists, ownLists } from '../../src/vocabulary/lists.ts'
import { loadVocabulary } from '../../src/vocabulary/vocabulary.ts'
import { base, vocabulary } from '../edition.ts'

const lists = { ...euLists, ...ownLists(base), licence: euLists.licence, ownLicence: ownLists(base).licence }
const known = await vocabulary()

describe("a portal's word finds the entry it means", () => {
  it.each([
    ['fileType', 'CSV', 'CSV'],
    ['fileType', 'CSV.', 'CSV'],
    ['fileType', '.csv', 'CSV'],
    ['fileType', ' xlsx ', 'XLSX'],
    ['fileType', 'text/csv;charset=utf-8', 'CSV'],
    ['fileType', 'text/csv; header=present', 'CSV'],
    ['fileType', 'application/vnd.ms-excel; charset=binary', 'XLS'],
    ['fileType', 'https://www.iana.org/assignments/media-types/text/csv', 'CSV'],
    ['fileType', 'إكسل', 'XLSX'],
    ['fileType', 'GeoJSON', 'GEOJSON'],
    ['frequency', 'Annuelle', 'ANNUAL'],
    ['frequency', 'سنوي', 'ANNUAL'],
    ['frequency', 'yearly', 'ANNUAL'],
    ['frequency', 'mensuel', 'MONTHLY'],
    ['frequency', 'شهري', 'MONTHLY'],
    ['frequency', 'Monthly', 'MONTHLY'],
    ['frequency', 'quotidien', 'DAILY'],
    ['frequency', 'يومي', 'DAILY'],
    ['frequency', 'daily', 'DAILY'],
    ['frequency', 'trimestriel', 'QUARTERLY'],
    ['licence', 'CC BY 4.0', 'CC_BY_4_0'],
    ['licence', 'cc-by-4.0', 'CC_BY_4_0'],
    ['licence', 'https://creativecommons.org/licenses/by/4.0/', 'CC_BY_4_0'],
    ['licence', 'http://creativecommons.org/licenses/by/4.0', 'CC_BY_4_0'],
    ['licence', 'HTTP://WWW.CREATIVECOMMONS.ORG/licenses/by/4.0/', 'CC_BY_4_0'],
    ['licence', 'Creative Commons Zero', 'CC0'],
    ['ownLicence', 'odbl-ma', 'odbl-ma'],
    ['ownLicence', 'Licence data.gov.ma', 'odbl-ma'],
    ['theme', 'Santé', 'sante'],
    ['theme', 'SANTE', 'sante'],
    ['theme', 'الصحة', 'sante'],
    ['theme', 'Insurance', 'assurance'],
    ['organisation', 'HCP', 'hcp'],
    ['organisation', 'Haut-Commissariat au Plan', 'hcp'],
    ['organisation', 'haut commissariat au plan', 'hcp'],
    ['organisation', 'المندوبية السامية للتخطيط', 'hcp'],
    ['organisation', 'ADD', 'add'],
    ['organisation', `${base}/id/organisation/add/`, 'add'],
    ['territory', 'Fès-Meknès', 'MA-03'],
    ['territory', 'Fes Meknes', 'MA-03'],
    ['territory', 'Région Fès-Meknès', 'MA-03'],
    ['territory', 'فاس - مكناس', 'MA-03'],
    ['territory', 'أگادير', 'MA-AGD'],
    ['territory', 'اكادير', 'MA-AGD'],
    ['territory', 'Maroc', 'MA'],
    ['territory', 'http://publications.europa.eu/resource/authority/country/MAR', 'MA'],
    ['territory', 'http://www.wikidata.org/entity/Q1028', 'MA'],
    ['language', 'fr', 'FRA'],
    ['language', 'fra', 'FRA'],
    ['language', 'العربية', 'ARA'],
    ['accessRight', 'public', 'PUBLIC'],
  ] as const)('%s: %s', (list, words, slug) => {
    expect(known.match(lists[list], words)?.slug).toBe(slug)
  })

  it.each([
    ['fileType', ''],
    ['fileType', ' . '],
    ['fileType', 'on request'],
    ['fileType', 'text/x-no-such-type; charset=utf-8'],
    ['frequency', 'quand nécessaire un jour peut-être'],
    ['licence', 'https://creativecommons.org/'],
    ['theme', 'HCP'],
    ['organisation', 'Santé'],
    ['territory', 'Atlantide'],
    ['territory', '__proto__'],
    ['territory', 'constructor'],
  ] as const)('but %s: "%s" is left alone', (list, words) => {
    expect(known.match(lists[list], words)).toBeUndefined()
  })

  it('finds nothing in a list that is not there', () => {
    expect(known.match('https://example.org/no-list', 'CSV')).toBeUndefined()
  })
})

describe.each([...known.schemes.values()].map(scheme => [scheme.iri.replace(/^.*\/(?:authority|id)\//, ''), scheme] as const))(
  'the list %s',
  (_name, scheme) => {
    const labelsOf = (iri: string) => values(known.graph, namedNode(iri), skos.prefLabel).filter(isLiteral)

    it('has a title and entries, each with a label in French, Arabic and English and never two in one language', () => {
      expect(Object.keys(scheme.labels).sort()).toEqual(['ar', 'en', 'fr'])
      expect(scheme.concepts.length).toBeGreaterThan(0)
      for (const { iri } of scheme.concepts) {
        const languages = labelsOf(iri).map(label => label.language)
        expect.soft(languages, iri).toEqual(expect.arrayContaining(['ar', 'en', 'fr']))
        expect.soft(new Set(languages).size, iri).toBe(languages.length)
      }
    })

    it('gives no spelling to two entries', () => {
      const owners = new Map<string, Set<string>>()
      for (const { iri } of scheme.concepts) {
        for (const property of [skos.prefLabel, skos.altLabel, skos.hiddenLabel, skos.notation]) {
          for (const word of values(known.graph, namedNode(iri), property)) owners.set(fold(word.value), (owners.get(fold(word.value)) ?? new Set()).add(iri))
        }
      }
      expect([...owners].filter(([word, iris]) => word && iris.size > 1).map(([word, iris]) => `${word}: ${[...iris].join(' ')}`)).toEqual([])
    })

    it('finds each entry by its labels, its code and its IRI', () => {
      for (const concept of scheme.concepts) {
        for (const word of [...labelsOf(concept.iri).map(label => label.value), concept.iri, concept.slug])
          expect.soft(known.match(scheme.iri, word)?.iri, word).toBe(concept.iri)
      }
    })
  },
)

it('every entry and every code of a list has one label in French, one in Arabic and one in English', () => {
  const byLanguage = (iri: string) => Map.groupBy(values(known.graph, namedNode(iri), skos.prefLabel).filter(isLiteral), ({ language }) => language)
  const lacking = [...known.concepts.keys()].filter(iri => ['fr', 'ar', 'en'].some(language => byLanguage(iri).get(language)?.length !== 1))
  expect(known.concepts.size).toBeGreaterThan(1700)
  expect(lacking).toEqual([])
})

describe('what is known of an entry', () => {
  const province = `${lists.territory}/MA-AGD`

  it('gives its label in the first language that it has', () => {
    expect(known.label(province, ['zgh', 'ar', 'fr'])).toBe('أكادير إدا وتنان')
    expect(known.label(province, ['de'])).toBe('Agadir-Ida-Ou-Tanane')
    expect(known.label('https://example.org/unknown', ['fr'])).toBeUndefined()
  })

  it('gives the label of a list too', () => {
    expect(known.label(lists.theme, ['en'])).toBe('Themes of the national catalogue')
  })

  it('places a province in its region, and a national theme under a European one', () => {
    expect(known.concepts.get(province)?.broader).toBe(`${lists.territory}/MA-09`)
    expect(known.concepts.get(`${lists.theme}/assurance`)?.broadMatch).toEqual([`${euLists.dataTheme}/ECON`])
  })

  it('tells open formats from others', () => {
    expect(known.flag(`${euLists.fileType}/CSV`, fihrist.machineReadable)).toBe(true)
    expect(known.flag(`${euLists.fileType}/XLSX`, fihrist.nonProprietary as never)).toBe(false)
  })

  it('puts formats that hold the same kind of thing into one family', () => {
    const family = (code: string) => known.concepts.get(`${euLists.fileType}/${code}`)?.family
    expect(['CSV', 'XLSX', 'JSON', 'GEOJSON', 'WMS_SRVC', 'PDF', 'ZIP'].map(family)).toEqual(['table', 'table', 'data', 'map', 'map', 'text', undefined])
    const families = [...known.concepts.values()].flatMap(concept => concept.family ?? [])
    expect([...new Set(families)].sort()).toEqual(['data', 'map', 'table', 'text'])
  })

  it('says what each known licence asks for, in words of the list of licence types', () => {
    const types = (licence: string) =>
      known.graph.objects(namedNode(licence), dct.type).map(({ value }) => known.label(value, ['en']) ?? `${value} is in no list`)
    expect(types(`${euLists.licence}/CC_BYNCSA_4_0`)).toEqual(['Attribution', 'Non-commercial use only', 'Viral effect (share alike)'])
    const licences = [lists.licence, lists.ownLicence].flatMap(list => known.schemes.get(list)!.concepts)
    // Of these two the type is not known.
    expect(licences.filter(({ iri }) => types(iri).length === 0).map(({ slug }) => slug)).toEqual(['EUROGEO_2024', 'PSEUL'])
    expect(licences.flatMap(({ iri }) => types(iri)).filter(type => type.includes('is in no list'))).toEqual([])
  })

  it('refers to nothing that is in no list', () => {
    for (const { broader, broadMatch, iri } of known.concepts.values()) {
      for (const other of [...(broader ? [broader] : []), ...broadMatch]) expect.soft(known.concepts.has(other), `${iri} → ${other}`).toBe(true)
    }
  })
})

describe('a folder of reference lists that cannot be read', () => {
  const problemOf = (folder: string) =>
    loadVocabulary(folder, base).then(
      () => undefined,
      (error: Problem) => error,
    )

  it('is named', async () => {
    const problem = await problemOf(join(tmpdir(), 'no-such-folder'))
    expect(problem).toMatchObject({ code: 'configuration', message: expect.stringContaining('no-such-folder') })
  })

  it('or whose file is no Turtle, is named with the file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'fihrist-'))
    writeFileSync(join(folder, 'themes.ttl'), '@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<a> a skos:Concept ; oops .')
    const problem = await problemOf(folder)
    expect(problem).toBeInstanceOf(Problem)
    expect(problem).toMatchObject({ code: 'configuration', message: expect.stringContaining('themes.ttl') })
  })
})
