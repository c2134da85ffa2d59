import { isBlank, type Quad, type Term } from '../rdf/terms.ts'

/** What `match` answers: quads that can be counted and gone through. */
export interface Matches extends Iterable<Quad> {
  size: number
}

const none: Quad[] = []

/**
 * A read-only RDF/JS dataset for the graph of one record: indexed by subject, subject and property, and property, which is
 * how shapes ask; no graph names. A general dataset spends more time on indexing than the engine on the rules.
 */
export class LightDataset implements Matches {
  readonly #quads: Quad[]
  readonly #bySubject = new Map<string, Quad[]>()
  readonly #bySubjectAndPredicate = new Map<string, Map<string, Quad[]>>()
  readonly #byPredicate = new Map<string, Quad[]>()

  constructor(quads: Iterable<Quad>) {
    this.#quads = [...quads]
    for (const quad of this.#quads) {
      const subject = key(quad.subject)
      push(this.#bySubject, subject, quad)
      let ofSubject = this.#bySubjectAndPredicate.get(subject)
      if (!ofSubject) this.#bySubjectAndPredicate.set(subject, (ofSubject = new Map()))
      push(ofSubject, quad.predicate.value, quad)
      push(this.#byPredicate, quad.predicate.value, quad)
    }
  }

  get size(): number {
    return this.#quads.length
  }

  [Symbol.iterator](): Iterator<Quad> {
    return this.#quads[Symbol.iterator]()
  }

  match(subject?: Term | null, predicate?: Term | null, object?: Term | null): Matches {
    const found = this.#candidates(subject, predicate)
    return new Found(object ? found.filter(quad => quad.object.equals(object)) : found)
  }

  getObjects(subject: Term, predicate: Term): Term[] {
    return this.#candidates(subject, predicate).map(quad => quad.object)
  }

  #candidates(subject?: Term | null, predicate?: Term | null): Quad[] {
    if (subject?.termType === 'Literal') return none
    if (subject && predicate) return this.#bySubjectAndPredicate.get(key(subject))?.get(predicate.value) ?? none
    if (subject) return this.#bySubject.get(key(subject)) ?? none
    return predicate ? (this.#byPredicate.get(predicate.value) ?? none) : this.#quads
  }
}

class Found implements Matches {
  readonly #quads: Quad[]
  readonly size: number

  constructor(quads: Quad[]) {
    this.#quads = quads
    this.size = quads.length
  }

  [Symbol.iterator](): Iterator<Quad> {
    return this.#quads[Symbol.iterator]()
  }
}

const key = (term: Term): string => (isBlank(term) ? `_:${term.value}` : term.value)

function push(map: Map<string, Quad[]>, at: string, quad: Quad): void {
  const known = map.get(at)
  if (known) known.push(quad)
  else map.set(at, [quad])
}
