import type { Parser } from '@traqula/parser-sparql-1-1'
import { type Problem, sentence } from '../problem.ts'
import { prefixes as knownPrefixes } from '../rdf/namespaces.ts'
import { saidProblem } from '../words/said.ts'
import { keep } from './pace.ts'
import { limitQuery } from './query-limits.ts'
import { firstWithPrefix, glance, readingsOf, saysService } from './query-text.ts'
import { isSuspect } from './suspicion.ts'
import { nodesOf, triplesIn, type Node } from './syntax.ts'
import { typedVariables, type TypedVariables } from './typed-variables.ts'

/** What a query answers with (SPARQL 1.1 Query, section 16). */
const forms = ['select', 'ask', 'construct', 'describe'] as const
export type QueryForm = (typeof forms)[number]

/** A query that somebody sends, as far as the endpoint must understand it. */
export interface Query {
  text: string
  form: QueryForm
  /** The graphs that it chooses by FROM and FROM NAMED; undefined where it leaves the dataset to the endpoint. */
  dataset?: { default: string[]; named: string[] }
  /** The prefixes that it declares. */
  prefixes: Record<string, string>
  /** The variables whose datatype its answers must be given back. */
  typed?: TypedVariables
  /** The other endpoints that it names in SERVICE. */
  services?: string[]
  /** It answers otherwise each time: its answer is not kept. */
  volatile?: boolean
  /** It may take more than a store has. */
  suspect?: boolean
  /**
   * What is wrong with it by SPARQL 1.1, its grammar or its prefixes: the store may know more than that. Where it does not, this is what is wrong with the
   * query.
   */
  doubt?: Problem
}

/**
 * Reads a query. Throws `query-refused` for updates, and for SERVICE where no other endpoint is `allowed`, `endpoint-refused` for one that is not,
 * `query-malformed` where there is no query, and `too-large` for one that would harm who parses it.
 */
export function readQuery(text: string, allowed: string[] = []): Promise<Query> {
  const key = JSON.stringify([text, allowed])
  const query = known.get(key) ?? read(text, allowed)
  keep(known, key, query, mostKnown)
  return query
}

/** Queries that were read of late: pages and programs ask the same again and again. */
const known = new Map<string, Promise<Query>>()
const mostKnown = 200

async function read(text: string, allowed: string[]): Promise<Query> {
  const parser = await (loaded ??= loadParser())
  const queries = readingsOf(text).map(reading => readReading(parser, reading, allowed))
  return { ...(queries.find(query => !query.doubt) ?? queries[0]!), text }
}

function readReading(parser: Parser, text: string, allowed: string[]): Query {
  limitQuery(text)
  let syntax: Syntax
  try {
    syntax = parser.parse(text)
  } catch (error) {
    return doubtful(text, error)
  }
  if (syntax.type === 'update') throw syntax.updates.some(({ operation }) => operation) ? noUpdates() : noQuery()
  const prefixes = Object.fromEntries(syntax.context.flatMap(each => (each.subType === 'prefix' ? [[each.key, each.value.value]] : [])))
  const iriOf = (iri: Iri) => ('prefix' in iri ? `${prefixes[iri.prefix] ?? `${iri.prefix}:`}${iri.value}` : iri.value)
  const nodes = nodesOf(syntax)
  const services = namesOfServices(nodes).map(name => (name.subType === 'namedNode' ? allowedEndpoint(iriOf(name as Iri), allowed) : unnamed(allowed)))
  const graphs = (wanted: 'default' | 'named') => syntax.datasets.clauses.filter(({ clauseType }) => clauseType === wanted).map(({ value }) => iriOf(value))
  return {
    text,
    form: syntax.subType,
    ...(syntax.datasets.clauses.length > 0 && { dataset: { default: graphs('default'), named: graphs('named') } }),
    prefixes,
    ...typedVariables(triplesIn(nodes), iriOf),
    ...(services.length > 0 && { services: [...new Set(services)] }),
    ...(isSuspect(nodes) && { suspect: true }),
    // Nobody tells us when another endpoint says something else.
    ...((services.length > 0 || volatile.test(text)) && { volatile: true }),
    ...undeclaredIn(nodes, text, prefixes),
  }
}

/** Functions that answer otherwise each time (SPARQL 1.1, section 17.4). */
const volatile = /\b(?:now|rand|uuid|struuid|bnode)\s*\(/i

/** What can be said of a query that the parser does not take. */
function doubtful(text: string, error: unknown): Query {
  const { verb, from } = glance(text)
  if (!verb) throw noQuery()
  const form = forms.find(each => each === verb)
  if (!form) throw noUpdates()
  const doubt = malformed(error)
  // A store that knows more must not be led to other endpoints by what we cannot read.
  if (saysService(text)) throw doubt
  return { text, form, suspect: true, ...(from && { dataset: { default: [], named: [] } }), prefixes: {}, doubt }
}

/** The doubt about a query that has a name with a prefix that it does not declare, and where the first of them stands: a server may know some by itself. */
function undeclaredIn(nodes: Node[], text: string, prefixes: Record<string, string>): { doubt: Problem } | undefined {
  const undeclared = new Set(nodes.flatMap(node => ('prefix' in node && !Object.hasOwn(prefixes, node.prefix as string) ? [node.prefix as string] : [])))
  if (undeclared.size === 0) return undefined
  const { prefix, at } = firstWithPrefix(text, undeclared) ?? { prefix: [...undeclared][0]!, at: 0 }
  const before = text.slice(0, at).split('\n')
  const [line, column] = [before.length, before.at(-1)!.length + 1]
  return {
    doubt: saidProblem(
      'query-malformed',
      'query_problem.prefix',
      { prefix, line, column, iri: (Object.hasOwn(knownPrefixes, prefix) && knownPrefixes[prefix]) || '…' },
      { line, column, excerpt: `${prefix}:` },
    ),
  }
}

const noUpdates = () => saidProblem('query-refused', 'query_problem.update')
const noQuery = () => saidProblem('query-malformed', 'query_problem.no_verb')

/** What SERVICE clauses name anywhere in a query. */
const namesOfServices = (nodes: Node[]) =>
  nodes.flatMap(node => (node.type === 'pattern' && node.subType === 'service' && 'name' in node ? [node.name as { subType: string }] : []))

const noFederation = () => saidProblem('query-refused', 'query_problem.service')

function allowedEndpoint(iri: string, allowed: string[]): string {
  if (allowed.length === 0) throw noFederation()
  const same = (other: string) => URL.canParse(iri) && new URL(other).href === new URL(iri).href
  if (allowed.some(same)) return iri
  throw saidProblem('endpoint-refused', 'query_problem.endpoint', { iri, allowed: allowed.join(', ') })
}

/** Whom a variable would lead to is known too late. */
function unnamed(allowed: string[]): never {
  if (allowed.length === 0) throw noFederation()
  throw saidProblem('endpoint-refused', 'query_problem.endpoint_variable', { allowed: allowed.join(', ') })
}

type Syntax = ReturnType<Parser['parse']>
type Iri = Extract<Syntax, { type: 'query' }>['datasets']['clauses'][number]['value']
type Messages = NonNullable<NonNullable<NonNullable<ConstructorParameters<typeof Parser>[0]>['parserConfig']>['errorMessageProvider']>
type Token = Parameters<Messages['buildMismatchTokenMessage']>[0]['actual']

let loaded: Promise<Parser> | undefined

/** The parser is made once, for the first query: to make it takes longer than to use it a hundred times. */
async function loadParser(): Promise<Parser> {
  const { Parser } = await import('@traqula/parser-sparql-1-1')
  const messages: Messages = {
    buildMismatchTokenMessage: ({ actual, previous, expected: { LABEL: label } }) => standing(actual, previous, label),
    buildNotAllInputParsedMessage: ({ firstRedundant }) => standing(firstRedundant),
    buildNoViableAltMessage: ({ actual: [actual], previous }) => standing(actual!, previous),
    buildEarlyExitMessage: ({ actual: [actual], previous }) => standing(actual!, previous),
  }
  return new Parser({
    // What is written well and means nothing is the store's to refuse: it knows which functions there are.
    defaultContext: { skipValidation: true },
    parserConfig: { errorMessageProvider: messages },
    lexerConfig: {
      positionTracking: 'full',
      errorMessageProvider: {
        buildUnexpectedCharactersMessage: (text, start, _length, line = 1, column = 1) =>
          place(line, column, /^\S*/.exec(text.slice(start, start + longestShown))![0]),
        buildUnableToPopLexerModeMessage: ({ image, startLine = 1, startColumn = 1 }) => place(startLine, startColumn, image),
      },
    },
  })
}

/** Characters that are shown of what cannot stand. */
const longestShown = 40

/** Says where a token is that cannot stand there; at the end of the text, where the one before it ends. */
function standing({ image, startLine, startColumn }: Token, previous?: Token, expected?: string): string {
  if (startLine && startColumn) return place(startLine, startColumn, image, expected)
  return place(previous?.endLine || 1, (previous?.endColumn || 0) + 1, '', expected)
}

/** What cannot stand, and where: as the parser's message, out of which `malformed` reads it again. */
interface Misplaced {
  line: number
  column: number
  excerpt?: string
  expected?: string
}

function place(line: number, column: number, text = '', expected?: string): string {
  const excerpt = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
  return JSON.stringify({ line, column, ...(excerpt && { excerpt }), ...(expected && { expected }) } satisfies Misplaced)
}

/** The last line of what the parser throws is what we have told it to say. */
function malformed(error: unknown): Problem {
  const told = sentence(error).trimEnd()
  const last = told.slice(told.lastIndexOf('\n') + 1)
  if (!last.startsWith('{"line":')) return saidProblem('query-malformed', 'query_problem.unclear', { reason: last.slice(0, 300) }, {}, error)
  const { line, column, excerpt, expected } = JSON.parse(last) as Misplaced
  const key = `query_problem.${excerpt === undefined ? 'ends' : 'misplaced'}${expected === undefined ? '' : '_expected'}`
  const values = { line, column, ...(excerpt && { excerpt: JSON.stringify(excerpt) }), ...(expected && { expected }) }
  return saidProblem('query-malformed', key, values, { line, column, ...(excerpt && { excerpt }) }, error)
}
