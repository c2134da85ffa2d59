import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../src/problem.ts'
import type { Format } from '../../src/rdf/format.ts'
import { formatByName, formats } from '../../src/rdf/formats.ts'
import { Graph } from '../../src/rdf/graph.ts'
import { parse, type Origin } from '../../src/rdf/parse.ts'
import { lines, serialise } from '../../src/rdf/serialise.ts'
import { skolemise } from '../../src/rdf/skolemise.ts'
import type { Quad } from '../../src/rdf/terms.ts'
import { turtle } from '../edition.ts'

const url = 'https://portal.example.ma/catalogue'
const read = (body: Uint8Array | string, mediaType?: string, more: Partial<Origin> = {}) => parse(body, { url, ...(mediaType && { mediaType }), ...more })
const text = async (body: Uint8Array | string, mediaType?: string) => lines((await read(body, mediaType)).quads, false)
const problemOf = (body: Uint8Array | string, mediaType?: string) =>
  read(body, mediaType).then(
    () => undefined,
    (error: unknown) => error as Problem,
  )
const bytes = (...parts: (string | number)[]) => new Uint8Array(parts.flatMap(part => (typeof part === 'number' ? [part] : [...Buffer.from(part)])))

const dct = 'http://purl.org/dc/terms/'
const about = (value: string) => `<https://portal.example.ma/a> <${dct}title> ${value} .\n`
const xml = (body: string, head = '<?xml version="1.0" encoding="UTF-8"?>') => `${head}
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="${dct}" xmlns:dcat="http://www.w3.org/ns/dcat#">
${body}
</rdf:RDF>`
const titled = (title: string, head?: string) =>
  xml(`<rdf:Description rdf:about="https://portal.example.ma/a"><dct:title>${title}</dct:title></rdf:Description>`, head)

describe('the same graph is read from every format', () => {
  const sample = turtle(`
    @prefix dct: <${dct}> . @prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    <https://portal.example.ma/a> a dcat:Dataset ; dct:title "L'eau \\"potable\\" à Fès"@fr , "الماء\\nالصالح للشرب"@ar , "<b>&amp;" ;
      dct:issued "2024-01-01"^^xsd:date ; dcat:keyword "eau"@fr-MA ; dcat:distribution <https://portal.example.ma/a#1?x=1&y=2> ;
      <http://example.org/ns#number> 12 , 1.5 , true .
    <https://portal.example.ma/a#1?x=1&y=2> dcat:accessURL <https://portal.example.ma/%20a> .`)
  const canonical = lines(sample, false)

  it.each(formats.map(format => [format.label, format] as const))('%s, written and read back', async (_label, format) => {
    const written = await serialise([...sample], format)
    for (const mediaType of [format.mediaType, ...format.aliases, `${format.mediaType.toUpperCase()}; charset=UTF-8`, 'text/plain', undefined]) {
      expect(await text(written, mediaType), mediaType).toBe(canonical)
    }
  })

  it.each(formats.map(format => [format.label, format] as const))('%s, with blank nodes', async (_label, format) => {
    const blank = turtle(
      `@prefix dcat: <http://www.w3.org/ns/dcat#> . <https://portal.example.ma/a> dcat:contactPoint [ <http://www.w3.org/2006/vcard/ns#fn> "x"@fr ] , [ dcat:theme [ a dcat:Dataset ] ] .`,
    )
    const named = (quads: Iterable<Quad>) =>
      lines(
        skolemise(new Graph(quads), hash => `urn:x:${hash}`),
        false,
      )
    expect(named((await read(await serialise([...blank], format), format.mediaType)).quads)).toBe(named([...blank]))
  })

  it.each(formats.map(format => [format.label, format] as const))('%s: blank nodes of one label in two documents are two', async (_label, format) => {
    const written = await serialise([...turtle('_:who <https://e.ma/name> "x" .')], format)
    const documents = [await read(written, format.mediaType), await read(written, format.mediaType)]
    expect(new Graph(documents.flatMap(({ quads }) => quads)).size).toBe(2)
  })

  it('named graphs are kept by the formats that have them', async () => {
    const nq = `<https://e.ma/s> <https://e.ma/p> "o" <https://e.ma/g> .\n`
    const { quads, format } = await read(nq)
    expect(format.name).toBe('nquads')
    for (const name of ['nquads', 'trig'] as const) expect(lines((await read(await serialise(quads, formatByName(name)!))).quads, true)).toBe(nq)
  })
})

describe('what a text looks like wins over what is said of it', () => {
  const samples: Record<string, [string, Format['name']]> = {
    'RDF/XML sent as Turtle': [titled('x'), 'rdfxml'],
    'Turtle sent as RDF/XML': [`@prefix dct: <${dct}> .\n<a> dct:title "x" .`, 'turtle'],
    'JSON-LD sent as Turtle': ['{"@id":"https://e.ma/a","https://e.ma/p":"x"}', 'jsonld'],
    'N-Triples sent as JSON': [about('"x"'), 'turtle'],
    'TriG sent as text': ['@prefix e: <https://e.ma/> .\ne:g { e:s e:p e:o . }', 'trig'],
  }
  it.each(Object.entries(samples))('%s', async (_what, [body, format]) => {
    for (const mediaType of ['text/turtle', 'application/rdf+xml', 'application/json', 'text/plain', 'text/html']) {
      const parsed = await read(body, mediaType)
      expect(parsed.quads).toHaveLength(1)
      if (format !== 'turtle') expect(parsed.format.name === format || mediaType === 'text/turtle').toBe(true)
    }
  })

  it('where it looks like nothing, the address tells', async () => {
    expect((await read('# nothing yet\n', undefined, { url: 'https://e.ma/feed.ttl' })).format.name).toBe('turtle')
  })
})

describe('an encoding is found out', () => {
  const bom = [0xef, 0xbb, 0xbf]
  const maghreb = [0xc7, 0xe1, 0xe3, 0xdb, 0xd1, 0xc8] // المغرب in Windows-1256
  it.each<[string, Uint8Array | string, string | undefined, string]>([
    ['a BOM before Turtle', bytes(...bom, about('"é"')), 'text/turtle', '"é"'],
    ['a BOM before RDF/XML', bytes(...bom, titled('é')), 'application/rdf+xml', '"é"'],
    ['a BOM before JSON-LD', bytes(...bom, `{"@id":"https://portal.example.ma/a","${dct}title":"é"}`), 'application/ld+json', '"é"'],
    ['a BOM in text that is decoded already', `\ufeff{"@id":"https://portal.example.ma/a","${dct}title":"é"}`, 'application/ld+json', '"é"'],
    ['UTF-16, little end first', Buffer.from(`\ufeff${about('"الصحة"')}`, 'utf16le'), 'text/turtle', '"الصحة"'],
    ['UTF-16, big end first', Buffer.from(`\ufeff${about('"الصحة"')}`, 'utf16le').swap16(), 'text/turtle; charset=utf-8', '"الصحة"'],
    ['UTF-16 without a BOM', Buffer.from(titled('é', '<?xml version="1.0" encoding="UTF-16"?>'), 'utf16le'), 'application/rdf+xml', '"é"'],
    ['Windows-1252 that nobody declared', bytes(about('"').slice(0, -3), 0xe9, 0x92, '" .'), 'text/turtle', '"é’"'],
    ['Windows-1252 said to be UTF-8', bytes(about('"').slice(0, -3), 0xe9, '" .'), 'text/turtle; charset=utf-8', '"é"'],
    ['Windows-1256 by the content type', bytes(about('"').slice(0, -3), ...maghreb, '" .'), 'text/turtle; charset=windows-1256', '"المغرب"'],
    [
      'Windows-1256 by the XML declaration',
      bytes(titled('§', '<?xml version="1.0" encoding="windows-1256"?>').split('§')[0]!, ...maghreb, titled('§').split('§')[1]!),
      'application/rdf+xml',
      '"المغرب"',
    ],
    ['a charset that nobody knows', bytes(about('"').slice(0, -3), 0xe9, '" .'), 'text/turtle; charset=klingon', '"é"'],
  ])('%s', async (_what, body, mediaType, value) => {
    expect(await text(body, mediaType)).toBe(about(value))
  })
})

describe('IRIs that are none are mended, and the mending is told', () => {
  const mended = [
    ['https://e.ma/a%20b', 'https://e.ma/a b'],
    ['https://e.ma/%22q%22', 'https://e.ma/"q"'],
  ]
  it.each([
    ['Turtle', '<https://e.ma/a b> <https://e.ma/p> <https://e.ma/"q"> . # <not an iri>\n<https://e.ma/a b> <https://e.ma/p> "<https://e.ma/in a text>" .'],
    [
      'RDF/XML',
      xml(
        '<rdf:Description rdf:about="https://e.ma/a b"><p xmlns="https://e.ma/" rdf:resource="https://e.ma/&quot;q&quot;"/><p xmlns="https://e.ma/">&lt;https://e.ma/in a text></p></rdf:Description>',
      ),
    ],
    ['JSON-LD', JSON.stringify({ '@id': 'https://e.ma/a b', 'https://e.ma/p': [{ '@id': 'https://e.ma/"q"' }, '<https://e.ma/in a text>'] })],
  ])('%s', async (format, body) => {
    const parsed = await read(body, formats.find(each => each.label === format)!.mediaType)
    expect(parsed.problem).toBeUndefined()
    expect([...parsed.mended].sort()).toEqual(mended.toSorted())
    expect(lines(parsed.quads, false)).toBe(
      '<https://e.ma/a%20b> <https://e.ma/p> "<https://e.ma/in a text>" .\n<https://e.ma/a%20b> <https://e.ma/p> <https://e.ma/%22q%22> .\n',
    )
  })

  it('nothing is told where nothing was mended', async () => {
    expect((await read(about('"x"'))).mended.size).toBe(0)
  })
})

describe('language tags', () => {
  it.each([
    ['Turtle', about('"x"@ , "y"@fr_FR , "z"@fr')],
    [
      'RDF/XML',
      titled('x')
        .replace('</rdf:D', '<dct:title xml:lang="fr_FR">y</dct:title><dct:title xml:lang="fr">z</dct:title></rdf:D')
        .replace('<dct:title>x', '<dct:title xml:lang="">x'),
    ],
    [
      'JSON-LD',
      JSON.stringify({
        '@id': 'https://portal.example.ma/a',
        [`${dct}title`]: [
          { '@value': 'x', '@language': '' },
          { '@value': 'y', '@language': 'fr_FR' },
          { '@value': 'z', '@language': 'fr' },
        ],
      }),
    ],
  ])('that are empty or no tags become legal in %s', async (_format, body) => {
    const parsed = await read(body)
    expect(parsed.problem).toBeUndefined()
    expect(lines(parsed.quads, false).toLowerCase()).toBe(about('"x"') + about('"y"@fr-fr') + about('"z"@fr'))
  })
})

describe('a feed that breaks off keeps what came before, and says where', () => {
  it('Turtle', async () => {
    const { quads, problem } = await read(`@prefix dct: <${dct}> .\n<a> dct:title "one" .\n<b> dct:title "two" ;\n  dct:description "cut he`, 'text/turtle')
    expect(quads.length).toBeGreaterThanOrEqual(1)
    expect(problem).toMatchObject({ code: 'unreadable-rdf', place: { url, line: 4, excerpt: expect.stringContaining('cut he') } })
    expect(problem!.message).toContain('line 4')
    expect(problem!.message).not.toContain('..')
  })

  it('Turtle with a word that is none, in the middle', async () => {
    const { quads, problem } = await read(`@prefix dct: <${dct}> .\n<a> dct:title "one" .\n<b> dct:title oops .\n<c> dct:title "three" .`, 'text/turtle')
    expect(quads).toHaveLength(1)
    expect(problem).toMatchObject({ place: { line: 3, excerpt: expect.stringContaining('oops') } })
  })

  it.each([
    ['in a name', '<dct:descr'],
    ['in a text', '<dct:description>cut he'],
    ['by another end', '</dcat:Nothing>'],
  ])('RDF/XML %s', async (_what, end) => {
    const whole = xml(`<dcat:Dataset rdf:about="https://e.ma/a">\n<dct:title xml:lang="fr">u</dct:title>\n`)
    const { quads, problem } = await read(whole.replace('</rdf:RDF>', end), 'application/rdf+xml')
    expect(quads).toHaveLength(2)
    expect(problem).toMatchObject({ code: 'unreadable-rdf', place: { line: 6, excerpt: expect.stringContaining(end.slice(0, 8)) } })
  })

  it('RDF/XML with a bare & is read whole', async () => {
    const { quads, problem } = await read(xml('<dcat:Dataset rdf:about="https://e.ma/?a=1&b=2"><dct:title>eau & santé \u0001</dct:title></dcat:Dataset>'))
    expect(problem).toBeUndefined()
    expect(quads.map(quad => quad.object.value)).toContain('eau & santé ')
    expect(quads[0]!.subject.value).toBe('https://e.ma/?a=1&b=2')
  })

  it('RDF/XML with entities of HTML, and with references to what is no character, is read whole', async () => {
    const { quads, problem } = await read(xml('<dcat:Dataset rdf:about="https://e.ma/a"><dct:title>eau&nbsp;!&#0;&#xd83d;</dct:title></dcat:Dataset>'))
    expect(problem).toBeUndefined()
    expect(quads.map(quad => quad.object.value)).toContain('eau&nbsp;!')
  })

  it('entities that RDF/XML defines itself stay what they are, though it has a bare & too', async () => {
    const { quads } = await read(
      `<!DOCTYPE rdf:RDF [<!ENTITY e "https://e.ma/">]>${xml('<dcat:Dataset rdf:about="&e;a"><dct:title>eau & santé</dct:title></dcat:Dataset>')}`,
      'application/rdf+xml',
    )
    expect(quads.map(quad => [quad.subject.value, quad.object.value])).toContainEqual(['https://e.ma/a', 'eau & santé'])
  })

  it('JSON that breaks off is unreadable, with its line', async () => {
    expect(await problemOf('{\n "@id": "https://e.ma/a",\n "https://e.ma/p": "x', 'application/ld+json')).toMatchObject({
      code: 'unreadable-rdf',
      place: { line: 3 },
    })
  })
})

describe('what is no RDF is refused by name', () => {
  it.each([
    ['an HTML page', '<!DOCTYPE html><html><body>503</body></html>', 'text/turtle', 'an HTML page'],
    ['an HTML page after blanks', '\n\n <html lang="fr"></html>', 'application/rdf+xml', 'an HTML page'],
    [
      'an XHTML page',
      '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y"><html xmlns="http://www.w3.org/1999/xhtml"><head/></html>',
      'application/rdf+xml',
      'an HTML page',
    ],
    ['an HTML page after a comment', '<!-- cache --><!doctype HTML><html></html>', 'text/html', 'an HTML page'],
    ['other XML', '<?xml version="1.0"?><error><code>500</code></error>', 'application/xml', 'XML that is no RDF'],
    ['plain text', 'Service unavailable', 'text/plain', 'no RDF that we know'],
    ['nothing at all', '', undefined, 'no RDF that we know'],
    ['an image', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0]), 'image/png', 'no RDF that we know'],
  ])('%s', async (_what, body, mediaType, named) => {
    const problem = await problemOf(body, mediaType)
    expect(problem).toMatchObject({ code: 'unknown-format', place: { url } })
    expect(problem!.message).toContain(named)
  })

  it('text that claims to be Turtle is unreadable, not unknown', async () => {
    expect(await problemOf('Service unavailable', 'text/turtle')).toMatchObject({ code: 'unreadable-rdf', place: { excerpt: 'Service unavailable' } })
  })
})

describe('contexts of JSON-LD', () => {
  it('that we ship are used, by http or https', async () => {
    const own = JSON.stringify({ '@context': 'https://w3id.org/fihrist/context.jsonld', id: 'https://e.ma/a', type: 'Dataset', landingPage: 'https://e.ma/' })
    expect(await text(own)).toContain('<http://www.w3.org/ns/dcat#landingPage> <https://e.ma/> .')
    for (const context of ['http://schema.org', 'https://schema.org/', 'https://www.schema.org']) {
      expect(await text(JSON.stringify({ '@context': context, '@id': 'https://e.ma/a', name: 'n' }))).toBe('<https://e.ma/a> <http://schema.org/name> "n" .\n')
    }
  })

  it.each([
    ['alone', 'https://unknown.example/c.jsonld'],
    ['in a list', ['https://schema.org/', 'https://unknown.example/c.jsonld']],
    ['imported', { '@version': 1.1, '@import': 'https://unknown.example/c.jsonld' }],
  ])('that we do not ship are refused, %s, without a look at the network', async (_where, context) => {
    expect(await problemOf(JSON.stringify({ '@context': context, '@id': 'https://e.ma/a', 'https://e.ma/p': 'x' }))).toMatchObject({
      code: 'unknown-context',
      message: expect.stringContaining('https://unknown.example/c.jsonld'),
    })
  })
})

describe('whatever bytes come', () => {
  const pieces = [
    '@prefix e: <https://e.ma/> .\n',
    '<https://e.ma/a> ',
    '"x"',
    '@fr',
    '^^',
    '.',
    '{',
    '}',
    '[',
    ']',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '</rdf:RDF>',
    '<?xml version="1.0"?>',
    '"@id":',
    '{"@context":',
    '<<',
    '>>',
    '_:b',
    '\\u12',
    '\ufeff',
    '(',
    ')',
    'a',
    ';',
    ',',
    '&',
    '<!DOCTYPE x [<!ENTITY y "z">]>',
    '\u0000',
    "'''",
    '@version',
    'GRAPH ',
    '|}',
    '{|',
  ]
  const origins = fc.record({
    mediaType: fc.constantFrom(undefined, 'text/turtle', 'application/rdf+xml', 'application/ld+json', 'application/n-quads', 'text/plain', '; charset=', 'x'),
  })
  const soup = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 20 }).map(parts => parts.join('')),
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: 'binary' }),
    fc.json(),
  )

  it('they are read, or refused with a Problem, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(soup, origins, async (body, { mediaType }) => {
        const parsed = await problemOf(body, mediaType)
        if (parsed) expect(parsed).toBeInstanceOf(Problem)
      }),
      { numRuns: 3000 },
    )
  })

  it('also where the format is forced', async () => {
    await fc.assert(
      fc.asyncProperty(soup, fc.constantFrom(...formats), async (body, format) => {
        const problem = await read(body, undefined, { format }).then(
          () => undefined,
          (error: unknown) => error,
        )
        if (problem) expect(problem).toBeInstanceOf(Problem)
      }),
      { numRuns: 3000 },
    )
  })
})

it.each(['text/turtle', 'application/n-quads'])('a text of 20 MB is no hindrance to mending what stands beside it, in %s', async mediaType => {
  const { quads, problem } = await parse(`<https://e.org/a> <https://e.org/p> "${'x'.repeat(20e6)}" .\n<https://e.org/b c> <https://e.org/p> "2" .\n`, {
    url: 'https://data.example.org/feed',
    mediaType,
  })
  expect([problem, quads.map(({ subject }) => subject.value)]).toEqual([undefined, ['https://e.org/a', 'https://e.org/b%20c']])
})
