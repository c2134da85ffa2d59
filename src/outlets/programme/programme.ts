import { addressesOf } from '../../config/addresses.ts'
import { isKept } from '../../config/sources.ts'
import { stepsOf, type Contribution } from '../../ledger/programme/contributions.ts'
import { plannedRecord } from '../../ledger/programme/inventory.ts'
import { publicStates, type KindName } from '../../ledger/programme/kinds.ts'
import { contributions } from '../../ledger/programme/lists.ts'
import { recordsNamed } from '../../ledger/records/records.ts'
import { adms, dcat, dct, duv, fihrist, rdf, schema, xsd } from '../../rdf/namespaces.ts'
import { literal, namedNode, quad, type NamedNode, type Quad } from '../../rdf/terms.ts'
import { ownLists } from '../../vocabulary/lists.ts'
import type { Publication } from '../publication.ts'

/** The kinds of which the public is told what people say: of problems it is not. */
const toldKinds = ['request', 'reuse'] as const
export type ToldKind = (typeof toldKinds)[number]
export const isTold = (kind: KindName): kind is ToldKind => toldKinds.some(each => each === kind)

/** The IRI of something that was brought, which is the address of its page. */
export const matterIri = (base: string, { kind, id }: Pick<Contribution, 'kind' | 'id'>): string =>
  kind === 'reuse' ? addressesOf(base).reuse(id) : addressesOf(base).asked(id)

/** Those of a kind that the public sees, piece by piece, the newest first. */
function* publicContributions({ ledger }: Pick<Publication, 'ledger'>, kind: ToldKind): Generator<Contribution> {
  const most = 200
  const states = publicStates(kind)
  for (let offset = 0, some: Contribution[]; (some = contributions(ledger, { kind, states, most, offset })).length > 0; offset += most) yield* some
}

/** All that people brought and the public sees. */
export function programmeQuads(publication: Publication): Quad[] {
  return toldKinds.flatMap(kind => [...publicContributions(publication, kind)].flatMap(each => matterQuads(publication, each)))
}

/**
 * One request or reuse: in the words of schema.org and of the Dataset Usage Vocabulary, and our own where they have none. Of who brought it nothing is known
 * here.
 */
export function matterQuads(publication: Publication, of: Contribution): Quad[] {
  const { catalogue, ledger } = publication
  const self = namedNode(matterIri(catalogue.base, of))
  const { said, language, at, modified } = of
  const datasets = recordsNamed(ledger, [], of.datasets).map(({ dataset }) => namedNode(dataset))
  const text = (property: NamedNode, value: string | undefined) => (value ? [quad(self, property, literal(value, language))] : [])
  return [
    ...text(schema.name, said['title']),
    ...text(schema.text, said['text']),
    ...text(fihrist.purpose, said['purpose']),
    quad(self, schema.inLanguage, literal(language)),
    quad(self, schema.dateCreated, moment(at)),
    quad(self, schema.dateModified, moment(modified)),
    ...(of.kind === 'reuse' ? reuseQuads(publication, of, self, datasets) : requestQuads(publication, of, self, datasets)),
  ]
}

function requestQuads({ catalogue: { base }, ledger, vocabulary, sources }: Publication, of: Contribution, self: NamedNode, datasets: NamedNode[]): Quad[] {
  const body = of.body === null ? undefined : vocabulary.match(ownLists(base).organisation, of.body)
  const source = sources.find(isKept)
  const plan = source && plannedRecord(ledger, source.id, of.id)
  const plans = plan === undefined ? [] : recordsNamed(ledger, [], [plan])
  const steps = stepsOf(ledger, of.id).filter(({ state }) => publicStates('request').includes(state))
  return [
    quad(self, rdf.type, fihrist.DatasetRequest),
    quad(self, rdf.type, schema.Question),
    quad(self, adms.status, namedNode(`${fihrist.iri}request-${of.state}`)),
    quad(self, schema.upvoteCount, literal(String(of.supporters), xsd.integer)),
    ...(body ? [quad(self, fihrist.assignedTo, namedNode(body.iri))] : []),
    ...(of.due ? [quad(self, fihrist.plannedFor, literal(of.due, /-\d+-/.test(of.due) ? xsd.date : xsd.gYearMonth))] : []),
    ...plans.map(({ dataset }) => quad(self, fihrist.plannedAs, namedNode(dataset))),
    ...datasets.map(dataset => quad(self, fihrist.answeredBy, dataset)),
    ...[...datasets, ...plans.map(({ dataset }) => namedNode(dataset))].map(dataset => quad(dataset, dct.isReferencedBy, self)),
    ...steps.flatMap(({ id, at, said }) => {
      const answer = namedNode(`${self.value}#answer-${id}`)
      return [
        ...(said['exception'] ? [quad(self, fihrist.exception, literal(said['exception']))] : []),
        ...(said['answer']
          ? [
              quad(self, schema.acceptedAnswer, answer),
              quad(answer, rdf.type, schema.Answer),
              quad(answer, schema.text, literal(said['answer'], said['language'])),
              quad(answer, schema.dateCreated, moment(at)),
            ]
          : []),
      ]
    }),
  ]
}

const reuseTypes: Record<string, NamedNode> = { application: schema.SoftwareApplication, article: schema.Article, study: schema.Report }

function reuseQuads({ catalogue: { base } }: Publication, { id, said, picture }: Contribution, self: NamedNode, datasets: NamedNode[]): Quad[] {
  const type = reuseTypes[said['type'] ?? '']
  return [
    quad(self, rdf.type, duv.Usage),
    quad(self, rdf.type, type ?? schema.CreativeWork),
    ...(said['address'] ? [quad(self, schema.url, namedNode(said['address']))] : []),
    ...(said['author'] ? [quad(self, schema.author, literal(said['author']))] : []),
    ...(picture ? [quad(self, schema.image, namedNode(addressesOf(base).picture(id)))] : []),
    ...datasets.flatMap((dataset, n) => {
      const relation = namedNode(`${self.value}#relation-${n + 1}`)
      return [
        quad(self, duv.refersTo, dataset),
        quad(self, schema.isBasedOn, dataset),
        quad(dataset, duv.hasUsage, self),
        quad(dataset, dcat.qualifiedRelation, relation),
        quad(relation, rdf.type, dcat.Relationship),
        quad(relation, dct.relation, self),
        quad(relation, dcat.hadRole, duv.Usage),
      ]
    }),
  ]
}

const moment = (text: string) => literal(text, xsd.dateTime)
