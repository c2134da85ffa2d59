import { describe, expect, test } from 'vitest'
import { mapDublinCore } from '../../../src/harvest/formats/dublin-core.ts'
import { readXml } from '../../../src/harvest/readers/xml/xml.ts'
import { statements } from '../protocols/statements.ts'

const mint = { base: 'https://catalogue.example.ma', record: 'https://catalogue.example.ma/record/r', dataset: 'https://catalogue.example.ma/id/dataset/r' }

function mapped(inside: string): { dataset: string; all: string[] } {
  const text = `<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/" xmlns:ows="http://www.opengis.net/ows">${inside}</csw:Record>`
  const { dataset, graph } = mapDublinCore(readXml({ url: 'https://portal.example.ma/', body: text }).root, { language: 'fr' })(mint)
  return { dataset: dataset.value, all: [...statements(graph, dataset, mint.record)] }
}

describe('Dublin Core', () => {
  test.each([
    ['doi:10.5281/zenodo.77', 'https://doi.org/10.5281/zenodo.77'],
    ['https://hdl.handle.net/20.500/7', 'https://hdl.handle.net/20.500/7'],
    ['https://depot.example.org/item/7', mint.dataset],
    ['urn:uuid:7', mint.dataset],
  ])('known by %s is named %s', (identifier, iri) => {
    expect(mapped(`<dc:identifier>${identifier}</dc:identifier>`).dataset).toBe(iri)
  })

  test.each([
    [
      'latitude first, as the URN says',
      '<ows:BoundingBox crs="urn:x-ogc:def:crs:EPSG:6.11:4326"><ows:LowerCorner>30 -10</ows:LowerCorner><ows:UpperCorner>33 -6</ows:UpperCorner></ows:BoundingBox>',
    ],
    [
      'longitude first, and the corners the wrong way round',
      '<ows:BoundingBox crs="::EPSG:4326"><ows:LowerCorner>-6 30</ows:LowerCorner><ows:UpperCorner>-10 33</ows:UpperCorner></ows:BoundingBox>',
    ],
    ['WGS 84', '<ows:WGS84BoundingBox><ows:LowerCorner>-10 30</ows:LowerCorner><ows:UpperCorner>-6 33</ows:UpperCorner></ows:WGS84BoundingBox>'],
  ])('a box with %s', (_name, box) => {
    expect(mapped(box).all).toContain('dct:spatial / dcat:bbox = POLYGON((-10 30, -6 30, -6 33, -10 33, -10 30))')
  })

  test('a box of words is no place', () => {
    expect(mapped('<ows:BoundingBox><ows:LowerCorner>ici</ows:LowerCorner></ows:BoundingBox>').all.filter(line => line.startsWith('dct:spatial'))).toEqual([])
  })

  test('of several dates the first is when it was published', () => {
    expect(
      mapped('<dc:date>2024-02-01</dc:date><dc:date>2021</dc:date><dc:date>2023-01-01T00:00:00Z</dc:date>').all.filter(line => line.startsWith('dct:issued')),
    ).toEqual(['dct:issued = 2021'])
  })

  test('coverage is a place or a period, as it is written', () => {
    expect(mapped('<dc:coverage>Maroc</dc:coverage><dc:coverage>2010/2020</dc:coverage><dc:coverage>start=1999; end=2001</dc:coverage>').all).toEqual(
      expect.arrayContaining([
        'dct:spatial = Maroc@fr',
        'dct:temporal / dcat:startDate = 2010',
        'dct:temporal / dcat:endDate = 2020',
        'dct:temporal / dcat:startDate = 1999',
      ]),
    )
  })

  test('rights are access, a licence, or words', () => {
    expect(
      mapped(
        '<dc:rights>info:eu-repo/semantics/openAccess</dc:rights><dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights><dc:rights>© Université</dc:rights>',
      ).all,
    ).toEqual(
      expect.arrayContaining([
        'dct:accessRights = http://publications.europa.eu/resource/authority/access-right/PUBLIC',
        'dct:license = http://creativecommons.org/licenses/by/4.0/',
        'dct:rights / rdfs:label = © Université',
      ]),
    )
  })

  test('references by their scheme are services, files and pages', () => {
    const { all } = mapped(
      '<dc:title>Z</dc:title><dct:references scheme="OGC:WFS">https://sig.example.org/wfs?service=WFS&amp;request=GetCapabilities</dct:references><dct:references scheme="WWW:DOWNLOAD-1.0-http--download">https://sig.example.org/z</dct:references><dct:references scheme="WWW:LINK">https://sig.example.org/page</dct:references>',
    )
    expect(all).toEqual(
      expect.arrayContaining([
        'dcat:distribution / dcat:accessService / dcat:endpointURL = https://sig.example.org/wfs',
        'dcat:distribution / dcat:accessURL = https://sig.example.org/z',
        'dcat:landingPage = https://sig.example.org/page',
      ]),
    )
  })
})
