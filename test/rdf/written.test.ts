import { SaxesParser } from '@rubensworks/saxes'
import fc from 'fast-check'
import jsonld from 'jsonld'
import { Parser } from 'n3'
import { RdfXmlParser } from 'rdfxml-streaming-parser'
import { describe, expect, it } from 'vitest'
import { ownContext } from '../../src/rdf/contexts.ts'
import { formatByName, formats } from '../../src/rdf/formats.ts'
import { readLines } from '../../src/rdf/own-lines.ts'
import { lines, serialise } from '../../src/rdf/serialise.ts'
import { blankNode, isLiteral, literal, namedNode, ownQuad, quad, type Quad, type Subject } from '../../src/rdf/terms.ts'

const dct = 'http://purl.org/dc/terms/'
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

/** Properties that each syntax has a trouble of its own with, and those that portals use. */
const sayable = [
  ...['title', 'publisher', 'format', 'issued'].map(name => dct + name),
  ...['byteSize', 'keyword', 'landingPage', 'distribution', 'servesDataset'].map(name => `http://www.w3.org/ns/dcat#${name}`),
  ...['type', '_1', 'value', 'first'].map(name => rdf + name),
  'http://xmlns.com/foaf/0.1/primaryTopic',
  'http://www.w3.org/ns/hydra/core#totalItems',
  'https://e.ma/p?a=1&b=2#x',
  'urn:x:y',
  'geo:lat',
  'dct:title',
  'https://e.ma/1/a1',
  'https://e.ma/é',
  'https://e.ma/p/x.y-z',
]
const unsayable = ['https://e.ma/p/123', 'https://e.ma/p/', `${rdf}li`, `${rdf}about`, 'http://www.w3.org/2000/xmlns/x', 'urn:x:1', 'https://e.ma/表']
const subject: fc.Arbitrary<Subject> = fc.oneof(
  fc.constantFrom('https://e.ma/a', 'https://e.ma/b?x=1&y=%22', 'geo:34.0,-6.8', 'dcat:Dataset', 'urn:uuid:1', 'https://e.ma/é').map(iri => namedNode(iri)),
  fc.constantFrom('a', 'b-1', '1').map(label => blankNode(label)),
)
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }).map(each => each.toWellFormed()),
  fc.constantFrom('', ' \n\t\r ', ']]>', '<!--', '&amp;', 'a\\"b', '\\u0041', 'é\u0301', '1'),
)
const object = fc.oneof(
  subject,
  text.map(value => literal(value)),
  fc.tuple(text, fc.constantFrom('fr', 'ar-latn', 'en')).map(([value, tag]) => literal(value, tag)),
  fc
    .tuple(text, fc.constantFrom('date', 'integer', 'nonNegativeInteger', 'boolean', 'anyURI'))
    .map(([value, type]) => literal(value, namedNode(`http://www.w3.org/2001/XMLSchema#${type}`))),
  fc.constantFrom(`${rdf}HTML`, `${rdf}XMLLiteral`, `${rdf}JSON`, 'https://e.ma/type').map(type => literal('<a>1</a>', namedNode(type))),
)
const graphs = fc
  .array(fc.tuple(subject, fc.constantFrom(...sayable, ...unsayable), object), { maxLength: 25 })
  .map(all => all.map(([s, p, o]) => quad(s, namedNode(p), o)))
const about = fc.option(
  fc.constantFrom('https://e.ma/a', 'geo:34.0,-6.8').map(iri => ({ subject: namedNode(iri) })),
  { nil: {} },
)

/** The same text for graphs that only differ in the labels of their blank nodes (RDF Dataset Canonicalization). */
const canonical = (quads: Iterable<Quad>) =>
  jsonld.canonize(lines(quads) as unknown as object, { inputFormat: 'application/n-quads', maxWorkFactor: Infinity } as object)

async function readXml(text: string): Promise<Quad[]> {
  const parser = new RdfXmlParser({ validateUri: false })
  const quads: Quad[] = []
  parser.on('data', each => quads.push(ownQuad(each)))
  await new Promise((done, failed) => {
    parser.on('end', done)
    parser.on('error', failed)
    parser.write(text)
    parser.end()
  })
  return quads
}

/** Throws where a text is no well-formed XML. */
function strictly(text: string): void {
  const parser = new SaxesParser({ xmlns: true })
  parser.on('error', error => {
    throw error
  })
  parser.write(text).close()
}

describe('whatever a graph holds', () => {
  it.each(formats.filter(format => !['jsonld', 'rdfxml'].includes(format.name)).map(format => [format.label, format] as const))(
    '%s says all of it, to a reader that forgives nothing',
    async (_label, format) => {
      await fc.assert(
        fc.asyncProperty(graphs, async quads => {
          const read = new Parser({ format: format.label }).parse(await serialise(quads, format)) as Quad[]
          expect(await canonical(read)).toBe(await canonical(quads))
        }),
      )
    },
  )

  it('JSON-LD says all of it, nested or side by side, and one graph after the other', async () => {
    const format = formatByName('jsonld')!
    await fc.assert(
      fc.asyncProperty(graphs, about, async (quads, of) => {
        const read = async (text: string) => canonical((await jsonld.toRDF(JSON.parse(text) as object)) as Quad[])
        expect(await read(await serialise(quads, format, of))).toBe(await canonical(quads))
        expect(await read((await Array.fromAsync(format.writeParts([{ graph: 'https://e.ma/', quads }]))).join(''))).toBe(await canonical(quads))
      }),
    )
  })

  it('RDF/XML is well formed, and says all but what it has no words for', async () => {
    const format = formatByName('rdfxml')!
    const held = (value: string) => value.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    await fc.assert(
      fc.asyncProperty(graphs, async quads => {
        const expected = quads
          .filter(({ predicate }) => sayable.includes(predicate.value))
          .map(({ subject, predicate, object }) =>
            quad(subject, predicate, isLiteral(object) ? literal(held(object.value), object.language || object.datatype) : object),
          )
        for (const text of [await serialise(quads, format), (await Array.fromAsync(format.writeParts([{ graph: 'https://e.ma/', quads }]))).join('')]) {
          strictly(text)
          expect(await canonical(await readXml(text))).toBe(await canonical(expected))
        }
      }),
    )
  })

  it('our own lines are read back as they were written', () => {
    fc.assert(
      fc.property(graphs, quads => {
        expect(lines(readLines(lines(quads)))).toBe(lines(quads))
      }),
    )
  })
})

it('RDF/XML says in a comment what it leaves out', async () => {
  const text = await serialise([quad(namedNode('https://e.ma/a'), namedNode('https://e.ma/p/--1'), literal('v--'))], formatByName('rdfxml')!)
  strictly(text)
  expect(text).toContain('<!-- RDF/XML cannot say: https://e.ma/a https://e.ma/p/')
})

/** The JSON type of the values of each key, wherever it stands. */
function* typesOf(json: unknown): Generator<string> {
  if (Array.isArray(json)) for (const each of json) yield* typesOf(each)
  else if (json && typeof json === 'object')
    for (const [key, value] of Object.entries(json)) {
      if (key === '@context') continue
      yield `${key}: ${Array.isArray(value) ? 'array' : typeof value}`
      for (const each of [value].flat()) yield `each of ${key}: ${typeof each}`
      yield* typesOf(value)
    }
}

it('in JSON-LD a key of our context has one JSON type, wherever a program meets it', async () => {
  const [a, b, file] = ['https://e.ma/a', 'https://e.ma/b', 'https://e.ma/csv'].map(iri => namedNode(iri)) as [Subject, Subject, Subject]
  const said = (node: Subject, name: string, object: Quad['object']) => quad(node, namedNode(dct + name), object)
  const quads = [
    ...[a, b].flatMap(node => [said(node, 'format', file), said(node, 'title', literal('Eau', 'fr')), said(node, 'title', literal('eau'))]),
    said(a, 'relation', b),
    said(a, 'format', b),
    said(a, 'format', literal('CSV')),
    said(b, 'title', literal('Eaux', 'fr')),
    said(b, 'issued', literal('2024')),
    said(a, 'issued', literal('2024-01-01', namedNode('http://www.w3.org/2001/XMLSchema#date'))),
    quad(a, namedNode('http://www.w3.org/ns/dcat#byteSize'), literal('12', namedNode('http://www.w3.org/2001/XMLSchema#nonNegativeInteger'))),
    quad(b, namedNode('http://www.w3.org/ns/dcat#byteSize'), literal('0012', namedNode('http://www.w3.org/2001/XMLSchema#nonNegativeInteger'))),
    quad(b, namedNode('http://www.w3.org/ns/dcat#byteSize'), literal('12 kB')),
    said(file, 'title', literal('CSV')),
    quad(a, namedNode('http://www.w3.org/ns/dcat#landingPage'), b),
    quad(b, namedNode('http://www.w3.org/ns/dcat#landingPage'), namedNode('https://e.ma/page')),
  ]
  for (const of of [{}, { subject: namedNode('https://e.ma/a') }]) {
    const types = [...new Set(typesOf(JSON.parse(await serialise(quads, formatByName('jsonld')!, of))))].filter(each => !each.startsWith('@'))
    expect(new Set(types.map(each => each.slice(0, each.lastIndexOf(': ')))).size, types.join(', ')).toBe(types.length)
  }
})

it('every key of our context is written as the context defines it', async () => {
  const definitions = Object.entries(ownContext['@context'] as Record<string, object>).filter(
    ([name, each]) => typeof each === 'object' && '@id' in each && name !== 'type',
  )
  const valueOf = ({ '@type': type, '@container': container }: { '@type'?: string; '@container'?: string | string[] }) =>
    type === '@id'
      ? { '@id': 'https://e.ma/value' }
      : [container].flat().includes('@language')
        ? { fr: 'texte' }
        : ({ 'xsd:integer': 1, 'xsd:nonNegativeInteger': 1, 'xsd:boolean': true }[type ?? ''] ?? 'value')
  const document = Object.fromEntries(definitions.map(([name, each]) => [name, valueOf(each)]))
  const read = (await jsonld.toRDF({ ...ownContext, id: 'https://e.ma/a', ...document } as object)) as Quad[]
  const written = JSON.parse(await serialise(read, formatByName('jsonld')!, { subject: namedNode('https://e.ma/a') })) as object
  expect(Object.keys(written).sort()).toEqual(['@context', 'id', ...definitions.map(([name]) => name)].sort())
})
