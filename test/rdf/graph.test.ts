import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, Graph, instances, renamed, value } from '../../src/rdf/graph.ts'
import { dcat, dct, rdf } from '../../src/rdf/namespaces.ts'
import { lines } from '../../src/rdf/serialise.ts'
import { blankNode, defaultGraph, literal, namedNode, quad, termOf, textOf, type Quad, type Term } from '../../src/rdf/terms.ts'
import { turtle } from '../edition.ts'

const name = (last: string) => namedNode(`https://e.ma/${last}`)
const [a, b, p] = [name('a'), name('b'), name('p')]

/** Terms that are easily mistaken for each other. */
const subject = fc.oneof(
  fc.constantFrom('https://e.ma/a', 'https://e.ma/b', 'a', '_:a', '"a"', '<a>', '').map(iri => namedNode(iri)),
  fc.constantFrom('a', 'https://e.ma/a').map(label => blankNode(label)),
)
const object = fc.oneof(
  subject,
  fc.constantFrom(literal('a'), literal('a', 'fr'), literal('a', 'en'), literal('a', name('type')), literal('"a"@fr'), literal('https://e.ma/a'), literal('')),
)
const property = fc.constantFrom(p, name('q'))
const statement = fc.tuple(subject, property, object).map(([s, p, o]) => quad(s, p, o))
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of)

/** A graph and the list of what it holds, after the same statements were put in, and some taken out again. */
const changes = fc.array(fc.record({ each: statement, out: fc.boolean(), asked: fc.constantFrom('', 'object', 'property') }), { maxLength: 30 })
/** Few subjects are walked through, many have an index; so have many objects of one property. */
const others = [
  ...Array.from({ length: 60 }, (_, at) => quad(name(`other/${at}`), p, literal(`${at}`))),
  ...Array.from({ length: 7 }, (_, at) => quad(a, p, literal(`${at}`))),
]
const filled = fc.tuple(changes, fc.constantFrom([], others)).map(([changes, others]) => {
  const graph = new Graph(others)
  let list: Quad[] = [...others]
  for (const { each, out, asked } of changes) {
    // What was once asked for by its object has to be found so after each change.
    if (asked) graph.has(null, asked === 'property' ? each.predicate : null, each.object)
    list = out || list.some(known => known.equals(each)) ? list.filter(known => !out || !known.equals(each)) : [...list, each]
    if (out) graph.remove(each)
    else graph.add(each)
  }
  return { graph, list }
})
const texts = (terms: Iterable<Term>) => [...terms].map(textOf).sort()

describe('a graph', () => {
  it('answers every pattern as the list of its statements does', () => {
    fc.assert(
      fc.property(filled, maybe(subject), maybe(property), maybe(object), ({ graph, list }, s, p, o) => {
        const wanted = list.filter(each => (!s || each.subject.equals(s)) && (!p || each.predicate.equals(p)) && (!o || each.object.equals(o)))
        expect(lines(graph.quads(s, p, o))).toBe(lines(wanted))
        expect(graph.has(s, p, o)).toBe(wanted.length > 0)
        expect(lines(graph.match(s, p, o))).toBe(lines(wanted))
        expect(graph.match(s, p, o).size).toBe(wanted.length)
        expect(texts(graph.subjects(p, o))).toEqual([
          ...new Set(texts(list.filter(each => (!p || each.predicate.equals(p)) && (!o || each.object.equals(o))).map(each => each.subject))),
        ])
        if (p)
          expect(texts(graph.objects(s, p))).toEqual([
            ...new Set(texts(list.filter(each => (!s || each.subject.equals(s)) && each.predicate.equals(p)).map(each => each.object))),
          ])
      }),
      { numRuns: 3000 },
    )
  })

  it('holds each statement once, whatever graph it was in', () => {
    fc.assert(
      fc.property(filled, ({ graph, list }) => {
        expect(graph.size).toBe(list.length)
        expect(lines(graph)).toBe(lines(list))
        expect(lines(new Graph([...list, ...list]))).toBe(lines(list))
      }),
    )
    expect(new Graph([quad(a, p, b, name('graph')), quad(a, p, b, defaultGraph())]).size).toBe(1)
  })

  it('gives its statements subject by subject, in the order in which they came', () => {
    const came = [quad(b, p, a), quad(a, p, literal('2')), quad(a, p, literal('1')), quad(b, dct.title, literal('b')), quad(b, p, literal('0'))]
    const graph = new Graph(came)
    expect([...graph]).toEqual([0, 4, 3, 1, 2].map(at => came[at]))
    expect(graph.objects(a, p).map(each => each.value)).toEqual(['2', '1'])
    expect(graph.subjects(p)).toEqual([b, a])
  })

  it('says nothing of a literal, nor of what it does not know', () => {
    const graph = turtle('<https://e.ma/a> <https://e.ma/p> "x" .')
    expect(graph.quads(literal('https://e.ma/a'))).toEqual([])
    expect(graph.has(literal('https://e.ma/a'))).toBe(false)
    expect(graph.match(b).size).toBe(0)
    graph.remove(quad(b, p, a))
    expect(graph.size).toBe(1)
  })

  it('may be changed while it is gone through', () => {
    const graph = new Graph([quad(a, p, literal('1')), quad(a, p, literal('2'))])
    for (const each of graph) {
      graph.remove(each)
      add(graph, b, p, each.object)
    }
    expect(graph.quads(a)).toEqual([])
    expect(graph.objects(b, p)).toHaveLength(2)
  })

  it('takes a value that does not depend on the order of the feed', () => {
    const titles = [literal('Zagora'), literal('Agadir', 'fr')]
    for (const order of [titles, titles.toReversed()]) expect(value(new Graph(order.map(title => quad(a, dct.title, title))), a, dct.title)).toEqual(titles[1])
    expect(value(new Graph(), a, dct.title)).toBeUndefined()
  })

  it('knows each instance once, though it has several of the classes', () => {
    const graph = new Graph([quad(a, rdf.type, dcat.Dataset), quad(a, rdf.type, dcat.DatasetSeries), quad(b, rdf.type, dcat.DatasetSeries)])
    expect(instances(graph, dcat.Dataset, dcat.DatasetSeries)).toEqual([a, b])
  })

  it('gives a node another name wherever it stands', () => {
    expect(lines(renamed(new Graph([quad(a, p, b), quad(b, p, a), quad(b, p, literal(a.value))]), a, name('c')))).toBe(
      lines([quad(name('c'), p, b), quad(b, p, name('c')), quad(b, p, literal(a.value))]),
    )
  })

  it('finds what points to a node of a large page in no time', () => {
    const graph = new Graph(Array.from({ length: 50_000 }, (_, at) => quad(name(`catalogue${at % 100}`), dcat.dataset, name(`dataset${at}`))))
    const began = performance.now()
    let found = 0
    for (let at = 0; at < 50_000; at++) found += graph.subjects(dcat.dataset, name(`dataset${at}`)).length
    expect(found).toBe(50_000)
    expect(performance.now() - began).toBeLessThan(5000)
  })
})

it('every term is one text, and comes back from it', () => {
  fc.assert(
    fc.property(object, object, (one, other) => {
      expect(textOf(one) === textOf(other)).toBe(one.equals(other))
      expect(termOf(textOf(one)).equals(one)).toBe(true)
    }),
  )
})
