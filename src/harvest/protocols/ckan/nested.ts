import { guess } from '../../../normalise/text.ts'
import { digest } from '../../../rdf/digest.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { add } from '../../../rdf/graph.ts'
import { adms, dcat, dct, rdf, rdfs, skos } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Subject } from '../../../rdf/terms.ts'
import { date, fromJson, inLanguages, isObject, items, mapFields, objects, text, texts, type Row, type JsonObject } from '../../readers/json/values.ts'
import type { CkanTarget } from './options.ts'
import { shaped } from '../../readers/geometry.ts'
import { nodes } from '../../readers/json/nodes.ts'

/** Periods of a dataset or a file, as a list of objects, or as one flat pair of fields. */
export function mapPeriods(dataset: Subject, fields: JsonObject, { to, mint }: CkanTarget): void {
  const alone: JsonObject = {
    start: text(fields['temporal_start']) || text(fields['temporal_startDate']),
    end: text(fields['temporal_end']) || text(fields['temporal_endDate']),
  }
  for (const each of [...objects(fields['temporal_coverage']), alone]) {
    const [start, end] = [text(each['start']), text(each['end'])]
    // `2010-2020` alone: normalising reads it.
    if (!start && !end && text(each['name'])) add(to, dataset, dct.temporal, literal(text(each['name'])))
    if (!start && !end) continue
    const period = namedNode(`${mint.record}#period-${digest(`${start}/${end}`).slice(0, 12)}`)
    add(to, dataset, dct.temporal, period)
    add(to, period, rdf.type, dct.PeriodOfTime)
    if (start) add(to, period, dcat.startDate, date(start))
    if (end) add(to, period, dcat.endDate, date(end))
  }
}

/** Places as GeoJSON, or as objects with a name, an IRI and shapes (ckanext-dcat). */
export function mapPlaces(dataset: Subject, fields: JsonObject, target: CkanTarget): void {
  const { to, mint, language } = target
  mapShape(dataset, fields['spatial'], target)
  for (const place of objects(fields['spatial_coverage'])) {
    const name = text(place['text']) || text(place['name'])
    const iri = mendIri(text(place['uri']))
    if (iri ?? name) {
      const node = namedNode(iri ?? `${mint.record}#place-${digest(name).slice(0, 12)}`)
      add(to, dataset, dct.spatial, node)
      add(to, node, rdf.type, dct.Location)
      if (name) add(to, node, skos.prefLabel, literal(name, guess(name, language)))
    }
    mapShape(dataset, place['bbox'] ?? place['geom'] ?? place['centroid'], target)
  }
}

function mapShape(dataset: Subject, shape: unknown, target: CkanTarget): void {
  for (const place of shaped(isObject(shape) ? shape : text(shape), target)) add(target.to, dataset, dct.spatial, place)
}

/** Texts that DCAT-AP wants as a node with a label: provenance, rights. */
export function mapStatement(subject: Subject, property: NamedNode, type: NamedNode, value: unknown, target: CkanTarget): void {
  const { to, mint, language } = target
  const translated = inLanguages({ value }, 'value', target)
  if (translated.length > 0) {
    const node = namedNode(`${mint.record}#statement-${digest(JSON.stringify(translated)).slice(0, 12)}`)
    add(to, subject, property, node)
    add(to, node, rdf.type, type)
    for (const label of texts({ value }, 'value', target)) add(to, node, rdfs.label, label)
    return
  }
  for (const words of items(value)) {
    const iri = /^https?:/i.test(words) ? mendIri(words) : undefined
    const node = namedNode(iri ?? `${mint.record}#statement-${digest(words).slice(0, 12)}`)
    add(to, subject, property, node)
    add(to, node, rdf.type, type)
    if (!iri) add(to, node, rdfs.label, literal(words, guess(words, language)))
  }
}

export function mapIdentifiers(dataset: Subject, fields: JsonObject, target: CkanTarget): void {
  for (const node of nodes.identifier(items(fields['alternate_identifier']), target)) add(target.to, dataset, adms.identifier, node)
}

export function mapRelations(dataset: Subject, fields: JsonObject, { to, mint }: CkanTarget): void {
  for (const { relation, role } of objects(fields['qualified_relation'])) {
    const other = mendIri(text(relation))
    if (!other) continue
    const node = namedNode(`${mint.record}#relation-${digest(other + text(role)).slice(0, 12)}`)
    add(to, dataset, namedNode(`${dcat.iri}qualifiedRelation`), node)
    add(to, node, rdf.type, dcat.Relationship)
    add(to, node, dct.relation, namedNode(other))
    const as = mendIri(text(role))
    if (as) add(to, node, namedNode(`${dcat.iri}hadRole`), namedNode(as))
  }
}

const serviceFields: Row[] = [
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
    // Forms that nobody filled in are sent all the same.
    if (Object.values(service).every(value => items(value).length === 0)) continue
    const node = namedNode(mendIri(text(service['uri'])) ?? `${mint.record}#service-${digest(JSON.stringify(service)).slice(0, 12)}`)
    add(to, distribution, dcat.accessService, node)
    add(to, node, rdf.type, dcat.DataService)
    mapFields(node, service, serviceFields, target)
  }
}
