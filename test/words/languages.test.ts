import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../../src/files.ts'
import { readLocale, shippedLanguages } from '../../src/words/words.ts'

// What must be true of the sentences themselves, whatever page says them.

// A plural has as many forms as its language: the forms stand for one key.
const keys = (tree: object, before = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${before}${key.replace(/_(zero|one|two|few|many|other)$/, '')}`] : keys(value as object, `${before}${key}.`),
  )
const known = (language: string) => [...new Set(keys(readLocale(language)))].sort()
test.each(shippedLanguages)('%s has every sentence, and every form of its plurals', language => {
  expect(known(language)).toEqual(known('fr'))
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const flat = (tree: object, before = ''): string[] =>
    Object.entries(tree).flatMap(([key, value]) => (typeof value === 'string' ? [before + key] : flat(value as object, `${before}${key}.`)))
  const all = new Set(flat(readLocale(language)))
  for (const plural of [...all].filter(key => key.endsWith('_other')).map(key => key.slice(0, -6)))
    for (const form of forms) expect(all, `${plural}_${form}`).toContain(`${plural}_${form}`)
})

test('every sentence that a view asks for is there', () => {
  const views = join(root, 'src/web')
  const asked = readdirSync(views, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .flatMap(file => [...readFileSync(join(views, file), 'utf8').matchAll(/\bt\('([a-z_.]+)'/g)].map(match => match[1]!))
  const written = new Set(known('fr'))
  expect(asked.length).toBeGreaterThan(100)
  expect(asked.filter(key => !written.has(key))).toEqual([])
})

test('every sentence is said somewhere', () => {
  const src = join(root, 'src')
  const code = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter(file => /\.tsx?$/.test(file))
    .map(file => readFileSync(join(src, file), 'utf8'))
    .join('\n')
  const whole = new Set([...code.matchAll(/['"`]([a-zA-Z_][\w-]*(?:\.[\w-]+)*)['"`]/g)].map(([, text]) => text!))
  // Keys that are put together: what stands before the first hole, and after the last.
  const parts = [...code.matchAll(/`([a-z_][\w.-]*)\$\{[^`]*\}([\w.-]*)`/gi)].map(([, before, after]) => [before!, after!] as const)
  const isSaid = (key: string) => whole.has(key) || parts.some(([before, after]) => key.startsWith(before) && key.endsWith(after))
  expect(known('fr').filter(key => !isSaid(key))).toEqual([])
})
