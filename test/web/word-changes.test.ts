import { expect, test } from 'vitest'
import { wordChanges } from '../../src/web/page/word-changes.ts'

test.each([
  ['le taux de 2023 par mois', 'le taux de 2024 par mois', ['2023'], ['2024']],
  ['a', 'a', [], []],
  ['', 'neuf', [], ['neuf']],
  ['a b', 'a b c', [], [' c']],
  ['نسبة ملء السدود', 'نسبة ملء جميع السدود', [], ['جميع ']],
  ['x x', 'x', [' x'], []],
])('%j became %j', (before, after, gone, come) => {
  const changes = wordChanges(before, after)
  const of = (side: 'before' | 'after', kind: string) => changes[side].filter(piece => piece.kind === kind).map(({ text }) => text)
  expect(changes.before.map(({ text }) => text).join('')).toBe(before)
  expect(changes.after.map(({ text }) => text).join('')).toBe(after)
  expect([of('before', 'gone'), of('after', 'come')]).toEqual([gone, come])
})
