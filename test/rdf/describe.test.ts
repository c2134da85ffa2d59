import { describe, expect, it } from 'vitest'
import { datasetsOf, describe as cut, describeCatalogue } from '../../src/rdf/describe.ts'
import type { Graph } from '../../src/rdf/graph.ts'
import { lines } from '../../src/rdf/serialise.ts'
import { namedNode, type Subject } from '../../src/rdf/terms.ts'
import { turtle } from '../edition.ts'

const page = (text: string) =>
  turtle(
    `@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . @prefix foaf: <http://xmlns.com/foaf/0.1/> . @prefix adms: <http://www.w3.org/ns/adms#> . @prefix : <https://e.ma/> .\n${text}`,
  )
const of = (graph: Graph, name: string) => lines(cut(graph, namedNode(`https://e.ma/${name}`)), false)
const names = (subjects: Subject[]) => subjects.map(subject => subject.value.replace('https://e.ma/', ''))

describe('a description', () => {
  it('holds what the dataset leads to, blank nodes included, and nothing of another dataset', () => {
    const graph = page(`
      :a a dcat:Dataset ; dct:title "A" ; dcat:distribution :a1 ; dcat:contactPoint [ foaf:name "C" ] ; dct:relation :b ; dct:publisher :p .
      :a1 a dcat:Distribution ; dct:title "A1" . :p foaf:name "P" . :b a dcat:Dataset ; dct:title "B" ; dct:publisher :p .`)
    expect(of(graph, 'a')).toContain('"A1"')
    expect(of(graph, 'a')).toContain('"C"')
    expect(of(graph, 'a')).toContain('<http://purl.org/dc/terms/relation> <https://e.ma/b>')
    expect(of(graph, 'a')).not.toContain('"B"')
    expect([of(graph, 'a'), of(graph, 'b')].every(text => text.includes('"P"'))).toBe(true)
  })

  it('of a dataset in a circle comes to an end', () => {
    const graph = page(':a a dcat:Dataset ; dct:title "A" ; foaf:page :x . :x foaf:page :y . :y foaf:page :x , :a .')
    expect(of(graph, 'a').trim().split('\n')).toHaveLength(6)
  })

  it("holds the portal's record about it, but not what that record says of another", () => {
    const graph = page(
      ':a a dcat:Dataset ; dct:title "A" . :b a dcat:Dataset ; dct:title "B" . :r a dcat:CatalogRecord ; dct:issued "2024" ; foaf:primaryTopic :a , :b .',
    )
    expect(of(graph, 'a')).toContain('"2024"')
    expect(of(graph, 'a')).not.toMatch(/primaryTopic> <https:\/\/e.ma\/b>/)
  })

  it('holds the service that serves it, with this dataset only', () => {
    const many = Array.from({ length: 50 }, (_, n) => `:s dcat:servesDataset :d${n} . :d${n} a dcat:Dataset ; dct:title "D${n}" .`).join('\n')
    const graph = page(`:s a dcat:DataService ; dct:title "S" ; dcat:endpointURL <https://e.ma/api> .\n${many}`)
    const text = of(graph, 'd7')
    expect(text).toContain('"S"')
    expect(text.match(/servesDataset/g)).toHaveLength(1)
    expect(text).not.toContain('"D8"')
  })

  it('of a dataset without a name is cut too, and another nameless one mentioned in it is not swallowed', () => {
    const graph = page('_:a a dcat:Dataset ; dct:title "A" ; dct:relation _:b ; dcat:distribution [ dct:title "A1" ] . _:b a dcat:Dataset ; dct:title "B" .')
    const [first, second] = datasetsOf(graph)
      .map(subject => lines(cut(graph, subject), false))
      .sort((a, b) => b.length - a.length)
    expect(first).toContain('"A1"')
    expect(first).not.toContain('"B"')
    expect(second).toContain('"B"')
    expect(second).not.toContain('"A"')
  })

  it('of a dataset in a series does not hold the series, nor the series its datasets', () => {
    const graph = page(':a a dcat:Dataset ; dct:title "A" ; dcat:inSeries :s . :s a dcat:DatasetSeries ; dct:title "S" .')
    expect(of(graph, 'a')).not.toContain('"S"')
    expect(of(graph, 's')).not.toContain('"A"')
  })
})

describe('the datasets of a page', () => {
  it('are named in one order, series with them', () => {
    expect(
      names(
        datasetsOf(
          page(':b a dcat:Dataset ; dct:title "B" . :s a dcat:DatasetSeries ; dct:title "S" . :a a dcat:Dataset , dcat:DatasetSeries ; dct:title "A" .'),
        ),
      ),
    ).toEqual(['a', 'b', 's'])
  })

  it('are not those mentioned in passing', () => {
    expect(
      names(datasetsOf(page(':a a dcat:Dataset ; dct:title "A" ; dct:source :x ; adms:sample [ a dcat:Dataset ; dct:title "sample" ] . :x a dcat:Dataset .'))),
    ).toEqual(['a'])
  })

  it('but one of which the catalogue speaks is one, however little is said of it', () => {
    expect(names(datasetsOf(page(':c a dcat:Catalog ; dcat:dataset :x . :x a dcat:Dataset .')))).toEqual(['x'])
  })
})

it('the description of a catalogue holds all but its members', () => {
  const text = lines(
    describeCatalogue(
      page(':c a dcat:Catalog ; dct:title "C" ; dct:publisher [ foaf:name "P" ] ; dcat:dataset :a ; dcat:record :r . :a a dcat:Dataset ; dct:title "A" .'),
    ),
    false,
  )
  expect(text).toContain('"C"')
  expect(text).toContain('"P"')
  expect(text).not.toContain('https://e.ma/a')
})
