import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../src/files.ts'
import { problemCodes } from '../../src/problem.ts'
import { remediesOf } from '../../src/web/page/remedies.ts'
import { loadWords, shippedLanguages } from '../../src/words/words.ts'

// What reports say of problems and repairs is data: nothing may be missing in any language.

const remedies = remediesOf(loadWords(shippedLanguages, 'UTC'), new Map())
const languages = shippedLanguages.toSorted()

/** The names of the rules that the code lists repairs under: the first argument after the draft, and `rule:` of mappings. */
function repairRules(): string[] {
  const code = ['src/normalise', 'src/harvest']
    .flatMap(folder =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter(file => file.endsWith('.ts'))
        .map(file => readFileSync(join(root, folder, file), 'utf8')),
    )
    .join('\n')
  const named = [...code.matchAll(/\brepair\(draft, ([^\n]*)/g)].flatMap(match =>
    [...firstArgument(match[1]!).matchAll(/'([a-z]+(?:-[a-z]+)*)'/g)].map(rule => rule[1]!),
  )
  return [...new Set([...named, ...[...code.matchAll(/\brule: '([a-z-]+)'/g)].map(rule => rule[1]!)])].sort()
}

function firstArgument(text: string): string {
  let depth = 0
  for (const [at, character] of [...text].entries()) {
    if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (character === ',' && depth === 0) return text.slice(0, at)
  }
  return text
}

test.each(problemCodes)('a portal is told in every language what %s is and how to mend it', code => {
  const { title, mend } = remedies('problems', code)
  for (const said of [title, mend]) {
    expect(Object.keys(said).sort()).toEqual(languages)
    for (const sentence of Object.values(said)) expect(sentence.trim().length).toBeGreaterThan(3)
  }
})

test('every rule that changes a value has its title and its remedy in every language', () => {
  const rules = repairRules()
  expect(rules.length).toBeGreaterThan(20)
  expect(rules).toContain('html-to-text')
  const missing = rules.flatMap(rule =>
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
