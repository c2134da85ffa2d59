import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// The table of threats names tests: each is there, under that name.

const root = join(import.meta.dirname, '..')
const document = readFileSync(join(root, 'docs/security.md'), 'utf8')
const rows = [...document.matchAll(/^\|([^|\n]+)\|([^|\n]+)\|([^|\n]+)\|$/gm)].map(([, ...cells]) => cells.map(cell => cell.trim()))
const threats = rows.filter(([threat]) => !/^(?:threat|-+|\*\*.*\*\*)$/.test(threat!))

test('the table has a test for each threat', () => {
  expect(threats.length).toBeGreaterThan(30)
  expect(threats.filter(([, done, tried]) => !done || !tried)).toEqual([])
})

test.each(threats.map(([threat = '', , tried = '']) => [threat, tried] as const))('%s', (_threat, tried) => {
  const [, file, title] = /^`([^`]+)`: (.+)$/.exec(tried) ?? []
  expect(existsSync(join(root, file!)), tried).toBe(true)
  if (statSync(join(root, file!)).isDirectory()) expect(readdirSync(join(root, file!)).length).toBeGreaterThan(0)
  else expect(readFileSync(join(root, file!), 'utf8').replaceAll("\\'", "'").includes(title!), tried).toBe(true)
})
