import { describe, expect, test } from 'vitest'
import { prologueFor } from '../../src/web/browser/prologue.ts'
import { suggestions } from '../../src/web/browser/suggestions.ts'

// What the editor of the query page suggests while somebody writes, and the prefix that it declares.

const terms = {
  prefixes: { dct: 'http://purl.org/dc/terms/', dcat: 'http://www.w3.org/ns/dcat#' },
  terms: [
    ['dct:title', 'العنوان', false],
    ['dct:temporal', 'période couverte', false],
    ['dcat:theme', 'thème', false],
    ['dcat:dataset', 'jeu de données du catalogue', false],
    ['dcat:Dataset', 'jeu de données', true],
  ] as [string, string, boolean][],
  concepts: [
    ['http://x.example/id/theme/sante', 'Santé', 'Thèmes'],
    ['http://x.example/id/theme/eau', 'الماء والبيئة', 'المواضيع'],
  ] as [string, string, string][],
}
const suggested = (word: string, query = '') => suggestions(word, query, terms).map(({ text }) => text)

describe('a word is completed', () => {
  test.each([
    ['dct:t', ['dct:title', 'dct:temporal']],
    ['titl', ['dct:title']],
    ['theme', ['dcat:theme']],
    ['Thème', ['dcat:theme']],
    ['période', ['dct:temporal']],
    ['عنوان', ['dct:title']],
    ['sante', ['<http://x.example/id/theme/sante>']],
    ['البيئه', ['<http://x.example/id/theme/eau>']],
    ['opti', ['OPTIONAL']],
    ['zzz', []],
  ])('%s', (word, expected) => {
    expect(suggested(word)).toEqual(expected)
  })

  test.each([
    ['dcat:Data', 'SELECT * { ?d a dcat:Data', ['dcat:Dataset', 'dcat:dataset']],
    ['dcat:Data', 'SELECT * { ?d rdf:type dcat:Data', ['dcat:Dataset', 'dcat:dataset']],
    ['dcat:data', 'SELECT * { ?c dcat:data', ['dcat:dataset', 'dcat:Dataset']],
  ])('%s in %s: a class first where a class stands', (word, query, expected) => {
    expect(suggested(word, query)).toEqual(expected)
  })

  test('a variable by those of the query', () => {
    expect(suggested('?d', 'SELECT ?dataset ?date { ?dataset ?p ?d }')).toEqual(['?dataset', '?date'])
    expect(suggested('?', 'SELECT ?a { ?a ?b ?')).toEqual(['?a', '?b'])
  })
})

describe('the prefix of a name is declared', () => {
  const declared = (query: string, prefix: string) => {
    const line = prologueFor(query, prefix, terms.prefixes)
    return line && query.slice(0, line.from) + line.insert + query.slice(line.from)
  }
  test.each([
    ['above a query that declares none', 'SELECT * {}', 'PREFIX dct: <http://purl.org/dc/terms/>\nSELECT * {}'],
    ['below the title', '# Titre\nSELECT * {}', '# Titre\nPREFIX dct: <http://purl.org/dc/terms/>\nSELECT * {}'],
    [
      'below the others',
      '# Titre\nBASE <http://x/>\nPREFIX dcat: <http://www.w3.org/ns/dcat#>\n\nSELECT * {}',
      '# Titre\nBASE <http://x/>\nPREFIX dcat: <http://www.w3.org/ns/dcat#>\nPREFIX dct: <http://purl.org/dc/terms/>\n\nSELECT * {}',
    ],
  ])('%s', (_where, query, expected) => {
    expect(declared(query, 'dct')).toBe(expected)
  })
  test('once', () => {
    expect(declared('prefix dct: <http://purl.org/dc/terms/>\nSELECT * {}', 'dct')).toBeUndefined()
  })
})
