import { expect, test } from 'vitest'
import { choose } from '../../src/words/choose.ts'

test.each([
  ['the first language that is wished for', { fr: 'Eau', en: 'Water', ar: 'ماء' }, ['ar', 'fr'], { text: 'ماء', language: 'ar' }],
  ['the next one, where the first is missing', { fr: 'Eau', en: 'Water' }, ['ar', 'en'], { text: 'Water', language: 'en' }],
  ['the next one, where the first is empty', { ar: '', en: 'Water' }, ['ar', 'en'], { text: 'Water', language: 'en' }],
  ['what there is, where none is wished for', { es: '', fr: 'Eau' }, ['ar'], { text: 'Eau', language: 'fr' }],
  ['nothing, where there is no text', { fr: '' }, ['fr'], undefined],
])('a text is given in %s', (_what, texts, languages, chosen) => {
  expect(choose(texts, languages)).toEqual(chosen)
})
