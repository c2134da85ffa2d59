import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { tables, withTables } from '../docs/mapping.ts'
import { withOptions } from '../docs/options.ts'
import { withProfiles } from '../docs/profiles.ts'
import { withProtocols } from '../docs/protocols.ts'
import { protocols } from '../src/harvest/protocols/index.ts'
import { optionsOf, readsOf } from '../src/harvest/protocols/option-list.ts'
import { repairRules } from '../src/normalise/rules.ts'
import { fihrist } from './cli/fihrist.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')

test('the tables of docs/mapping.md are those the program maps by (npm run docs writes them), each once', () => {
  const document = read('docs/mapping.md')
  expect(withTables(document)).toBe(document)
  expect([...document.matchAll(/<!-- table: ([\w -]+?) -->/g)].map(match => match[1]).sort()).toEqual([...tables.keys()].sort())
})

test('the table of protocols in README.md is what they say they read (npm run docs writes it)', () => {
  expect(withProtocols(read('README.md'))).toBe(read('README.md'))
  for (const name of Object.keys(protocols)) expect(read('README.md')).toContain(`\n| \`${name}\` | `)
})

test('npm run docs begins the sections of a protocol that is new', () => {
  const without = (document: string, heading: string) => document.replace(new RegExp(`\n${heading}\n[\\s\\S]*?<!-- end -->\n`), '')
  expect(withOptions(without(read('docs/configuration.md'), '### Options of `stac`'))).toContain('### Options of `stac`\n\n<!-- options: stac -->\n| option |')
  expect(withTables(without(read('docs/mapping.md'), '## DataCite'))).toContain('## datacite record\n\n<!-- table: datacite record -->\n| DataCite |')
})

test('the tables of options in docs/configuration.md are what the protocols check (npm run docs writes them), one for each', () => {
  const document = read('docs/configuration.md')
  expect(withOptions(document)).toBe(document)
  expect([...document.matchAll(/<!-- options: ([\w-]+) -->/g)].map(match => match[1]).sort()).toEqual(Object.keys(protocols).sort())
})

test.each(Object.entries(protocols))('%s says what it reads, and what each of its options means', (_name, protocol) => {
  expect(readsOf(protocol)).not.toBe('')
  expect(optionsOf(protocol).filter(({ meaning }) => !meaning)).toEqual([])
})

test('docs/mapping.md names every rule that repairs are listed under', () => {
  const document = read('docs/mapping.md')
  expect(repairRules.length).toBeGreaterThan(30)
  expect(repairRules.filter(rule => !document.includes(`\`${rule}\``))).toEqual([])
  for (const locale of ['fr', 'ar', 'en'])
    expect(
      repairRules.filter(rule => !read(`src/words/${locale}.yaml`).includes(`\n  ${rule}: `)),
      locale,
    ).toEqual([])
})

test('README.md begins with the two commands and one line of what this is', () => {
  const [title, , line] = read('README.md').split('\n')
  expect(title).toContain('Fihrist')
  expect(line!.length).toBeGreaterThan(60)
  for (const command of ['npm ci && npm start', 'npm ci && npm test']) expect(read('README.md').indexOf(command)).toBeLessThan(600)
})

test('the documents link only to files that are there', () => {
  const documents = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).flatMap(name => (name.endsWith('.md') ? [`docs/${name}`] : []))]
  expect(documents.length).toBeGreaterThan(15)
  for (const document of documents) {
    for (const [, target] of read(document).matchAll(/\]\(([^)#]+)\)/g)) {
      if (!/^https?:/.test(target!)) expect(() => read(join(document, '..', target!)), `${document} → ${target}`).not.toThrow()
    }
  }
})

test('docs/README.md leads to every document, and README.md to it', () => {
  const index = read('docs/README.md')
  const documents = readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md') && name !== 'README.md')
  expect(documents.filter(name => !index.includes(`](${name})`))).toEqual([])
  expect(read('README.md')).toContain('](docs/README.md)')
  expect(read('README.md').split('\n').length).toBeLessThan(110)
})

test('the tables of docs/profiles.md are what the shapes say (npm run docs writes them)', async () => {
  const document = read('docs/profiles.md')
  expect(await withProfiles(document)).toBe(document)
})

test('commands that documents tell people to give are there, with the options that they name', async () => {
  const told = ['README.md', ...readdirSync(join(root, 'docs')).flatMap(name => (name.endsWith('.md') ? [`docs/${name}`] : []))]
    .flatMap(document => [...read(document).matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, lines]) => lines!.split('\n')))
    .flatMap(line =>
      [...line.matchAll(/npx fihrist ([a-z]+)([^#&|]*)/g)].map(([, command, rest]) => ({ command: command!, options: rest!.match(/--[a-z-]+/g) ?? [] })),
    )
  const commands = new Map<string, Set<string>>()
  for (const { command, options } of told) commands.set(command, new Set([...(commands.get(command) ?? []), ...options]))
  expect(commands.size).toBeGreaterThan(12)
  for (const [command, options] of commands) {
    const parts =
      command === 'inventory'
        ? [
            ['inventory', 'template'],
            ['inventory', 'check'],
          ]
        : [[command]]
    const helps = await Promise.all(parts.map(part => fihrist([...part, '--help'])))
    for (const { code } of helps) expect(code, command).toBe(0)
    expect(
      [...options].filter(option => !helps.some(({ out }) => out.includes(option))),
      command,
    ).toEqual([])
  }
})

/** The rows of the tables of threats and of faults: the last cell names a test, by its file and its name. */
const tried = ['docs/security.md', 'docs/faults.md'].flatMap(document =>
  [...read(document).matchAll(/^\|(.+)\|$/gm)]
    .map(([, row]) => row!.split('|').map(cell => cell.trim()))
    .filter(cells => cells.length > 2)
    .filter(([first]) => !/^(?:threat|what befalls it|-+|\*\*.*\*\*)$/.test(first!)),
)

test('docs/security.md and docs/faults.md say of everything what is done about it', () => {
  expect(tried.length).toBeGreaterThan(50)
  expect(tried.filter(cells => cells.some(cell => !cell))).toEqual([])
})

test.each(tried.map(cells => [cells[0]!, cells.at(-1)!] as const))('%s: the test that is named is there', (_what, named) => {
  const [, file, title] = /^`([^`]+)`: (.+)$/.exec(named) ?? []
  expect(existsSync(join(root, file!)), named).toBe(true)
  expect(statSync(join(root, file!)).isDirectory() || read(file!).replaceAll("\\'", "'").includes(title!), named).toBe(true)
})
