import { guess } from '../../../normalise/text.ts'
import { add } from '../../../rdf/graph.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { dcat, dct, rdf, rdfs, skos } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Subject } from '../../../rdf/terms.ts'
import { mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { places } from '../../readers/json/places.ts'
import { fromJson, inLanguages, items, objects, text, texts, type JsonObject } from '../../readers/json/values.ts'
import { mintedIri } from '../../readers/target.ts'
import type { CkanTarget } from './options.ts'

/** Periods of a dataset or a file, and spans of time in words (`2010-2020`), which normalising reads. */
export const periodFields: JsonRow[] = [
  [['periods'], dct.temporal, 'period'],
  [['spans'], dct.temporal, 'list'],
]

/** What `periodFields` reads: a list of objects or words, and one flat pair of fields. */
export function periodsIn(fields: JsonObject): JsonObject {
  const alone: JsonObject = {
    start: text(fields['temporal_start']) || text(fields['temporal_startDate']),
    end: text(fields['temporal_end']) || text(fields['temporal_endDate']),
  }
  const all = [...objects(fields['temporal_coverage']), alone].map(({ start, end, name }) => ({ start: text(start), end: text(end), name: text(name) }))
  return { periods: all.filter(({ start, end }) => start || end), spans: all.filter(({ start, end }) => !start && !end).map(({ name }) => name) }
}

/** Places in every form that `places` reads, or as objects with a name, an IRI and shapes (ckanext-dcat). */
export function mapPlaces(dataset: Subject, fields: JsonObject, target: CkanTarget): void {
  const { to, mint, language } = target
  mapShape(dataset, fields['spatial'], target)
  for (const place of objects(fields['spatial_coverage'])) {
    const name = text(place['text']) || text(place['name'])
    const iri = mendIri(text(place['uri']))
    if (iri ?? name) {
      const node = namedNode(iri ?? mintedIri({ mint }, 'place', name).value)
      add(to, dataset, dct.spatial, node)
      add(to, node, rdf.type, dct.Location)
      if (name) add(to, node, skos.prefLabel, literal(name, guess(name, language)))
    }
    mapShape(dataset, place['bbox'] ?? place['geom'] ?? place['centroid'], target)
  }
}

function mapShape(dataset: Subject, shape: unknown, target: CkanTarget): void {
  for (const place of places(shape, target)) add(target.to, dataset, dct.spatial, place)
}

/** Texts that DCAT-AP wants as a node with a label: provenance, rights. */
export function mapStatement(subject: Subject, property: NamedNode, type: NamedNode, value: unknown, target: CkanTarget): void {
  const { to, mint, language } = target
  const translated = inLanguages({ value }, 'value', target)
  if (translated.length > 0) {
    const node = mintedIri({ mint }, 'statement', JSON.stringify(translated))
    add(to, subject, property, node)
    add(to, node, rdf.type, type)
    for (const label of texts({ value }, 'value', target)) add(to, node, rdfs.label, label)
    return
  }
  for (const words of items(value)) {
    const iri = /^https?:/i.test(words) ? mendIri(words) : undefined
    const node = namedNode(iri ?? mintedIri({ mint }, 'statement', words).value)
    add(to, subject, property, node)
    add(to, node, rdf.type, type)
    if (!iri) add(to, node, rdfs.label, literal(words, guess(words, language)))
  }
}

export function mapRelations(dataset: Subject, fields: JsonObject, { to, mint }: CkanTarget): void {
  for (const { relation, role } of objects(fields['qualified_relation'])) {
    const other = mendIri(text(relation))
    if (!other) continue
    const node = mintedIri({ mint }, 'relation', other + text(role))
    add(to, dataset, namedNode(`${dcat.iri}qualifiedRelation`), node)
    add(to, node, rdf.type, dcat.Relationship)
    add(to, node, dct.relation, namedNode(other))
    const as = mendIri(text(role))
    if (as) add(to, node, namedNode(`${dcat.iri}hadRole`), namedNode(as))
  }
}

const serviceFields: JsonRow[] = [
  [['title', 'name'], dct.title, 'text'],
  [['description'], dct.description, 'text'],
  [['endpoint_url'], dcat.endpointURL, 'link'],
  [['endpoint_description'], dcat.endpointDescription, 'link'],
  [['serves_dataset'], dcat.servesDataset, 'link'],
  [['conforms_to'], dct.conformsTo, 'link'],
  [['license'], dct.license, 'words'],
  [['access_rights'], dct.accessRights, 'words'],
]

/** Services that give access to a file; some portals send the list as JSON in a text. */
export function mapServices(distribution: Subject, resource: JsonObject, target: CkanTarget): void {
  const { to, mint } = target
  for (const service of objects(fromJson(resource['access_services']))) {
    // The empty forms of ckanext-dcat are sent as services without a value.
    if (Object.values(service).every(value => items(value).length === 0)) continue
    const node = namedNode(mendIri(text(service['uri'])) ?? mintedIri({ mint }, 'service', JSON.stringify(service)).value)
    add(to, distribution, dcat.accessService, node)
    add(to, node, rdf.type, dcat.DataService)
    mapRows(node, service, serviceFields, target)
  }
}
