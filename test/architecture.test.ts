import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { protocols } from '../src/harvest/protocols/index.ts'

const src = join(import.meta.dirname, '../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
const roomOf = (file: string) => (file.includes('/') ? file.split('/')[0]! : '')
const importsOf = (file: string) => [...readFileSync(join(src, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)].map(match => match[1]!)

/** What each room may import: those below it. Files beside the rooms (problem.ts, files.ts) belong to all. */
const below: Record<string, string[]> = {
  rdf: [],
  config: [],
  vocabulary: ['rdf'],
  normalise: ['vocabulary', 'rdf'],
  validate: ['vocabulary', 'rdf'],
  ledger: ['normalise', 'validate', 'vocabulary', 'rdf'],
  outlets: ['ledger', 'config', 'vocabulary', 'rdf'],
  store: ['outlets', 'ledger', 'config', 'vocabulary', 'rdf'],
  harvest: ['normalise', 'validate', 'ledger', 'config', 'vocabulary', 'rdf'],
  web: ['outlets', 'store', 'validate', 'ledger', 'config', 'vocabulary', 'rdf', 'normalise'],
  cli: ['web', 'harvest', 'outlets', 'store', 'validate', 'ledger', 'config', 'vocabulary', 'rdf'],
}

/** The room that owns a library: to change the library is to change one room. */
const owners: Record<string, string[]> = {
  n3: ['rdf'],
  jsonld: ['rdf'],
  'rdfxml-streaming-parser': ['rdf'],
  'rdfa-streaming-parser': ['rdf'],
  '@rubensworks/saxes': ['harvest'],
  // The store's engine also writes RDF/XML: no maintained library does only that.
  oxigraph: ['store', 'rdf'],
  'eld/extrasmall': ['normalise'],
  entities: ['normalise'],
  'node:sqlite': ['ledger'],
  'shacl-engine': ['validate'],
  'rdf-ext': ['validate'],
  piscina: ['validate'],
  yaml: ['config', 'web'],
  'node-fetch': ['harvest', 'store'],
  'robots-parser': ['harvest'],
  'csv-parse/sync': ['harvest'],
  'hucre/xlsx': ['harvest'],
  nodemailer: ['harvest'],
  '@streamparser/json': ['harvest'],
  htmlparser2: ['harvest'],
  fflate: ['harvest'],
  'http-proxy-agent': ['harvest'],
  'https-proxy-agent': ['harvest'],
  croner: ['harvest', 'config'],
  express: ['web'],
  helmet: ['web'],
  compression: ['web'],
  'express-rate-limit': ['web'],
  preact: ['web'],
  'preact-render-to-string': ['web'],
  i18next: ['web'],
  commander: ['cli'],
  'cli-progress': ['cli'],
}

test('imports go down only: harvest and web meet in the ledger alone', () => {
  const upward = files.flatMap(file =>
    importsOf(file)
      .filter(path => path.startsWith('.'))
      .flatMap(path => {
        const [from, to] = [roomOf(file), roomOf(relative(src, join(src, dirname(file), path)))]
        return from === '' || to === '' || from === to || below[from]?.includes(to) ? [] : [`${file} imports ${path}`]
      }),
  )
  expect(upward).toEqual([])
})

test('every room stands in the table of rooms', () => {
  expect([...new Set(files.map(roomOf).filter(Boolean))].sort()).toEqual(Object.keys(below).sort())
})

test('each library is used in the room that owns it', () => {
  const strays = files.flatMap(file =>
    importsOf(file)
      .filter(path => owners[path] && !owners[path].includes(roomOf(file)))
      .map(path => `${file} imports ${path}`),
  )
  expect(strays).toEqual([])
})

test('only the command line reads the environment and the arguments', () => {
  const readers = files.filter(file => /process\.(env|argv)/.test(readFileSync(join(src, file), 'utf8')) && roomOf(file) !== 'cli')
  expect(readers).toEqual([])
})

test('every protocol is asked for what all protocols owe', () => {
  const tests = readdirSync(join(import.meta.dirname, 'harvest/protocols'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => readFileSync(join(import.meta.dirname, 'harvest/protocols', file), 'utf8'))
    .join('\n')
  const asked = new Set([...tests.matchAll(/keepsTheContract\(\{\s*protocol: '([^']+)'/g)].map(match => match[1]))
  expect(Object.keys(protocols).filter(name => !asked.has(name))).toEqual([])
})
