import { add } from '../rdf/graph.ts'
import { adms, dcat, dct, foaf, owl, rdf, rdfs, schema, skos } from '../rdf/namespaces.ts'
import { isNamed, isNode, namedNode, type NamedNode, type Quad, type Subject, type Term } from '../rdf/terms.ts'
import { entry } from '../table.ts'
import { repair, statements, swap, type Draft } from './draft.ts'
import { meantProperty } from './terms.ts'
import { cleaned } from './text.ts'

const dc = (name: string) => namedNode(`http://purl.org/dc/elements/1.1/${name}`)
const schemaOrg = (name: string) => [namedNode(schema.iri + name), namedNode(`https://schema.org/${name}`)]

const resources = [dcat.Dataset, dcat.DatasetSeries, dcat.DataService, dcat.Distribution]

interface Renaming {
  old: NamedNode[]
  now: NamedNode
  /** Only where the newer property says nothing yet: else the older one stays as it is. */
  unless?: true
  /** The classes of which the older property is read so; any, where none is given. */
  of?: NamedNode[]
}

/** Properties of older and of neighbouring profiles, and what DCAT-AP 3 calls them (DCAT-AP 3.0.1, change log; DCAT 3, section 14). Add one: a line here. */
const renamings: Renaming[] = [
  { old: [owl.versionInfo, namedNode('http://purl.org/pav/version')], now: dcat.version, unless: true },
  { old: [dct.hasVersion], now: dcat.hasVersion },
  { old: schemaOrg('startDate'), now: dcat.startDate, unless: true },
  { old: schemaOrg('endDate'), now: dcat.endDate, unless: true },
  { old: schemaOrg('contactPoint'), now: dcat.contactPoint, unless: true, of: resources },
  { old: [namedNode(`${dcat.iri}size`), namedNode(`${dcat.iri}bytes`)], now: dcat.byteSize, unless: true },
  { old: [namedNode('http://creativecommons.org/ns#license'), namedNode('http://www.w3.org/1999/xhtml/vocab#license')], now: dct.license, unless: true },
  { old: schemaOrg('license'), now: dct.license, unless: true, of: resources },
  { old: [dc('isReferencedBy')], now: dct.isReferencedBy },
  { old: [dc('title')], now: dct.title },
  { old: [dc('description')], now: dct.description },
  { old: [dc('subject')], now: dcat.keyword, unless: true, of: resources },
  ...['publisher', 'creator', 'contributor', 'language', 'format', 'identifier', 'rights', 'type', 'source', 'relation', 'date'].map((name): Renaming => ({
    old: [dc(name)],
    now: namedNode(dct.iri + name),
    unless: true,
  })),
  { old: [dct.abstract, rdfs.comment, ...schemaOrg('description')], now: dct.description, unless: true, of: resources },
  { old: [rdfs.label, skos.prefLabel, foaf.name, ...schemaOrg('name')], now: dct.title, unless: true, of: resources },
  { old: [foaf.homepage], now: dcat.landingPage, unless: true, of: [dcat.Dataset, dcat.DatasetSeries, dcat.DataService] },
]
const renamingOf = new Map(renamings.flatMap(each => each.old.map(old => [old.value, each] as const)))

/** Properties of which DCAT-AP 3 allows one value. */
const single = new Set(
  [
    dct.publisher,
    dct.license,
    dct.accrualPeriodicity,
    dct.accessRights,
    dct.format,
    dct.issued,
    dct.modified,
    dcat.mediaType,
    dcat.byteSize,
    dcat.startDate,
    dcat.endDate,
    dcat.version,
  ].map(property => property.value),
)

const euStatus = 'http://publications.europa.eu/resource/authority/distribution-status/'
const statuses: Record<string, string> = { Completed: 'COMPLETED', Deprecated: 'DEPRECATED', UnderDevelopment: 'DEVELOP', Withdrawn: 'WITHDRAWN' }

/** Rewrites terms of DCAT-AP 1 and 2, of neighbouring profiles and misspelt ones into those of DCAT-AP 3. */
export function upgrade(draft: Draft): void {
  const { graph } = draft
  const isSaid = (subject: Subject, property: NamedNode) => graph.objects(subject, property).some(object => !saysNothing(object, property))
  const older = new Map<Renaming, Quad[]>()
  for (const quad of graph) {
    const meant = meantProperty(quad.predicate.value)
    if (meant && !(single.has(meant) && graph.has(quad.subject, namedNode(meant)))) rename(draft, quad, namedNode(meant))
    const renaming = renamingOf.get(quad.predicate.value)
    if (renaming && !older.get(renaming)?.push(quad)) older.set(renaming, [quad])
  }
  for (const renaming of renamings) {
    // Of several older properties of one subject one is taken over, with all its values.
    const taken = new Map<string, string | undefined>()
    for (const quad of older.get(renaming) ?? []) {
      const { subject, predicate } = quad
      if (renaming.of && !isOneOf(draft, subject, renaming.of)) continue
      if (renaming.unless && saysNothing(quad.object, renaming.now)) continue
      if (!taken.has(subject.value)) taken.set(subject.value, isSaid(subject, renaming.now) ? undefined : predicate.value)
      if (!renaming.unless || taken.get(subject.value) === predicate.value) rename(draft, quad, renaming.now)
    }
  }
  for (const quad of statements(draft, adms.status)) {
    const code = isNamed(quad.object) ? entry(statuses, /^https?:\/\/purl\.org\/adms\/status\/(\w+)$/.exec(quad.object.value)?.[1] ?? '') : undefined
    if (!code) continue
    const now = namedNode(euStatus + code)
    swap(draft, quad, now)
    repair(draft, 'renamed-concept', adms.status, quad.object, now)
  }
}

/** Whether a thing is of one of these classes: by its type, or by its place where the portal leaves that unsaid. */
const isOneOf = ({ graph, dataset }: Draft, subject: Subject, classes: NamedNode[]) =>
  graph.objects(subject, rdf.type).some(type => classes.some(each => each.equals(type))) ||
  (classes.includes(dcat.Dataset) && subject.equals(dataset)) ||
  (classes.includes(dcat.Distribution) && graph.has(null, dcat.distribution, subject))

/** Properties that have texts: a node that stands in the place of one stays where it is. */
const ofText = new Set([dcat.keyword, dct.title, dct.description].map(property => property.value))

/** Whether a value of a property will not stay: a node in the place of a text, or a text of which nothing is left. */
const saysNothing = (object: Term, { value: property }: NamedNode): boolean =>
  ofText.has(property) ? isNode(object) || cleaned(object.value).clean === '' : object.value.trim() === ''

function rename(draft: Draft, quad: Quad, now: NamedNode): void {
  if (ofText.has(now.value) && isNode(quad.object)) return
  draft.graph.remove(quad)
  add(draft.graph, quad.subject, now, quad.object)
  repair(draft, 'renamed-property', quad, quad.predicate, now)
}
