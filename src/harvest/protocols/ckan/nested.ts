import { guess } from '../../../normalise/text.ts'
import { digest } from '../../../rdf/digest.ts'
import { mendIri } from '../../../rdf/iri.ts'
import { add, type Graph } from '../../../rdf/graph.ts'
import { adms, dcat, dct, rdf, rdfs, skos } from '../../../rdf/namespaces.ts'
import { literal, namedNode, type NamedNode, type Subject } from '../../../rdf/terms.ts'
import type { Mint } from '../../protocol.ts'
import type { Package } from './api.ts'
import { date, fromJson, inLanguages, isObject, items, mapFields, objects, text, texts, type Portal, type Row } from '../../readers/json/values.ts'
import { locationOf } from '../../readers/geometry.ts'
import { nodes } from '../../readers/json/nodes.ts'

/** Periods of a dataset or a file, as a list of objects, or as one flat pair of fields. */
export function mapPeriods(to: Graph, dataset: Subject, fields: Package, mint: Mint): void {
  const alone: Package = {
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
export function mapPlaces(to: Graph, dataset: Subject, fields: Package, mint: Mint, portal: Portal): void {
  mapShape(to, dataset, fields['spatial'], mint)
  for (const place of objects(fields['spatial_coverage'])) {
    const name = text(place['text']) || text(place['name'])
    const iri = mendIri(text(place['uri']))
    if (iri ?? name) {
      const node = namedNode(iri ?? `${mint.record}#place-${digest(name).slice(0, 12)}`)
      add(to, dataset, dct.spatial, node)
      add(to, node, rdf.type, dct.Location)
      if (name) add(to, node, skos.prefLabel, literal(name, guess(name, portal.language)))
    }
    mapShape(to, dataset, place['bbox'] ?? place['geom'] ?? place['centroid'], mint)
  }
}

function mapShape(to: Graph, dataset: Subject, shape: unknown, mint: Mint): void {
  const place = locationOf(isObject(shape) ? JSON.stringify(shape) : text(shape), mint.record)
  if (!place) return
  add(to, dataset, dct.spatial, place.node)
  for (const quad of place.quads) to.add(quad)
}

/** Texts that DCAT-AP wants as a node with a label: provenance, rights. */
export function mapStatement(to: Graph, subject: Subject, property: NamedNode, type: NamedNode, value: unknown, mint: Mint, portal: Portal): void {
  const translated = inLanguages({ value }, 'value', portal)
  if (translated.length > 0) {
    const node = namedNode(`${mint.record}#statement-${digest(JSON.stringify(translated)).slice(0, 12)}`)
    add(to, subject, property, node)
    add(to, node, rdf.type, type)
    for (const label of texts({ value }, 'value', portal)) add(to, node, rdfs.label, label)
    return
  }
  for (const words of items(value)) {
    const iri = /^https?:/i.test(words) ? mendIri(words) : undefined
    const node = namedNode(iri ?? `${mint.record}#statement-${digest(words).slice(0, 12)}`)
    add(to, subject, property, node)
    add(to, node, rdf.type, type)
    if (!iri) add(to, node, rdfs.label, literal(words, guess(words, portal.language)))
  }
}

export function mapIdentifiers(to: Graph, dataset: Subject, fields: Package, mint: Mint, { language }: Portal): void {
  for (const node of nodes.identifier(to, items(fields['alternate_identifier']), { mint, language })) add(to, dataset, adms.identifier, node)
}

export function mapRelations(to: Graph, dataset: Subject, fields: Package, mint: Mint): void {
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
export function mapServices(to: Graph, distribution: Subject, resource: Package, mint: Mint, portal: Portal): void {
  for (const service of objects(fromJson(resource['access_services']))) {
    // Forms that nobody filled in are sent all the same.
    if (Object.values(service).every(value => items(value).length === 0)) continue
    const node = namedNode(mendIri(text(service['uri'])) ?? `${mint.record}#service-${digest(JSON.stringify(service)).slice(0, 12)}`)
    add(to, distribution, dcat.accessService, node)
    add(to, node, rdf.type, dcat.DataService)
    mapFields(to, node, service, serviceFields, portal)
  }
}
