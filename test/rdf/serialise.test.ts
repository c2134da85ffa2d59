import { describe, expect, it } from 'vitest'
import { formatByName, formats } from '../../src/rdf/formats.ts'
import { parse } from '../../src/rdf/parse.ts'
import { lines, serialise } from '../../src/rdf/serialise.ts'
import { namedNode } from '../../src/rdf/terms.ts'
import { turtle } from '../edition.ts'

const record = turtle(`
  @prefix dct: <http://purl.org/dc/terms/> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
  <https://e.ma/a> a dcat:Dataset ; dct:title "Eau"@fr , "الماء"@ar ; dct:publisher <https://e.ma/p> ; dcat:distribution <https://e.ma/a1> , <https://e.ma/a2> ; dcat:landingPage <https://e.ma/page> .
  <https://e.ma/p> a foaf:Agent ; foaf:name "HCP"@fr .
  <https://e.ma/a1> a dcat:Distribution ; dcat:accessURL <https://e.ma/1.csv> . <https://e.ma/a2> a dcat:Distribution ; dcat:accessURL <https://e.ma/2.csv> .`)
const quads = [...record]
const about = { subject: namedNode('https://e.ma/a') }

describe('JSON-LD of one resource', () => {
  it('nests what belongs to it, in the words of our context', async () => {
    const json = JSON.parse(await serialise(quads, formatByName('jsonld')!, about)) as Record<string, unknown>
    expect(json).toMatchObject({ id: 'https://e.ma/a', type: ['Dataset'], landingPage: ['https://e.ma/page'], publisher: { type: ['Agent'] } })
    expect((json['distribution'] as { id: string; accessURL: string[] }[]).map(each => each.accessURL)).toEqual([
      ['https://e.ma/1.csv'],
      ['https://e.ma/2.csv'],
    ])
    expect(json).not.toHaveProperty('@graph')
  })

  it('names the address of the context where it has one, and is read back the same', async () => {
    const text = await serialise(quads, formatByName('jsonld')!, { ...about, contextUrl: 'https://w3id.org/fihrist/context.jsonld' })
    expect(JSON.parse(text)).toMatchObject({ '@context': 'https://w3id.org/fihrist/context.jsonld' })
    expect(lines((await parse(text, { url: 'https://e.ma/' })).quads, false)).toBe(lines(quads, false))
  })
})

it.each(formats.map(format => [format.label, format] as const))('%s does not depend on the order of the statements', async (_label, format) => {
  expect(await serialise(quads.toReversed(), format, about)).toBe(await serialise(quads, format, about))
})

it('Turtle declares the prefixes it uses and no others', async () => {
  const text = await serialise(quads, formatByName('turtle')!)
  expect(text).toContain('@prefix dcat:')
  expect(text).not.toContain('@prefix spdx:')
})

it.each(formats.map(format => [format.label, format] as const))('%s of nothing is readable', async (_label, format) => {
  expect((await parse(await serialise([], format), { url: 'https://e.ma/', format })).quads).toEqual([])
})
