import { expect, test } from 'vitest'
import { mapRows, type JsonRow } from '../../../../src/harvest/readers/json/fields.ts'
import { Graph } from '../../../../src/rdf/graph.ts'
import { dct } from '../../../../src/rdf/namespaces.ts'
import { isLiteral, namedNode } from '../../../../src/rdf/terms.ts'

const subject = namedNode('https://example.org/dataset')

/** What a table makes of a record: the values of its statements, with their languages. */
function mapped(record: unknown, rows: JsonRow[], languages?: Record<string, string>) {
  const to = new Graph()
  mapRows(subject, record, rows, {
    to,
    mint: { base: 'b', record: 'https://example.org/record', dataset: 'd' },
    language: 'fr',
    ...(languages && { languages }),
  })
  return [...to].map(({ object }) => (isLiteral(object) && object.language ? `${object.value}@${object.language}` : object.value)).sort()
}

test('the first place that holds a value wins, through lists and objects too', () => {
  const rows: JsonRow[] = [[['names.label', 'title'], dct.title, 'list']]
  expect(mapped({ title: 'b', names: [{ label: 'a' }, { label: 'c' }] }, rows)).toEqual(['a', 'c'])
  expect(mapped({ title: 'b', names: [] }, rows)).toEqual(['b'])
})

test('a text is read with those that the fields beside it have in other languages', () => {
  const rows: JsonRow[] = [[['about.title'], dct.title, 'text']]
  expect(mapped({ about: { title: 'Eau', title_ar: 'ماء', title_translated: { en: 'Water' } } }, rows, { ar: 'ar' })).toEqual(
    ['Eau', 'Water@en', 'ماء@ar'].sort(),
  )
})

test('a field whose name has a dot in it is read as it is called', () => {
  expect(mapped({ 'geo.coverage': 'Rabat', geo: { coverage: 'Salé' } }, [[['geo.coverage'], dct.spatial, 'list']])).toEqual(['Rabat'])
})
