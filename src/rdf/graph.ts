import { rdf } from './namespaces.ts'
import { quad, textOf, type NamedNode, type Quad, type Subject, type Term } from './terms.ts'

type Any<T> = T | null | undefined
/** The statements of one subject and property, in their order: most have one or two, and a map of each would be most of a graph; of many, by their objects. */
type Objects = Quad[] | Map<string, Quad>
type Properties = Map<string, Objects>

/**
 * Statements in memory, each once: those of a record, of a page, of a list. They are found by subject and by property of a subject; by object too, once
 * somebody has asked for one. They come subject by subject, in the order in which they were added. What graph a statement was in tells it from no other.
 */
export class Graph implements Iterable<Quad> {
  /** Subject → property → object → statement. */
  readonly #subjects = new Map<string, Properties>()
  /** How many subjects have a property: what none has is not looked for. */
  readonly #properties = new Map<string, number>()
  /** Property → object → statements; without a property, those of all. Each is made once somebody asks for it. */
  readonly #byObject = new Map<string | undefined, Map<string, Set<Quad>>>()
  #size = 0
  /** The subject that was asked for last, and its properties: one is asked for many properties in a row. */
  #last: Term | undefined
  #ofLast: Properties | undefined

  constructor(quads: Iterable<Quad> = []) {
    for (const each of quads) this.add(each)
  }

  get size(): number {
    return this.#size
  }

  /** Goes through what it holds now, whatever becomes of it on the way. */
  [Symbol.iterator](): Iterator<Quad> {
    return this.quads()[Symbol.iterator]()
  }

  add(quad: Quad): void {
    const [subject, object] = [textOf(quad.subject), textOf(quad.object)]
    let properties = this.#subjects.get(subject)
    if (!properties) {
      this.#subjects.set(subject, (properties = new Map()))
      this.#last = undefined
    }
    const property = quad.predicate.value
    const objects = properties.get(property)
    if (!objects) {
      properties.set(property, [quad])
      this.#properties.set(property, (this.#properties.get(property) ?? 0) + 1)
    } else if (said(objects, object)) return
    else if (!Array.isArray(objects)) objects.set(object, quad)
    else if (objects.length < few) objects.push(quad)
    else properties.set(property, new Map([...objects, quad].map(each => [textOf(each.object), each])))
    this.#size++
    if (this.#byObject.size > 0) for (const index of this.#indexesOf(property)) point(index, quad)
  }

  remove({ subject, predicate, object }: Quad): void {
    const properties = this.#subjects.get(textOf(subject))
    const objects = properties?.get(predicate.value)
    const found = objects && said(objects, textOf(object))
    if (!properties || !objects || !found) return
    if (Array.isArray(objects)) objects.splice(objects.indexOf(found), 1)
    else objects.delete(textOf(object))
    if ((Array.isArray(objects) ? objects.length : objects.size) === 0) {
      properties.delete(predicate.value)
      this.#properties.set(predicate.value, this.#properties.get(predicate.value)! - 1)
    }
    if (properties.size === 0) {
      this.#subjects.delete(textOf(subject))
      this.#last = undefined
    }
    this.#size--
    for (const index of this.#indexesOf(predicate.value)) index.get(textOf(object))!.delete(found)
  }

  /** The statements with this subject, this property, this object; any where one is left out. Nothing is said of a literal. */
  quads(subject?: Any<Term>, property?: Any<Term>, object?: Any<Term>): Quad[] {
    const found: Quad[] = []
    if (property && !this.#properties.get(property.value)) return found
    if (!subject && object) {
      // Among few subjects they are met sooner than an index of all objects is made.
      if (property && this.#subjects.size < fewSubjects) {
        const key = textOf(object)
        for (const properties of this.#subjects.values()) take(properties.get(property.value), key, found)
        return found
      }
      return [...this.#to(object, property?.value)]
    }
    const key = object ? textOf(object) : undefined
    const of = (properties: Properties | undefined) => {
      if (!properties) return
      if (!property) for (const objects of properties.values()) take(objects, key, found)
      else take(properties.get(property.value), key, found)
    }
    if (subject) of(this.#of(subject))
    else for (const properties of this.#subjects.values()) of(properties)
    return found
  }

  /** True where there is such a statement. */
  has(subject?: Any<Term>, property?: Any<Term>, object?: Any<Term>): boolean {
    if (!subject && !object && property) return (this.#properties.get(property.value) ?? 0) > 0
    if (subject && !object) {
      const properties = this.#of(subject)
      return properties !== undefined && (!property || properties.has(property.value))
    }
    return this.quads(subject, property, object).length > 0
  }

  /** The objects of a property of one subject, or of all. */
  objects(subject: Any<Term>, property: Term): Term[] {
    if (!subject) return distinct(this.quads(null, property).map(({ object }) => object))
    const objects: Term[] = []
    const found = this.#of(subject)?.get(property.value)
    if (found) for (const { object } of found.values()) objects.push(object)
    return objects
  }

  /** All that have this property, with this object; any where one is left out. */
  subjects(property?: Any<Term>, object?: Any<Term>): Subject[] {
    if (!object) return this.#having(property)
    return distinct(this.quads(null, property, object).map(({ subject }) => subject))
  }

  /** The same as a dataset of RDF/JS answers it: with the number of statements. */
  match(subject?: Any<Term>, property?: Any<Term>, object?: Any<Term>): Iterable<Quad> & { size: number } {
    const found = this.quads(subject, property, object)
    return { size: found.length, [Symbol.iterator]: () => found[Symbol.iterator]() }
  }

  #of(subject: Term): Properties | undefined {
    if (subject !== this.#last) {
      this.#last = subject
      this.#ofLast = this.#subjects.get(textOf(subject))
    }
    return this.#ofLast
  }

  #having(property: Any<Term>): Subject[] {
    const found: Subject[] = []
    for (const properties of this.#subjects.values()) {
      const objects = property ? properties.get(property.value) : properties.values().next().value
      if (objects) found.push(objects.values().next().value!.subject)
    }
    return found
  }

  #to(object: Term, property: string | undefined): Iterable<Quad> {
    let index = this.#byObject.get(property)
    if (!index) {
      this.#byObject.set(property, (index = new Map()))
      for (const properties of this.#subjects.values())
        for (const objects of property === undefined ? properties.values() : [properties.get(property)])
          if (objects) for (const each of objects.values()) point(index, each)
    }
    return index.get(textOf(object)) ?? []
  }

  #indexesOf(property: string): Map<string, Set<Quad>>[] {
    return [property, undefined].flatMap(name => this.#byObject.get(name) ?? [])
  }
}

const fewSubjects = 50
const few = 8

/** The statement with an object, which is told by its text. */
const said = (objects: Objects, key: string): Quad | undefined =>
  Array.isArray(objects) ? objects.find(({ object }) => textOf(object) === key) : objects.get(key)

/** Takes the statements of one subject and property: that with one object, or all. */
function take(objects: Objects | undefined, key: string | undefined, found: Quad[]): void {
  if (!objects) return
  if (key === undefined) for (const each of objects.values()) found.push(each)
  else {
    const one = said(objects, key)
    if (one) found.push(one)
  }
}

function point(byObject: Map<string, Set<Quad>>, quad: Quad): void {
  const key = textOf(quad.object)
  const known = byObject.get(key)
  if (known) known.add(quad)
  else byObject.set(key, new Set([quad]))
}

/** Terms, each once. */
export const distinct = <T extends Term>(terms: readonly T[]): T[] =>
  terms.length < 2 ? [...terms] : [...new Map(terms.map(term => [textOf(term), term])).values()]

/** The objects of one property of one subject. */
export const values = (from: Graph, subject: Term, property: NamedNode): Term[] => from.objects(subject, property)

/** One object of a property: the first in code point order, so that the choice does not depend on the order of the feed. */
export function value(from: Graph, subject: Term, property: NamedNode): Term | undefined {
  const all = values(from, subject, property)
  return all.length < 2 ? all[0] : all.sort((a, b) => (a.value < b.value ? -1 : 1))[0]
}

/** All subjects that have one of these classes. */
export const instances = (from: Graph, ...classes: NamedNode[]): Subject[] => distinct(classes.flatMap(each => from.subjects(rdf.type, each)))

export function add(to: Graph, subject: Subject, property: NamedNode, object: Term): void {
  to.add(quad(subject, property, object))
}

/** A graph in which one node has another name. */
export function renamed(from: Graph, before: Subject, after: NamedNode): Graph {
  const to = new Graph()
  const own = <T extends Term>(term: T) => (term.equals(before) ? after : term)
  for (const { subject, predicate, object } of from) add(to, own(subject), predicate, own(object))
  return to
}
