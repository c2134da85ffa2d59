import { expect, it } from 'vitest'
import { dct } from '../../src/rdf/namespaces.ts'
import { literal, namedNode } from '../../src/rdf/terms.ts'
import { literalsOf, textsOf } from '../../src/rdf/texts.ts'
import { turtle } from '../edition.ts'

const of = (titles: string) => textsOf(turtle(`<https://e.ma/a> <${dct.title.value}> ${titles} .`), namedNode('https://e.ma/a'), dct.title)

it('texts are told by language, in their order; one without a tag is "und", and what is no text is none', () => {
  expect(Object.entries(of('"Eau"@fr, "ماء"@ar, "H2O", <https://e.ma/b>'))).toEqual([
    ['fr', 'Eau'],
    ['ar', 'ماء'],
    ['und', 'H2O'],
  ])
})

it('of two texts in one language the same is taken whatever their order', () => {
  expect(of('"Eau"@fr, "Barrages"@fr')).toEqual({ fr: 'Barrages' })
  expect(of('"Barrages"@fr, "Eau"@fr')).toEqual({ fr: 'Barrages' })
})

it('texts become the literals they were', () => {
  expect(literalsOf({ fr: 'Eau', und: 'H2O' })).toEqual([literal('Eau', 'fr'), literal('H2O')])
})
