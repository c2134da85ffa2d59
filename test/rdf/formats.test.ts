import { describe, expect, it } from 'vitest'
import { formatByExtension, formatByMediaType, formatByName, formats, sniff } from '../../src/rdf/formats.ts'
import { parse } from '../../src/rdf/parse.ts'
import { lines, serialise } from '../../src/rdf/serialise.ts'
import { parseStream } from '../../src/rdf/stream.ts'
import { turtle } from '../edition.ts'

const url = 'https://portal.example.ma/catalogue'
const sample = turtle('<https://e.ma/a> a <https://e.ma/Dataset> ; <https://e.ma/title> "Eau"@fr .')
const written = await Promise.all(formats.map(async format => ({ format, text: await serialise(sample, format) })))

it('no two formats go by the same name, media type or extension', () => {
  const all = formats.flatMap(({ name, mediaType, aliases, extension, otherExtensions }) => [
    ...new Set([name, extension, ...otherExtensions]),
    mediaType,
    ...aliases,
  ])
  expect(all.toSorted()).toEqual([...new Set(all)].toSorted())
})

describe.each(written)('$format.label', ({ format, text }) => {
  it('is found by its name, its media types and its extensions', () => {
    expect(formatByName(format.name)).toBe(format)
    for (const type of [format.mediaType, ...format.aliases]) expect(formatByMediaType(`${type.toUpperCase()}; charset=utf-8`)).toBe(format)
    for (const extension of [format.extension, ...format.otherExtensions]) expect(formatByExtension(`/files/a.${extension.toUpperCase()}`)).toBe(format)
  })

  it('is known by its beginning as itself, or as a format that is read alike', () => {
    expect(sniff(text)?.read).toBe(format.read)
  })

  it('is read as a whole and as it comes', async () => {
    expect(lines((await parse(text, { url, mediaType: format.mediaType })).quads)).toBe(lines(sample))
    const came = await Array.fromAsync(parseStream(pieces(text), { url, mediaType: format.mediaType }))
    expect(lines(came.flatMap(each => ('quads' in each ? each.quads : [])))).toBe(lines(sample))
  })

  it('is written graph by graph as one text', async () => {
    const graphs = [
      { graph: 'https://e.ma/1', quads: [...sample] },
      { graph: 'https://e.ma/2', quads: [...turtle('<https://e.ma/b> <https://e.ma/title> "ماء"@ar .')] },
    ]
    const text = (await Array.fromAsync(format.writeParts(graphs))).join('')
    const { quads } = await parse(text, { url, mediaType: format.mediaType })
    expect(lines(quads)).toBe(lines(graphs.flatMap(each => each.quads)))
    expect(new Set(quads.map(quad => quad.graph.value))).toEqual(new Set(format.quads ? graphs.map(each => each.graph) : ['']))
  })
})

async function* pieces(text: string) {
  for (let at = 0; at < text.length; at += 40) yield text.slice(at, at + 40)
}
