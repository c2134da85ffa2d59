import { expect, test } from 'vitest'
import { printed } from '../../src/words/print.ts'

test.each([
  ["L'eau d'ici, qu'{{title}} n'a pas", 'L’eau d’ici, qu’{{title}} n’a pas'],
  ["l'<b>eau</b> et l'", 'l’<b>eau</b> et l’'],
  ["curl 'https://example.org/a'", "curl 'https://example.org/a'"],
  ['« Eau » : 5 % ; oui !', '«\u00a0Eau\u00a0»\u00a0: 5\u00a0%\u202f; oui\u202f!'],
  ['à 16:53, https://example.org/?a=b', 'à 16:53, https://example.org/?a=b'],
])('French is printed with its apostrophe, and with spaces that no line ends at: %s', (written, shown) => {
  expect(printed(written, 'fr')).toBe(shown)
})

test('other languages stand as they were written', () => {
  expect(printed("It isn't : « so »", 'en')).toBe("It isn't : « so »")
})
