import { expect, test } from 'vitest'
import { kindOf, problemCodes } from '../../src/problem.ts'
import { loadWords, shippedLanguages, wordsIn } from '../../src/words/words.ts'

test('a language that there are no words in is answered in English', () => {
  expect(wordsIn('fr').language).toBe('fr')
  expect(wordsIn('tlh').language).toBe('en')
  expect(wordsIn('tlh').t('inventory.place', { file: 'a.csv', line: 3 })).toBe('a.csv, line 3')
})

test.each(['{{file}}', '$t(meta.name)', '$1 $& $$', '<b>"R&D"</b>', '{{- file}} $t(nav.menu, {"a": 1})', '«{{value}}»'])(
  'what people write is put into a sentence as it stands: %s',
  value => {
    expect(wordsIn('en').t('inventory.address', { value })).toBe(`“${value}” is no address. Write it in full, with https://.`)
  },
)

test('numbers in sentences of programs are plain, those of counts as the language writes them', () => {
  expect(wordsIn('fr').t('inventory.well', { file: 'a.csv', rows: 12345 })).toContain(' 12345 ')
  expect(wordsIn('fr').t('count.datasets', { count: 12345 })).toMatch(/12.345/)
})

test.each([...loadWords(shippedLanguages, 'UTC')])(
  'a remedy in %s is said for each kind of problem, by its own sentence or by one for all others',
  (_language, words) => {
    const kinds = [...new Set(problemCodes.map(code => kindOf(code)!))]
    const own = kinds.filter(kind => words.has(`remedy.${kind}`))
    expect(own.toSorted()).toEqual(['certificate', 'empty', 'form', 'held', 'pages', 'rdf', 'refused', 'robots', 'slow', 'unreachable'])
    expect(words.t('remedy.other')).not.toBe('remedy.other')
  },
)
