import type * as RDF from '@rdfjs/types'
import { DataFactory, Literal as N3Literal, termFromId, termToId, type Term as N3Term } from 'n3'

export type { BlankNode, Literal, NamedNode } from '@rdfjs/types'
type NamedNode = RDF.NamedNode

/** What a statement speaks of: a node. */
export type Subject = RDF.NamedNode | RDF.BlankNode
/** What a statement says of it: a node or a literal (RDF 1.1, 3.1). */
export type Term = Subject | RDF.Literal

/** One statement, an RDF/JS quad whose terms are those of RDF 1.1. */
export interface Quad extends RDF.Quad {
  subject: Subject
  predicate: NamedNode
  object: Term
  graph: Subject | RDF.DefaultGraph
}

/** The one data factory of the project. */
const factory: RDF.DataFactory = DataFactory
export const { namedNode, blankNode, defaultGraph } = factory

/** A literal of which n3 would take each part out of one text whenever it is asked for. */
class ReadOnce extends N3Literal {
  override readonly value: string
  override readonly language: string
  override readonly datatype: N3Literal['datatype']

  constructor(made: N3Literal, value: string, given: string | NamedNode | undefined) {
    super(made.id)
    this.value = value
    this.language = typeof given === 'string' ? made.language : ''
    this.datatype = typeof given === 'object' ? (given as N3Literal['datatype']) : made.datatype
  }
}

/** A text with its language, or its type: `xsd:string` where neither is given. */
export const literal = (value: string, languageOrType?: string | NamedNode): RDF.Literal =>
  new ReadOnce(DataFactory.literal(value, languageOrType), value, languageOrType)

export const quad = (subject: Subject, predicate: NamedNode, object: Term, graph?: Quad['graph']): Quad =>
  DataFactory.quad(subject, predicate, object, graph) as Quad

/**
 * A statement of another library's making, which may leave out what only says that it is one. A triple term (RDF 1.2) is passed on as an object that is neither
 * node nor literal.
 */
export const ownQuad = ({ subject, predicate, object, graph, equals }: Omit<RDF.Quad, 'termType' | 'value'>): Quad =>
  factory.fromQuad({ termType: 'Quad', value: '', subject, predicate, object, graph, equals }) as Quad

/** What the text of another kind of term begins with; nothing, the default graph. */
const otherStarts = new Set<string | undefined>(['_', '"', '[', '<', '?', undefined])

/** A term as one text, and back: for keeping many where they are looked up by it. An IRI that could be taken for another kind of term stands in brackets. */
export function textOf(term: Term): string {
  if (isNamed(term)) return otherStarts.has(term.value[0]) ? `<${term.value}>` : term.value
  return termToId(term as N3Term)
}
export const termOf = (text: string): Term => (text.startsWith('<') ? namedNode(text.slice(1, -1)) : (termFromId(text) as Term))

export const isNamed = (term: Term | undefined): term is NamedNode => term?.termType === 'NamedNode'
export const isBlank = (term: Term | undefined): term is RDF.BlankNode => term?.termType === 'BlankNode'
export const isLiteral = (term: Term | undefined): term is RDF.Literal => term?.termType === 'Literal'
export const isNode = (term: Term | undefined): term is Subject => isNamed(term) || isBlank(term)
