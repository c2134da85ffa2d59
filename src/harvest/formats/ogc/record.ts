import { add, Graph } from '../../../rdf/graph.ts'
import { isPublicIri } from '../../../rdf/iri.ts'
import { adms, dcat, dct, rdf } from '../../../rdf/namespaces.ts'
import { namedNode } from '../../../rdf/terms.ts'
import type { Mapped, Mint } from '../../protocol.ts'
import { at, mapRows, type JsonRow } from '../../readers/json/fields.ts'
import { mapFiles } from '../../readers/json/files.ts'
import { mapPortalRecord } from '../../readers/json/portal-record.ts'
import { items, objects, text, type JsonObject } from '../../readers/json/values.ts'
import { filesIn, licenceOf, linkFields, linksOf, ownAddress, pageFields, pagesIn } from './links.ts'

/** What `conceptsIn` and `partiesOf` make of the fields that a record and a collection have alike. */
export const themesAndParties: JsonRow[] = [
  [['concepts'], dcat.theme, 'concept'],
  [['publisher'], dct.publisher, 'agent'],
  [['creators'], dct.creator, 'agent'],
  [['contributors'], dct.contributor, 'agent'],
  [['holders'], dct.rightsHolder, 'agent'],
  [['contacts'], dcat.contactPoint, 'contact'],
]

/**
 * Fields of a record (OGC 20-004, table 9). `concepts`, the parties and `period` are made of more than one of them; `wmo:` is the weather services' profile
 * WCMP 2.
 */
export const datasetFields: JsonRow[] = [
  [['properties.title'], dct.title, 'text'],
  [['properties.description'], dct.description, 'text'],
  [['id'], dct.identifier, 'list'],
  [['properties.externalIds', 'properties.externalId'], adms.identifier, 'identifier'],
  [['properties.keywords'], dcat.keyword, 'keywords'],
  ...themesAndParties,
  [['properties.created'], dct.issued, 'date'],
  [['properties.updated'], dct.modified, 'date'],
  [['period'], dct.temporal, 'period'],
  [['time.resolution'], dcat.temporalResolution, 'duration'],
  [['geometry', 'properties.extent.spatial.bbox'], dct.spatial, 'place'],
  [['properties.resourceLanguages.code', 'properties.language.code', 'properties.language'], dct.language, 'words'],
  [['properties.rights'], dct.rights, 'rights'],
  [['properties.wmo:dataPolicy'], dct.rights, 'rights'],
  ...pageFields,
]

/** A record → DCAT-AP, before normalising (tables in docs/mapping.md). Its dataset has the address of the record, where that is public. */
export const mapRecord =
  (item: JsonObject, { url, language: usual }: { url: string; language: string }) =>
  (mint: Mint): Mapped => {
    const own = [text(item['id']), ownAddress(item, 'self', 'canonical')].find(each => each && isPublicIri(each))
    const dataset = namedNode(own ?? mint.dataset)
    const language = text(at(item, 'properties.language.code')) || text(at(item, 'properties.language'))
    const stated = /^[a-z]{2,3}(-|$)/i.test(language)
    const to = new Graph()
    const target = { to, mint, language: stated ? language : usual, stated }
    const links = linksOf(item, ownAddress(item, 'self', 'canonical') ?? url)
    add(to, dataset, rdf.type, dcat.Dataset)
    mapRows(
      dataset,
      {
        ...item,
        ...partiesOf(objects(at(item, 'properties.contacts'))),
        ...pagesIn(links),
        concepts: conceptsIn(at(item, 'properties.themes')),
        period: periodOf(item['time']),
      },
      datasetFields,
      target,
    )
    const licence = licenceOf(at(item, 'properties.license'), links)
    mapFiles(
      dataset,
      filesIn(links, at(item, 'properties.title')).map(file => ({ ...file, dataset: { licence } })),
      linkFields,
      target,
    )
    mapPortalRecord(dataset, { modified: at(item, 'properties.updated'), issued: at(item, 'properties.created') }, target)
    return { dataset, graph: to }
  }

/** Roles by the property that they become; the first role of a list that a party has wins. */
const roles = {
  publisher: ['publisher', 'distributor', 'host', 'custodian', 'owner'],
  creators: ['author', 'originator', 'creator', 'producer', 'principalInvestigator'],
  contributors: ['contributor', 'processor', 'collaborator'],
  holders: ['rightsHolder', 'licensor'],
  contacts: ['pointOfContact', 'contact', 'point of contact'],
}

/** The parties of a dataset by their roles. Where nobody has the role of contact, the first party with an e-mail is the contact. */
export function partiesOf(stated: JsonObject[]): JsonObject {
  const parties = stated.map(each => ({
    ...each,
    roles: items(each['roles'] ?? each['role']),
    name: each['organization'] ?? each['name'],
    url: pageOf(each),
    '@id': undefined,
  }))
  const inRole = (names: string[]) =>
    names.map(name => parties.filter(each => each.roles.some(role => role.toLowerCase() === name.toLowerCase()))).find(found => found.length > 0) ?? []
  const named = inRole(roles.contacts).map(contactOf)
  return {
    publisher: inRole(roles.publisher)[0],
    creators: inRole(roles.creators),
    contributors: inRole(roles.contributors),
    holders: inRole(roles.holders),
    contacts:
      named.length > 0
        ? named
        : parties
            .map(contactOf)
            .filter(({ email }) => email)
            .slice(0, 1),
  }
}

const contactOf = (party: JsonObject) => ({
  name: party['name'],
  url: party['url'],
  email: items(party['email'])[0] ?? text(objects(party['emails'])[0]?.['value']),
  phone: text(objects(party['phones'])[0]?.['value']),
})
const pageOf = (party: JsonObject) =>
  text(party['url']) ||
  text(
    objects(party['links'])
      .map(({ href }) => href)
      .find(href => /^https?:/i.test(text(href))),
  )

/** Themes are concepts in schemes; a portal that writes no more than their ids is understood too. */
export function conceptsIn(themes: unknown): JsonObject[] {
  return objects(themes).flatMap(({ concepts, name }): JsonObject[] =>
    concepts === undefined ? [{ name }] : objects(concepts).map(({ id, url, title, name: word }) => ({ '@id': url, prefLabel: title ?? word ?? id })),
  )
}

/** `{ interval: [from, to] }`, `{ date }`, `{ timestamp }`, as RFC 9922 and its drafts write time; `..` is open. */
function periodOf(time: unknown): unknown {
  const interval = items(at(time, 'interval'))
  return interval.length === 2 ? { start: interval[0], end: interval[1] } : (at(time, 'date') ?? at(time, 'timestamp'))
}
