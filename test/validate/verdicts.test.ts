import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, test } from 'vitest'
import { Graph, value, values } from '../../src/rdf/graph.ts'
import { fihrist, rdf, sh } from '../../src/rdf/namespaces.ts'
import { parse } from '../../src/rdf/parse.ts'
import { isBlank, namedNode, textOf } from '../../src/rdf/terms.ts'
import { judge } from '../../src/validate/feed.ts'
import { placesIn } from '../../src/validate/places.ts'
import { loadProfile } from '../../src/validate/profiles.ts'
import { verdictFormats } from '../../src/validate/verdicts/index.ts'
import { wordsIn } from '../../src/words/words.ts'
import { base, shapes, vocabulary } from '../edition.ts'

const lists = await vocabulary()
const profile = await loadProfile(shapes, base, 'dcat-ap')
const head = '@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n'

/** A feed as it is told of in a format. */
async function told(text: string, format: string, { lang = 'en', file = 'feed.ttl', by = profile, colour = false } = {}) {
  const parsed = await parse(text, { url: `file:///${file}` })
  const verdict = await judge(parsed.quads, by, lists)
  return [...verdictFormats[format]!.write(verdict, { file, words: wordsIn(lang), version: '1', place: placesIn(text, parsed), colour })].join('')
}
const report = async (text: string, by = profile) => new Graph((await parse(await told(text, 'turtle', { by }), { url: 'file:///r.ttl' })).quads)
const own = (text: string) => {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-shapes-'))
  writeFileSync(join(folder, 'own.ttl'), `@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <https://e.ma/> .\n${text}`)
  return loadProfile(folder, base, 'own')
}

test('a dataset does not comply where a file without a name of its own violates the profile', async () => {
  const scoreOf = async (file: string) => {
    const feed = `${head}<https://e.ma/d> a dcat:Dataset ; dct:title "Eau"@fr ; dct:description "Débits"@fr ; dcat:distribution [ a dcat:Distribution ${file} ] .`
    return (await judge((await parse(feed, { url: 'file:///feed.ttl' })).quads, profile, lists)).quality.dimensions.interoperability
  }
  expect(await scoreOf('')).toBe(0)
  expect(await scoreOf('; dcat:accessURL <https://e.ma/d.csv>')).toBe(30)
})

describe('a verdict in Turtle is a report of SHACL', () => {
  it('whose values are the terms of the data: with language, datatype, or an IRI', async () => {
    const said = await report(
      `${head}<https://e.ma/d> a dcat:Dataset ; dct:issued "soon"@en , "1"^^<https://e.ma/t> ; dct:title <https://e.ma/t> ; dct:publisher "http://e.ma/p" .`,
    )
    const found = said.quads(null, sh.value).map(({ object }) => textOf(object))
    expect(found).toEqual(expect.arrayContaining(['"soon"@en', '"1"^^https://e.ma/t', 'https://e.ma/t', '"http://e.ma/p"']))
  })

  it('whose results all have a component, a focus node and a severity, and whose blank nodes stay blank', async () => {
    const said = await report(`${head}<https://e.ma/d> a dcat:Dataset ; dcat:distribution [ a dcat:Distribution ] .`)
    const results = said.quads(null, sh.result).map(({ object }) => object)
    expect(results.length).toBeGreaterThan(3)
    for (const each of results)
      for (const property of [sh.sourceConstraintComponent, sh.focusNode, sh.resultSeverity, sh.sourceShape])
        expect(values(said, each, property)).toHaveLength(1)
    expect(results.some(each => isBlank(value(said, each, sh.focusNode)!))).toBe(true)
  })

  it('whose paths are whole', async () => {
    const by = await own(
      'e:s a sh:NodeShape ; sh:targetNode e:a ; sh:property [ sh:path ( e:p [ sh:inversePath e:q ] ) ; sh:minCount 1 ; sh:message "none"@en ] .',
    )
    const said = await report('<https://e.ma/a> <https://e.ma/x> 1 .', by)
    const [path] = said.quads(null, sh.resultPath).map(({ object }) => object)
    const second = value(said, value(said, path!, rdf.rest)!, rdf.first)!
    expect(textOf(value(said, path!, rdf.first)!)).toBe('https://e.ma/p')
    expect(textOf(value(said, second, namedNode(`${sh.iri}inversePath`))!)).toBe('https://e.ma/q')
    expect(JSON.parse(await told('<https://e.ma/a> <https://e.ma/x> 1 .', 'json', { by }))).toMatchObject({
      results: [{ path: '<https://e.ma/p>/(^<https://e.ma/q>)' }],
    })
  })

  it('that conforms only where there is no result at all; that nothing is violated is our own word', async () => {
    const warned = await report(`${head}<https://e.ma/d> a dcat:Dataset ; dct:title "Eau"@fr ; dct:description "Débits"@fr .`)
    const words = (said: Graph) => [sh.conforms, fihrist.noViolation].map(property => said.quads(null, property)[0]!.object.value)
    expect(words(warned)).toEqual(['false', 'true'])
    expect(words(await report('<https://e.ma/a> <https://e.ma/x> 1 .'))).toEqual(['true', 'true'])
  })
})

describe('a verdict for people', () => {
  const feed = `${head}<https://e.ma/a> a dcat:Dataset .\n<https://e.ma/b> a dcat:Dataset ;\n  dct:issued\n    "soon" .\n`

  it('tells each rule once, with the number of places, an example, its line and what to do', async () => {
    const text = await told(feed, 'text', { lang: 'fr' })
    expect(text.match(/titre/g)!.length).toBeGreaterThan(0)
    expect(text).toMatch(
      /Erreur {2}.*titre.* {2}à 2 endroits\n {4}https:\/\/e\.ma\/a dct:title\n {4}ligne 3, colonne \d+: <https:\/\/e\.ma\/a> a dcat:Dataset \.\n {4}→ /,
    )
    expect(text).toMatch(/ligne 6, colonne 6: "soon" \./)
    expect(text.split('\n').at(-1)).toMatch(/^feed\.ttl: non conforme à dcat-ap, 2 jeux de données, \d+ erreurs/)
    expect(text).not.toContain('\u001B')
    expect(await told(feed, 'text', { colour: true })).toContain('\u001B[31mError')
  })

  it('quotes a value within its line, wherever lines begin or cursors move in it', async () => {
    const text = await told(`${head}<https://e.ma/b> dct:issued "soon\\n2026 ERROR\\u001B[2J\\u202E" ; a dcat:Dataset .\n`, 'text')
    expect(text).toContain('dct:issued "soon 2026 ERROR\\u001b[2J\\u202e"')
    expect(text).not.toMatch(/^2026/m)
  })

  it.each(['text', 'sarif', 'junit', 'json', 'turtle'])('is in Arabic wherever it says something, as %s', async format => {
    const text = await told(feed, format, { lang: 'ar' })
    expect(text).toMatch(/\p{Script=Arabic}{3}/u)
    expect(text).not.toMatch(/Error|Erreur|line \d|manque|missing/)
  })

  it('says where in RDF/XML and in JSON-LD', async () => {
    const xml = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
 <dcat:Dataset rdf:about="https://e.ma/a">
  <dct:issued>soon</dct:issued>
 </dcat:Dataset>
</rdf:RDF>`
    expect(await told(xml, 'text', { file: 'feed.rdf' })).toMatch(/line 3, column 15: <dct:issued>soon/)
    const ld = `{\n "@context": { "dcat": "http://www.w3.org/ns/dcat#" },\n "@id": "https://e.ma/a",\n "@type": "dcat:Dataset"\n}`
    expect(await told(ld, 'text', { file: 'feed.jsonld' })).toMatch(/line 3/)
  })

  it('is well-formed JUnit and SARIF with lines, whatever the data hold', async () => {
    const nasty = `${head}<https://e.ma/a> a dcat:Dataset ; dct:issued "]]><&\\u0001\\uFFFE\\"'" .`
    const folder = mkdtempSync(join(tmpdir(), 'fihrist-'))
    writeFileSync(join(folder, 'r.xml'), await told(nasty, 'junit'))
    expect(execFileSync('xmllint', ['--noout', join(folder, 'r.xml')]).toString()).toBe('')
    const { runs } = JSON.parse(await told(nasty, 'sarif')) as { runs: { results: { locations: { physicalLocation: { region: object } }[] }[] }[] }
    for (const { locations } of runs[0]!.results) expect(locations[0]!.physicalLocation.region).toMatchObject({ startLine: 3 })
  })

  it('has in SARIF what its schema requires: a tool with a name, rules with ids that results name, messages with texts, addresses that are URIs', async () => {
    interface Sarif {
      version: string
      $schema: string
      runs: {
        tool: { driver: { name: string; rules: { id: string; shortDescription: { text: string } }[] } }
        columnKind: string
        results: {
          ruleId: string
          level: string
          message: { text: string }
          locations: { physicalLocation: { artifactLocation: { uri: string }; region: Region } }[]
        }[]
      }[]
    }
    interface Region {
      startLine: number
      startColumn?: number
      snippet: { text: string }
    }
    const sarif = JSON.parse(await told(feed, 'sarif', { file: 'mes données/été.ttl' })) as Sarif
    expect(sarif).toMatchObject({ version: '2.1.0', $schema: expect.stringMatching(/sarif-2\.1\.0\.json$/) as string })
    const [{ tool, columnKind, results }] = sarif.runs as [Sarif['runs'][0]]
    expect([tool.driver.name, columnKind]).toEqual(['Fihrist', 'utf16CodeUnits'])
    const ids = tool.driver.rules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(results.length).toBeGreaterThan(3)
    for (const { ruleId, level, message, locations } of results) {
      expect(ids).toContain(ruleId)
      expect(['error', 'warning', 'note']).toContain(level)
      expect(message.text).not.toBe('')
      const { artifactLocation, region } = locations[0]!.physicalLocation
      expect(artifactLocation.uri).toBe('mes%20donn%C3%A9es/%C3%A9t%C3%A9.ttl')
      expect(Math.min(region.startLine, region.startColumn ?? 1)).toBeGreaterThan(0)
    }
  })
})

test('forty thousand findings are told in a moment', async () => {
  const many = head + Array.from({ length: 4000 }, (_, at) => `<https://e.ma/${at}> a dcat:Dataset ; dct:issued "soon" .`).join('\n')
  const started = process.cpuUsage()
  expect(await told(many, 'text')).toMatch(/in 4,000 places/)
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(20)
})
