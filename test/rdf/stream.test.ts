import { expect, test } from 'vitest'
import { parse } from '../../src/rdf/parse.ts'
import { lines } from '../../src/rdf/serialise.ts'
import { parseStream } from '../../src/rdf/stream.ts'
import type { Quad } from '../../src/rdf/terms.ts'

// A text that comes in pieces says what it says as a whole, wherever the pieces end.

const texts = {
  'text/turtle':
    '@prefix dct: <http://purl.org/dc/terms/> .\n<a> dct:title "Eaux et forêts"@fr ; dct:description """one . <b> ;\ntwo""" .\n<c> dct:title "x" .\n',
  'application/n-triples': '<http://e.org/a> <http://purl.org/dc/terms/title> "Eaux . \\" <b>"@fr .\n<http://e.org/b> <http://purl.org/dc/terms/title> "y" .\n',
  'application/rdf+xml': `<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dct="http://purl.org/dc/terms/"><!-- & < -->
<rdf:Description rdf:about="https://e.org/a?x=1&amp;y=2" dct:issued="2024 > 2023"><dct:title xml:lang="fr">Eaux &amp; forêts & sols</dct:title><dct:description><![CDATA[5 > 3 & <b>]]> and more</dct:description></rdf:Description></rdf:RDF>`,
}

/** By its first 4,000 characters the format is told: they are read at once. */
const far = ' '.repeat(4000)

test.each(Object.entries(texts))('%s', async (mediaType, short) => {
  const origin = { url: 'https://data.example.org/feed', mediaType }
  const text = short.startsWith('<?xml') ? short.replace('?>', `?>${far}`) : `#${far}\n${short}`
  const whole = await parse(text, origin)
  expect(whole.problem).toBeUndefined()
  expect(whole.quads.length).toBeGreaterThan(1)
  for (let at = far.length + 2; at < text.length; at++) {
    const quads: Quad[] = []
    for await (const read of parseStream(pieces(text.slice(0, at), text.slice(at)), origin)) {
      expect(read).not.toHaveProperty('problem')
      if ('quads' in read) quads.push(...read.quads)
    }
    expect([at, lines(quads, false)]).toEqual([at, lines(whole.quads, false)])
  }
})

test.each(Object.entries(texts))('%s that is said to be something else is read as what it is', async (mediaType, text) => {
  const url = 'https://data.example.org/feed'
  const whole = await parse(text, { url, mediaType })
  for (const stated of ['text/turtle', 'application/rdf+xml', 'application/ld+json', 'text/plain']) {
    const quads: Quad[] = []
    for await (const read of parseStream(pieces(text), { url, mediaType: stated })) if ('quads' in read) quads.push(...read.quads)
    expect([stated, lines(quads)]).toEqual([stated, lines(whole.quads)])
  }
})

async function* pieces(...all: string[]) {
  yield* all
}

test('a line that comes in thousands of pieces costs itself, in time that grows with its length', async () => {
  const [before, after] = ['<https://e.org/a> <https://e.org/p> "1" .\n', '\n<https://e.org/b> <https://e.org/p> "2" .\n']
  const start = process.threadCpuUsage()
  const read = []
  for await (const each of parseStream(pieces(before, ...Array.from({ length: 4000 }, () => 'x'.repeat(4000)), after), {
    url: 'https://data.example.org/feed',
    mediaType: 'application/n-quads',
  }))
    if (!('quads' in each && each.quads.length === 0)) read.push('quads' in each ? each.quads.length : each.problem)
  const { user, system } = process.threadCpuUsage(start)
  expect(read).toEqual([1, expect.objectContaining({ code: 'unreadable-rdf', message: expect.stringContaining('Line 2 ') as string }), 1])
  expect((user + system) / 1e6).toBeLessThan(5)
})
