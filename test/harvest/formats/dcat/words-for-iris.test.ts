import { describe, expect, it } from 'vitest'
import { recordOf, replay } from '../../../../src/harvest/formats/dcat/record.ts'
import { normalise } from '../../../../src/normalise/steps.ts'
import { Graph } from '../../../../src/rdf/graph.ts'
import { compact, prefixes } from '../../../../src/rdf/namespaces.ts'
import { parse } from '../../../../src/rdf/parse.ts'
import { parseStream } from '../../../../src/rdf/stream.ts'
import { isLiteral, namedNode } from '../../../../src/rdf/terms.ts'
import { base, vocabulary } from '../../../edition.ts'

// Portals write words, texts and nothing where an IRI belongs. Whatever the syntax, it becomes what was meant, or the text it is.

const iriOf = (name: string) => name.replace(/^(\w+):/, (_whole, prefix: string) => prefixes[prefix as keyof typeof prefixes] ?? '')
const url = 'https://portal.example.ma/exports/feed'
const dataset = namedNode('https://portal.example.ma/d')
const mint = { base, record: `${base}/record/d`, dataset: `${base}/dataset/d` }

/** A dataset with one value, in each syntax. */
const written: Record<string, (property: string, value: string) => string> = {
  'text/turtle': (property, value) => `<${dataset.value}> a <${iriOf('dcat:Dataset')}> ; <${iriOf(property)}> <${value}> .`,
  'application/ld+json': (property, value) => JSON.stringify({ '@id': dataset.value, '@type': iriOf('dcat:Dataset'), [iriOf(property)]: { '@id': value } }),
  'application/rdf+xml': (property, value) => {
    const [prefix, name] = property.split(':') as [string, string]
    return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:${prefix}="${iriOf(`${prefix}:`)}"><rdf:Description rdf:about="${dataset.value}"><rdf:type rdf:resource="${iriOf('dcat:Dataset')}"/><${prefix}:${name} rdf:resource="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"/></rdf:Description></rdf:RDF>`
  },
}

/** What is published of it: the values of the property, and the rules of what was repaired. */
async function published(mediaType: string, property: string, value: string, how: 'page' | 'dump' | 'again' = 'page') {
  const text = written[mediaType]!(property, value)
  const quads = []
  const mended = new Map<string, string>()
  if (how === 'dump') {
    for await (const read of parseStream(pieces(text), { url, mediaType })) {
      expect(read).not.toHaveProperty('problem')
      if ('quads' in read) quads.push(...read.quads)
      if ('mended' in read) for (const [now, before] of read.mended ?? []) mended.set(now, before)
    }
  } else {
    const read = await parse(text, { url, mediaType })
    expect(read.problem).toBeUndefined()
    quads.push(...read.quads)
    for (const [now, before] of read.mended) mended.set(now, before)
  }
  const record = recordOf(new Graph(quads), dataset, mended, false)
  const { graph, repairs = [] } = (how === 'again' ? replay(record) : record).map(mint)
  const draft = normalise({ graph, dataset, record: mint.record, base, defaults: { language: 'fr' }, vocabulary: await vocabulary(), repairs: [...repairs] })
  return {
    values: draft.graph.objects(dataset, namedNode(iriOf(property))).map(each => (isLiteral(each) ? `"${each.value}"` : compact(each.value))),
    rules: [...new Set(draft.repairs.map(({ rule }) => rule))].sort(),
  }
}

async function* pieces(text: string) {
  yield* [' '.repeat(4000), ...text.match(/[\s\S]{1,7}/g)!]
}

const eu = 'http://publications.europa.eu/resource/authority/'

describe.each(Object.keys(written))('%s', mediaType => {
  it.each([
    ['dct:accrualPeriodicity', 'trimestriel', `${eu}frequency/QUARTERLY`],
    ['dct:accrualPeriodicity', 'quand on y pense', '"quand on y pense"'],
    ['dct:license', 'ODbL-1.0', `${eu}licence/ODC_BL`],
    ['dct:language', 'ara', `${eu}language/ARA`],
    ['dct:accessRights', 'ouvert', `${eu}access-right/PUBLIC`],
    ['dct:type', 'un/genre', '"un/genre"'],
    ['foaf:page', '(https://e.ma/a)', 'https://e.ma/a'],
    ['foaf:page', '<https://e.ma/a>', 'https://e.ma/a'],
    ['foaf:page', "'https://e.ma/a'", 'https://e.ma/a'],
    ['foaf:page', '[ici](https://e.ma/a)', 'https://e.ma/a'],
    ['foaf:page', 'lire https://e.ma/a puis https://e.ma/b', '"lire https://e.ma/a puis https://e.ma/b"'],
    ['foaf:page', 'www.e.ma/a', 'http://www.e.ma/a'],
    ['foaf:page', 'guide.pdf', 'https://portal.example.ma/exports/guide.pdf'],
    ['foaf:page', 'un guide.pdf', 'https://portal.example.ma/exports/un%20guide.pdf'],
    ['foaf:page', '../guide', 'https://portal.example.ma/guide'],
    ['dct:isPartOf', 'series/1', 'https://portal.example.ma/exports/series/1'],
    ['dct:isPartOf', '', url],
  ])('%s <%s> is %s', async (property, value, meant) => {
    if (mediaType === 'text/turtle' && value.startsWith('<')) return
    const read = await published(mediaType, property, value)
    expect(read.values).toEqual([meant])
    expect(await published(mediaType, property, value, 'dump')).toEqual(read)
    expect(await published(mediaType, property, value, 'again')).toEqual(read)
  })

  it.each(['foaf:page', 'dcat:landingPage', 'dct:license', 'dct:publisher', 'dct:conformsTo', 'dcat:theme'])('%s <> is left out, and told', async property => {
    expect(await published(mediaType, property, '')).toEqual({ values: [], rules: ['iri-dropped'] })
  })
})

it('what the feed describes under a relative name keeps that name', async () => {
  const text = `@prefix dct: <${iriOf('dct:')}> . <${dataset.value}> a <${iriOf('dcat:Dataset')}> ; dct:publisher <bureau> ; dct:license <ouverte> . <bureau> <${iriOf('foaf:name')}> "Bureau"@fr .`
  const { quads, mended } = await parse(text, { url, mediaType: 'text/turtle' })
  const { graph } = recordOf(new Graph(quads), dataset, mended, false).map(mint)
  expect(graph.objects(dataset, namedNode(iriOf('dct:publisher'))).map(each => each.value)).toEqual(['https://portal.example.ma/exports/bureau'])
  expect(graph.objects(dataset, namedNode(iriOf('dct:license'))).map(each => each.value)).toEqual(['ouverte'])
})
