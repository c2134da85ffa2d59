import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { addressesOf, paths } from '../../src/config/addresses.ts'
import { root } from '../../src/files.ts'
import { routes } from '../../src/web/routes/index.ts'

const base = 'https://catalogue.example.ma'
const addresses = addressesOf(base)

/** Whether a route answers a path: `:name` is one step of it, `*name` are several. */
const answers = (route: string, path: string) =>
  new RegExp(
    `^${route
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/:\w+/g, '[^/]+')
      .replace(/\\\*\w+/g, '.+')}$`,
  ).test(path)

describe('the addresses of the catalogue', () => {
  test.each(Object.entries(paths))('%s: a route answers it', (name, address) => {
    const path = typeof address === 'string' ? address : (address as (...parts: string[]) => string)('one', 'two')
    // A graph of the store has a name, and no page.
    if (name === 'graph') expect(path).toBe('/graph/one')
    else expect(routes.map(route => route.path).filter(route => answers(route, path.replace(/#.*/, '')) || route.startsWith(`${path}.`))).not.toEqual([])
  })

  test('every route answers an address of the table, or the same with an extension', () => {
    const known = Object.values(paths).map(address => (typeof address === 'string' ? address : (address as (...parts: string[]) => string)('one', 'two')))
    const unknown = routes.filter(({ path }) => !known.some(each => answers(path, each) || answers(path, `${each}.ttl`) || path.startsWith(`${each}.`)))
    expect(unknown.map(({ path }) => path)).toEqual([])
  })

  test('stand in config/addresses.ts alone: no other file writes one', () => {
    const steps =
      'record|dataset|datasets|sources|id|graph|catalog|theme|organisation|sparql|api|context\\.jsonld|dump|changes|timemap|sitemap\\.xml|robots\\.txt|healthz|readyz|metrics'
    const afterBase = /\.base\}\//
    const written = new RegExp(`['"\`]/(?:${steps})(?![\\w-])|(?:base|origin\\w*(?:\\([\\w.]*\\))?)\\}/(?:${steps})(?![\\w-])|${afterBase.source}`)
    // Rooms that speak to portals write the portals' addresses.
    const portals = /^harvest\/(?:http|protocols|probe)\//
    // Routes are patterns of what the table holds; rdf lies below it.
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      file => /\.tsx?$/.test(file) && !/^(?:rdf\/|config\/addresses\.ts|web\/routes\/(?:\w+\/)?index\.ts)/.test(file),
    )
    const lines = files.flatMap(file =>
      readFileSync(join(root, 'src', file), 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          (portals.test(file) ? afterBase : written).test(line) && !/^\s*(?:\/\*\*|\*|\/\/)/.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [],
        ),
    )
    expect(lines).toEqual([])
  })
})

describe('an IRI that is met again', () => {
  test.each([
    ['/dataset/a-1', true, true],
    ['/record/a-1#contact', true, true],
    ['/sources/a', true, true],
    ['/sources/a#catalogue', true, true],
    ['/graph/quality', true, true],
    ['/catalog', true, true],
    ['/catalog.ttl', true, true],
    ['/catalog#fihrist-1.0', true, true],
    ['/catalogue', true, false],
    ['/datasets', true, false],
    ['/id/theme/water', true, false],
    ['.evil.example/dataset/a-1', false, false],
  ])('%s below our base is minted by us: %s; and ours alone to speak of: %s', (rest, minted, ours) => {
    expect(addresses.isMinted(base + rest)).toBe(minted)
    expect(addresses.isOurs(base + rest)).toBe(ours)
    expect(addresses.isOurs(`https://elsewhere.example${rest}`)).toBe(false)
  })

  test('tells the record that it names', () => {
    expect(addresses.idIn(addresses.record('a-1'))).toBe('a-1')
    expect(addresses.idIn(addresses.dataset('a-1'))).toBe('a-1')
    expect(addresses.idIn(addresses.source('a'))).toBeUndefined()
    expect(addresses.idIn('https://elsewhere.example/record/a-1')).toBeUndefined()
  })

  test('of a concept leads to its page', () => {
    const concept = addresses.concept('theme', 'water')
    expect(addresses.isConcept(concept)).toBe(true)
    expect(addresses.pathOf(concept)).toBe(paths.concept('theme', 'water'))
    expect(addresses.isConcept(addresses.record('a-1'))).toBe(false)
  })
})
