import { Parser } from 'n3'
import { describe, expect, it, test } from 'vitest'
import { cluesOf } from '../../../src/ledger/identity/clues.ts'
import { Graph } from '../../../src/rdf/graph.ts'
import { foldUrl } from '../../../src/rdf/iri.ts'
import { namedNode, type Quad } from '../../../src/rdf/terms.ts'

const base = 'https://catalogue.example.ma'
const prefixes =
  '@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix adms: <http://www.w3.org/ns/adms#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n'
const clues = (said: string, iri = `${base}/dataset/x`) =>
  cluesOf(new Graph(new Parser().parse(`${prefixes}<${iri}> ${said}`) as Quad[]), namedNode(iri), base).map(({ kind, value }) => `${kind} ${value}`)

describe('an address', () => {
  it.each([
    ['http://www.data.gov.example/fr/dataset/eau/', 'https://data.gov.example/dataset/eau'],
    ['https://data.gov.example/data/ar/dataset/eau', 'https://data.gov.example/data/dataset/eau'],
    ['https://data.gov.example/eau?b=2&a=1&utm_source=x&lang=fr', 'http://data.gov.example/eau?a=1&b=2'],
    ['https://data.gov.example:443/eau#apercu', 'https://data.gov.example/eau'],
    ['HTTPS://DATA.gov.example//eau', 'https://data.gov.example/eau'],
  ])('%s is the same as %s', (a, b) => {
    expect(foldUrl(a)).toBeDefined()
    expect(foldUrl(a)).toBe(foldUrl(b))
  })

  it.each([
    ['https://data.gov.example/ds/aa/file.csv', 'https://data.gov.example/ds/ab/file.csv'],
    ['https://data.gov.example/eau?id=1', 'https://data.gov.example/eau?id=2'],
    ['https://data.gov.example/Eau.csv', 'https://data.gov.example/eau.csv'],
    ['https://hub.example/#/dataset/1', 'https://hub.example/#/dataset/2'],
    ['https://a.example/eau', 'https://b.example/eau'],
    ['https://data.gov.example/france', 'https://data.gov.example/'],
  ])('%s is another than %s', (a, b) => {
    expect(foldUrl(a)).not.toBe(foldUrl(b))
  })

  it.each([
    'https://www.hcp.example',
    'https://www.hcp.example/',
    'https://hcp.example/fr/',
    'https://hcp.example/?lang=ar',
    'https://geo.example/wms?SERVICE=WMS&request=GetCapabilities',
    'mailto:a@b.example',
    'javascript:alert(1)',
    'eau.csv',
    'https://',
    'http://[',
    '',
  ])('%s tells no dataset from another', address => {
    expect(foldUrl(address)).toBeUndefined()
  })
})

describe('an identifier', () => {
  const publisher = '<https://body.example/hcp>'
  it.each<[string, string[]]>([
    ['"C8731A1A-5324-5D76-BEDB-ABEB046EE7C3"', ['identifier c8731a1a-5324-5d76-bedb-abeb046ee7c3']],
    ['"urn:uuid:c8731a1a-5324-5d76-bedb-abeb046ee7c3"', ['identifier c8731a1a-5324-5d76-bedb-abeb046ee7c3']],
    ['"https://doi.org/10.5281/zenodo.1234"', ['identifier doi:10.5281/zenodo.1234']],
    ['"doi:10.5281/ZENODO.1234"', ['identifier doi:10.5281/zenodo.1234']],
    ['"https://www.data.example/set/12"', ['identifier data.example/set/12']],
    ['"HCP-2024-017"', [`identifier https://body.example/hcp hcp-2024-017`]],
  ])('%s is known again', (text, expected) => {
    expect(clues(`dct:identifier ${text} ; dct:publisher ${publisher} .`)).toEqual(expected)
  })

  it.each([
    '1',
    '12345',
    'TODO',
    'todo-1',
    'A REMPLIR',
    'A REMPLIR 2024',
    'test123',
    'dataset-000',
    'N/A',
    'none',
    '',
    '-',
    '00000000-0000-0000-0000-000000000000',
    'aaaa11',
    'https://data.example/',
    `${base}/dataset/y`,
    'xxx-123',
  ])('"%s" is not', text => {
    expect(clues(`dct:identifier "${text}" ; dct:publisher ${publisher} .`)).toEqual([])
  })

  test('of a publisher counts only with that publisher', () => {
    expect(clues('dct:identifier "HCP-2024-017" .')).toEqual([])
    expect(clues('dct:identifier "HCP-2024-017" ; dct:publisher [] .')).toEqual([])
    expect(clues(`dct:identifier "HCP-2024-017" ; dct:publisher <${base}/record/x#agent> .`)).toEqual([])
  })
})

test('a dataset is known by its own IRI, its page and its files, and not by IRIs that we minted', () => {
  const said = `dcat:landingPage <https://www.data.example/fr/dataset/eau> ; adms:identifier <https://data.example/id/eau> ; dcat:distribution <https://data.example/d1>, <https://data.example/d2> .
    <https://data.example/id/eau> skos:notation "eau" . <https://data.example/d1> dcat:downloadURL <http://data.example/eau.csv> ; dcat:accessURL <https://data.example/eau.csv> . <https://data.example/d2> dcat:accessURL <https://data.example/> .`
  expect(clues(said, 'https://www.data.example/dataset/eau')).toEqual([
    'iri data.example/dataset/eau',
    'identifier data.example/id/eau',
    'page data.example/dataset/eau',
    'file data.example/eau.csv',
  ])
  expect(clues(said)[0]).toBe('identifier data.example/id/eau')
})

test('a dataset of ten thousand files is known by some of them, the same whatever their order', () => {
  const files = Array.from({ length: 10_000 }, (_, n) => n)
  const said = (order: number[]) =>
    `${order.map(n => `dcat:distribution <https://data.example/d${n}>`).join(' ; ')} . ${order.map(n => `<https://data.example/d${n}> dcat:downloadURL <https://data.example/${n}.csv> .`).join('\n')}`
  const some = clues(said(files))
  expect(some).toHaveLength(50)
  expect(clues(said(files.toReversed()))).toEqual(some)
})
