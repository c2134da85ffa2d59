import { expect, test } from 'vitest'
import { repairRules } from '../../src/normalise/rules.ts'
import { problemCodes } from '../../src/problem.ts'
import { remediesOf } from '../../src/web/site/remedies.ts'
import { loadWords, readLocale, shippedLanguages } from '../../src/words/words.ts'

// What reports say of problems and repairs is data: nothing may be missing in any language.

const remedies = remediesOf(loadWords(shippedLanguages, 'UTC'), new Map())
const languages = shippedLanguages.toSorted()

test.each(problemCodes)('a portal is told in every language what %s is and how to mend it', code => {
  const { title, mend } = remedies('problems', code)
  for (const said of [title, mend]) {
    expect(Object.keys(said).sort()).toEqual(languages)
    for (const sentence of Object.values(said)) expect(sentence.trim().length).toBeGreaterThan(3)
  }
})

test('every rule that changes a value has its title and its remedy in every language', () => {
  expect(repairRules.length).toBeGreaterThan(20)
  expect(repairRules).toContain('html-to-text')
  const missing = repairRules.flatMap(rule =>
    Object.entries(remedies('repairs', rule)).flatMap(([part, said]) =>
      languages.every(language => (said as Record<string, string>)[language]) ? [] : [`${part} of ${rule}`],
    ),
  )
  expect(missing).toEqual([])
})

test('what nobody wrote words for is shown by its name', () => {
  expect(remedies('repairs', 'a-rule-of-tomorrow')).toEqual({ title: { und: 'a-rule-of-tomorrow' }, mend: {} })
  expect(remedies('findings', 'https://example.org/#rule').title).toEqual({ und: 'https://example.org/#rule' })
})

test.each(languages)('the words in %s are about the problems and rules there are, and no others', language => {
  const { trouble, repair, mend } = readLocale(language)
  expect(Object.keys(trouble!).sort()).toEqual(problemCodes.toSorted())
  for (const said of [repair, mend]) expect(Object.keys(said!).sort()).toEqual(repairRules.toSorted())
})

test('a problem that has no remedy of its own has that of its kind', () => {
  const words = new Map(
    [...loadWords(['en'], 'UTC')].map(([language, all]) => [language, { ...all, has: (key: string) => !key.startsWith('trouble.') && all.has(key) }]),
  )
  expect(remediesOf(words, new Map())('problems', 'timeout-idle').mend['en']).toMatch(/^The portal answers too slowly\./)
  expect(remediesOf(words, new Map())('problems', 'bad-record').mend).toEqual({})
})
