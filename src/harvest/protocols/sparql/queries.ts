import { adms, dcat, dct, foaf, prov, spdx, vcard } from '../../../rdf/namespaces.ts'
import type { NamedNode } from '../../../rdf/terms.ts'

/** What a source says of where its datasets stand. */
export interface Where {
  /** The named graph; all that is asked by default where it is not said. */
  graph?: string | undefined
  /** A further pattern that `?d`, the dataset, has to match. */
  pattern?: string | undefined
}

/** Properties whose values are described with the dataset: its parts, and nodes that have no other place. */
const parts = [
  dcat.distribution,
  dcat.contactPoint,
  dct.publisher,
  dct.creator,
  dct.temporal,
  dct.spatial,
  dct.provenance,
  dct.rights,
  dct.accessRights,
  dct.license,
  dct.conformsTo,
  adms.identifier,
  foaf.page,
  prov.qualifiedAttribution,
  { value: `${dcat.iri}qualifiedRelation` },
]
/** And those of their own parts. */
const partsOfParts = [
  dct.license,
  dct.format,
  dct.rights,
  dct.conformsTo,
  dct.temporal,
  dcat.accessService,
  spdx.checksum,
  adms.status,
  foaf.page,
  { value: `${vcard.iri}hasAddress` },
  { value: `${vcard.iri}hasTelephone` },
  { value: 'http://www.w3.org/2006/time#hasBeginning' },
  { value: 'http://www.w3.org/2006/time#hasEnd' },
  { value: `${prov.iri}agent` },
]

const iris = (terms: Pick<NamedNode, 'value'>[], between = ' ') => terms.map(({ value }) => `<${value}>`).join(between)
const within = (inside: string, { graph }: Where) => (graph ? `GRAPH <${graph}> { ${inside} }` : inside)
const isDataset = ({ pattern }: Where) => `?d a ?class . VALUES ?class { <${dcat.Dataset.value}> <${dcat.DatasetSeries.value}> } ${pattern ?? ''}`

/** How many datasets there are. One without an IRI cannot be asked for, and is none. */
export const countQuery = (where: Where): string => `SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ${within(`${isDataset(where)} FILTER (isIRI(?d))`, where)} }`

/** The IRIs after one, in the order of their letters: a page that nothing shifts. */
export const listQuery = (where: Where, after: string, most: number): string =>
  `SELECT DISTINCT ?d WHERE { ${within(`${isDataset(where)} FILTER (isIRI(?d) && STR(?d) > ${JSON.stringify(after)})`, where)} } ORDER BY STR(?d) LIMIT ${most}`

/**
 * All that is said of some datasets, a row a statement: `?d` itself, its parts, their parts, and the portal's record about it. Each branch names the datasets,
 * and filters the properties: engines that join a branch as a whole with what stands beside it, as Oxigraph does, took seconds for each dataset, where they
 * take milliseconds.
 */
const closure = (datasets: string[], where: Where) => {
  const these = `VALUES ?d { ${iris(datasets.map(value => ({ value })))} }`
  const toParts = `?way IN (${iris(parts, ', ')})`
  return within(
    `
  { ${these} ?d ?p ?o }
  UNION { ${these} ?d ?way ?a . ?a ?q ?v FILTER (${toParts}) }
  UNION { ${these} ?d ?way ?x . ?x ?on ?b . ?b ?r ?w FILTER (${toParts} && ?on IN (${iris(partsOfParts, ', ')})) }
  UNION { ${these} ?e <${foaf.primaryTopic.value}> ?d . ?e ?g ?h }`,
    where,
  )
}

/** How many rows the description of each is made of: endpoints give no more than so many, and do not say that they cut. */
export const rowsQuery = (datasets: string[], where: Where): string => `SELECT ?d (COUNT(*) AS ?n) WHERE { ${closure(datasets, where)} } GROUP BY ?d`

/** The descriptions, blank nodes and all, in one answer: no other could name those nodes. */
export const describeQuery = (datasets: string[], where: Where): string =>
  `CONSTRUCT { ?d ?p ?o . ?a ?q ?v . ?b ?r ?w . ?e ?g ?h . ?d ?way ?a . ?x ?on ?b } WHERE { ${closure(datasets, where)} }`

/** As many rows as that, of whatever there is: fewer that come tell the endpoint's limit. */
export const probeQuery = (rows: number): string => `SELECT ?s WHERE { ?s ?p ?o } LIMIT ${rows}`
