import { readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { protocols } from '../src/harvest/protocols/index.ts'

const src = join(import.meta.dirname, '../src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
const textOf = (file: string) => readFileSync(join(src, file), 'utf8')
const statement = /^(?:import|export)\s(?:[\w*{}\s,$]+?\sfrom\s)?'([^']+)'|\bimport\('([^']+)'\)/gm
const importsOf = (file: string) => [...textOf(file).matchAll(statement)].map(match => match[1] ?? match[2]!)
/** The files of ours that a file imports, types included. */
const oursOf = new Map(
  files.map(file => [file, importsOf(file).flatMap(path => (path.startsWith('.') ? [relative(src, join(src, dirname(file), path))] : []))]),
)
const imports = [...oursOf].flatMap(([from, all]) => all.map(to => ({ from, to })))

const roomOf = (file: string) => (file.includes('/') ? file.split('/')[0]! : '')
const partOf = (file: string) => file.split('/')[1]!

/** What each room may import: those below it. Files beside the rooms (problem.ts, files.ts, table.ts) belong to all. */
const below: Record<string, string[]> = {
  rdf: [],
  config: ['rdf'],
  words: ['config', 'rdf'],
  vocabulary: ['words', 'config', 'rdf'],
  normalise: ['vocabulary', 'words', 'config', 'rdf'],
  validate: ['vocabulary', 'words', 'config', 'rdf'],
  inventory: ['normalise', 'vocabulary', 'words', 'config', 'rdf'],
  ledger: ['inventory', 'normalise', 'validate', 'vocabulary', 'words', 'config', 'rdf'],
  outlets: ['ledger', 'inventory', 'normalise', 'validate', 'vocabulary', 'words', 'config', 'rdf'],
  store: ['outlets', 'ledger', 'vocabulary', 'words', 'config', 'rdf'],
  harvest: ['ledger', 'inventory', 'normalise', 'validate', 'vocabulary', 'words', 'config', 'rdf'],
  web: ['outlets', 'store', 'ledger', 'inventory', 'normalise', 'validate', 'vocabulary', 'words', 'config', 'rdf'],
  cli: ['web', 'harvest', 'outlets', 'store', 'ledger', 'inventory', 'normalise', 'validate', 'vocabulary', 'words', 'config', 'rdf'],
}

/** The parts of a room, floor by floor from the top: each imports from the floors below its own alone. */
const floors: Record<string, string[][]> = {
  harvest: [['schedule'], ['notices'], ['run', 'probe', 'links', 'samples'], ['protocols'], ['formats'], ['readers'], ['protocol.ts'], ['http']],
  ledger: [['programme'], ['sources'], ['runs', 'links'], ['records'], ['identity'], ['search'], ['file']],
  web: [['worker.ts'], ['readers.ts'], ['app.ts', 'browser'], ['routes'], ['mcp'], ['sparql'], ['http'], ['views'], ['page'], ['site']],
}

/** The room that owns a library: to change the library is to change one room. What all may use has no owner. */
const owners: Record<string, string[]> = {
  n3: ['rdf'],
  jsonld: ['rdf'],
  'rdfxml-streaming-parser': ['rdf'],
  'rdfa-streaming-parser': ['rdf'],
  '@rdfjs/types': ['rdf'],
  '@rubensworks/saxes': ['harvest'],
  // The store's engine also writes RDF/XML: no maintained library does only that.
  oxigraph: ['store', 'rdf'],
  'eld/extrasmall': ['normalise'],
  entities: ['normalise'],
  '@orama/stemmers/english': ['vocabulary'],
  '@orama/stemmers/french': ['vocabulary'],
  // The ledger's file; and the statements of a dump that is larger than memory.
  'node:sqlite': ['ledger', 'rdf'],
  'shacl-engine': ['validate'],
  'shacl-engine/sparql.js': ['validate'],
  'rdf-ext': ['validate'],
  piscina: ['harvest', 'web', 'validate'],
  yaml: ['config'],
  'prom-client': ['web'],
  pino: ['cli'],
  'd3-scale': ['web'],
  'd3-shape': ['web'],
  zod: ['config', 'words', 'inventory', 'validate', 'harvest', 'web'],
  'node-fetch': ['harvest', 'store'],
  'robots-parser': ['harvest'],
  'csv-parse/sync': ['inventory'],
  'hucre/xlsx': ['inventory'],
  nodemailer: ['harvest'],
  'openid-client': ['web'],
  '@streamparser/json': ['harvest'],
  htmlparser2: ['harvest'],
  fflate: ['harvest'],
  'http-proxy-agent': ['harvest'],
  'https-proxy-agent': ['harvest'],
  'ipaddr.js': ['harvest', 'config', 'rdf'],
  croner: ['config'],
  '@traqula/parser-sparql-1-1': ['store', 'validate'],
  '@comunica/query-sparql': ['store'],
  express: ['web'],
  helmet: ['web'],
  '@modelcontextprotocol/sdk/server/mcp.js': ['web'],
  '@modelcontextprotocol/sdk/server/streamableHttp.js': ['web'],
  compression: ['web'],
  'lru-cache': ['web'],
  'express-rate-limit': ['web'],
  preact: ['web'],
  marked: ['web'],
  '@codemirror/autocomplete': ['web'],
  '@codemirror/commands': ['web'],
  '@codemirror/language': ['web'],
  '@codemirror/lint': ['web'],
  '@codemirror/state': ['web'],
  '@codemirror/view': ['web'],
  '@lezer/highlight': ['web'],
  'codemirror-lang-sparql': ['web'],
  i18next: ['words'],
  commander: ['cli'],
  'cli-progress': ['cli'],
}
const ownedNodeModules = Object.keys(owners).filter(name => name.startsWith('node:'))

test('imports go down only: harvest and web meet in the ledger alone', () => {
  const upward = imports.filter(({ from, to }) => {
    const [here, there] = [roomOf(from), roomOf(to)]
    return here !== '' && there !== '' && here !== there && !below[here]?.includes(there)
  })
  expect(upward.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
})

test('every room stands in the table of rooms', () => {
  expect([...new Set(files.map(roomOf).filter(Boolean))].sort()).toEqual(Object.keys(below).sort())
})

describe.each(Object.entries(floors))('%s', (room, order) => {
  const floorOf = (part: string) => order.findIndex(floor => floor.includes(part))
  test('every part stands on a floor', () => {
    expect([...new Set(files.filter(file => roomOf(file) === room).map(partOf))].filter(part => floorOf(part) < 0)).toEqual([])
  })
  test('its parts import from the floors below alone', () => {
    const upward = imports.filter(
      ({ from, to }) => roomOf(from) === room && roomOf(to) === room && partOf(from) !== partOf(to) && floorOf(partOf(from)) >= floorOf(partOf(to)),
    )
    expect(upward.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
  })
})

test('protocols do not import each other: what several share lies in readers or formats', () => {
  const protocolOf = (file: string) => /^harvest\/protocols\/([^/]+)\//.exec(file)?.[1]
  const shared = imports.filter(({ from, to }) => protocolOf(from) && protocolOf(to) && protocolOf(from) !== protocolOf(to))
  expect(shared.map(({ from, to }) => `${from} imports ${to}`)).toEqual([])
})

test('no file imports itself by way of others, be it for a type', () => {
  expect(circles().map(circle => circle.join(' ↔ '))).toEqual([])
})

test('each library is used in the room that owns it, and each has an owner', () => {
  const libraries = files.flatMap(file =>
    importsOf(file)
      .filter(path => !path.startsWith('.') && (!path.startsWith('node:') || ownedNodeModules.includes(path)))
      .map(path => ({ file, path })),
  )
  expect(libraries.filter(({ file, path }) => !owners[path]?.includes(roomOf(file))).map(({ file, path }) => `${file} imports ${path}`)).toEqual([])
})

test('SQL stands in the ledger alone', () => {
  const sql = /\b(SELECT [\w*(?']|INSERT (OR \w+ )?INTO [a-z]|UPDATE [a-z_]+ SET|DELETE FROM [a-z]|WHERE [\w.]+ (=|<>|IS|IN) |ORDER BY [a-z])/
  // What is asked in SPARQL begins its names with a question mark, and is no SQL.
  const lines = files
    .filter(file => !['ledger', 'rdf'].includes(roomOf(file)))
    .flatMap(file =>
      textOf(file)
        .split('\n')
        .flatMap((line, at) => (sql.test(line) && !/[?]\w|\bGRAPH\b/.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
    )
  expect(lines).toEqual([])
})

test('a view asks the ledger nothing: what it shows is given to it', () => {
  const asking = files.filter(file => file.startsWith('web/views/') && /\bledger\b(?!\/)/.test(textOf(file)))
  expect(asking).toEqual([])
})

test('a harvest asks the clock that it is given what time it is', () => {
  expect(files.filter(file => roomOf(file) === 'harvest' && /new Date\(\)|Date\.now\(/.test(textOf(file)))).toEqual([])
})

test('only the command line reads the environment and the arguments', () => {
  expect(files.filter(file => /process\.(env|argv)/.test(textOf(file)) && roomOf(file) !== 'cli')).toEqual([])
})

test('a protocol is a folder by its name, with a place of its own among those that are probed', () => {
  const folders = readdirSync(join(src, 'harvest/protocols'), { withFileTypes: true }).filter(entry => entry.isDirectory())
  expect(folders.map(({ name }) => name).sort()).toEqual(Object.keys(protocols).sort())
  expect(folders.filter(({ name }) => ![`${name}.ts`, 'recognise.ts'].every(file => files.includes(`harvest/protocols/${name}/${file}`)))).toEqual([])
  const ranks = Object.values(protocols).map(({ rank }) => rank)
  expect(new Set(ranks).size).toBe(ranks.length)
})

test('every protocol says what software speaks it, where its API is described, and what is odd about it', () => {
  const told = /\/\*\*\n(?: \*.*\n)+ \* API: .*\n(?: \*.*\n)* \* Oddities: .*\n(?: \*.*\n)* \*\/\nexport const \w+: Protocol</
  expect(Object.keys(protocols).filter(name => !told.test(textOf(`harvest/protocols/${name}/${name}.ts`)))).toEqual([])
})

test('every protocol is asked for what all protocols owe', () => {
  const folder = join(import.meta.dirname, 'harvest/protocols')
  const tests = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.test.ts'))
    .map(file => readFileSync(join(folder, file), 'utf8'))
    .join('\n')
  const asked = new Set([...tests.matchAll(/keepsTheContract\(\{\s*protocol: '([^']+)'/g)].map(match => match[1]))
  expect(Object.keys(protocols).filter(name => !asked.has(name))).toEqual([])
})

test('what a file exports is used by another', () => {
  const root = join(src, '..')
  const users = ['src', 'test', 'bench', 'docs'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(file => join(root, folder, file)),
  )
  const filesOf = new Map<string, Set<string>>()
  for (const file of users.filter(each => /\.tsx?$/.test(each)))
    for (const [word] of readFileSync(file, 'utf8').matchAll(/\w+/g)) filesOf.set(word, (filesOf.get(word) ?? new Set()).add(file))
  const exported = files.flatMap(file =>
    [...textOf(file).matchAll(/^export (?:async )?(?:function\*?|const|let|class) (\w+)/gm)].map(([, name]) => ({ file, name: name! })),
  )
  expect(exported.length).toBeGreaterThan(1000)
  expect(exported.filter(({ name }) => filesOf.get(name)!.size < 2).map(({ file, name }) => `${file} exports ${name}`)).toEqual([])
})

test('a line is not longer than a reader takes in at once: 160 characters', () => {
  const root = join(src, '..')
  const programs = ['src', 'bench', 'docs'].flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(file => join(folder, file)),
  )
  // A migration that was released stays as it is, to the letter.
  const kept = programs.filter(file => /\.tsx?$/.test(file) && file !== 'src/ledger/file/migrations.ts')
  const long = kept.flatMap(file =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, at) => (line.length > 160 ? [`${file}:${at + 1} has ${line.length}: break it`] : [])),
  )
  expect(long).toEqual([])
})

/** Files that import each other, directly or not (Tarjan's strongly connected components). */
function circles(): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const path: string[] = []
  const found: string[][] = []
  const visit = (file: string): void => {
    order.set(file, order.size)
    lowest.set(file, order.get(file)!)
    path.push(file)
    for (const next of oursOf.get(file) ?? []) {
      if (!order.has(next)) visit(next)
      if (path.includes(next)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next) ?? order.get(next)!))
    }
    if (lowest.get(file) === order.get(file)) {
      const circle = path.splice(path.indexOf(file))
      if (circle.length > 1) found.push(circle.sort())
    }
  }
  for (const file of files) if (!order.has(file)) visit(file)
  return found
}
