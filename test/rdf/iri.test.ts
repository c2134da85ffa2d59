import fc from 'fast-check'
import { Store } from 'oxigraph'
import { describe, expect, it } from 'vitest'
import { foldIri, isLegalIri, isPublicIri, mendIri, slug } from '../../src/rdf/iri.ts'

describe('mendIri', () => {
  it.each([
    [' https://e.ma/a ', 'https://e.ma/a'],
    ['<https://e.ma/a>', 'https://e.ma/a'],
    ['https://e.ma/a b', 'https://e.ma/a%20b'],
    ['https://e.ma/"q"', 'https://e.ma/%22q%22'],
    ['http://https://e.ma/a', 'https://e.ma/a'],
    ['http:/e.ma/a', 'http://e.ma/a'],
    ['https//e.ma/a', 'https://e.ma/a'],
    ['www.e.ma/données', 'http://www.e.ma/données'],
    ['https://e.ma/{id}|x', 'https://e.ma/%7Bid%7D%7Cx'],
    ['https://e.ma/صحة', 'https://e.ma/صحة'],
    ['ttps://e.ma/a', 'https://e.ma/a'],
    ['htp://e.ma', 'http://e.ma'],
    ['hhttps://e.ma/a', 'https://e.ma/a'],
    ['https://e.ma/100%', 'https://e.ma/100%25'],
    ['https://e.ma/a[1]?x=[2]', 'https://e.ma/a%5B1%5D?x=%5B2%5D'],
    ['https://e.ma/#a#b', 'https://e.ma/#a%23b'],
    ['ftp://e.ma/a', 'ftp://e.ma/a'],
    ['http://[2001:db8::1]:80/a', 'http://[2001:db8::1]:80/a'],
    ['https://e.ma/\uD800', 'https://e.ma/%EF%BF%BD'],
    ['mailto:a@e.ma', 'mailto:a@e.ma'],
    ['urn:x:1', 'urn:x:1'],
    ['ttps://e.ma/a', 'https://e.ma/a'],
    ['htp:/e.ma/a', 'http://e.ma/a'],
    ['hhttps://e.ma/a', 'https://e.ma/a'],
    ['http//e.ma/a', 'http://e.ma/a'],
    ['http;//e.ma/a', 'http://e.ma/a'],
    ['http:///e.ma/a', 'http://e.ma/a'],
    ['https:e.ma/a', 'https://e.ma/a'],
    ['http:\\\\e.ma\\a', 'http://e.ma/a'],
    ['http://htp://e.ma/a', 'http://e.ma/a'],
    ['https://e.ma/a (PDF, 2 Mo)', 'https://e.ma/a'],
    ['https://e.ma/fichier (1).csv', 'https://e.ma/fichier%20(1).csv'],
    ['https://e.ma/a, consulté le 3 mai', 'https://e.ma/a'],
    ['https://e.ma/a ; https://e.ma/b', 'https://e.ma/a'],
    ['https://e.ma/a et https://e.ma/b', 'https://e.ma/a'],
    ['https://e.ma/a\nvoir aussi', 'https://e.ma/a'],
    ['"https://e.ma/a"', 'https://e.ma/a'],
    ['https://e.ma/100%', 'https://e.ma/100%25'],
    ['a.b@e.ma', 'mailto:a.b@e.ma'],
    ['http://a.b@e.ma', 'mailto:a.b@e.ma'],
    ['mailto: a@e.ma', 'mailto:a@e.ma'],
    ['mailto://a@e.ma', 'mailto:a@e.ma'],
    ['https://e.ma/?to=a@e.ma', 'https://e.ma/?to=a@e.ma'],
  ])('makes %s into %s', (written, mended) => {
    expect(mendIri(written)).toBe(mended)
  })

  it.each(['', ' ', 'Santé', 'données 2024', 'http://', 'https://', 'http://[::1', 'http://a b/', '#', '/relative', 'Source: HCP 2020', 'tps/x'])(
    'gives up on "%s"',
    written => {
      expect(mendIri(written)).toBeUndefined()
    },
  )

  it('gives a legal IRI or nothing, and leaves its own work alone', () => {
    const near = fc
      .tuple(
        fc.constantFrom('http://', 'https://', 'www.', 'urn:', 'http:/', 'http://http://', '<', ''),
        fc.oneof(fc.webUrl(), fc.domain(), fc.string({ unit: 'binary' }), fc.string()),
      )
      .map(parts => parts.join(''))
    fc.assert(
      fc.property(near, written => {
        const mended = mendIri(written)
        if (mended === undefined) return
        expect(isLegalIri(mended)).toBe(true)
        expect(mendIri(mended)).toBe(mended)
      }),
      { numRuns: 3000 },
    )
  })
})

it('what is called legal here is legal to a parser that forgives nothing', () => {
  const piece = fc.constantFrom(
    'http://',
    'https://',
    'e.ma',
    '/',
    'a',
    '%',
    '%2',
    '%20',
    '[',
    ']',
    '#',
    '?',
    ':',
    '@',
    'é',
    '\uE000',
    '\u{10FFFF}',
    '\uD800',
    '"',
    ' ',
    '\\',
    '::1',
    '[::1]',
    'urn:',
    '80',
    '\u200F',
    '\u00A0',
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join('')),
      written => {
        for (const iri of [written, mendIri(written) ?? ''])
          if (isLegalIri(iri)) new Store().load(`<https://e.ma/s> <https://e.ma/p> <${iri}> .`, { format: 'application/n-triples' })
      },
    ),
    { numRuns: 3000 },
  )
})

it.each([
  ['https://data.gov.ma/a', true],
  ['http://8.8.8.8/a', true],
  ['http://127.0.0.1/a', false],
  ['http://10.1.2.3/a', false],
  ['http://[::1]/a', false],
  ['http://[::ffff:127.0.0.1]/', false],
  ['http://2130706433/', false],
  ['http://localhost/a', false],
  ['http://ckan:5000/dataset/x', false],
  ['http://portal.local/a', false],
  ['http://x.internal/', false],
  ['ftp://data.gov.ma/a', false],
  ['urn:uuid:1', false],
  ['data.gov.ma/a', false],
  ['http://', false],
])('%s names a dataset for everybody: %s', (iri, answer) => {
  expect(isPublicIri(iri)).toBe(answer)
})

it('scheme, www, case and final slash do not count when IRIs are compared', () => {
  expect(new Set(['http://e.ma/A', 'https://e.ma/a/', 'https://www.E.ma/a//'].map(foldIri)).size).toBe(1)
  expect(foldIri('https://e.ma/a')).not.toBe(foldIri('https://e.ma/b'))
})

it.each([
  ['Éléments d’œuvre (2024)', 'elements-d-oeuvre-2024'],
  ['  --  ', ''],
  ['المغرب', ''],
  ['x'.repeat(100), 'x'.repeat(60)],
  ['a'.repeat(59) + ' b', 'a'.repeat(59)],
])('slug of %s', (text, made) => {
  expect(slug(text)).toBe(made)
})
