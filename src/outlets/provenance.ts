import { addressesOf } from '../config/addresses.ts'
import type { Version } from '../ledger/records/versions.ts'
import { runsByNumber, runsInView, type Run } from '../ledger/runs/runs.ts'
import { dct, fihrist, foaf, owl, prov, rdf, xsd } from '../rdf/namespaces.ts'
import { literal, namedNode, quad, type Quad } from '../rdf/terms.ts'
import { ownLists } from '../vocabulary/lists.ts'
import type { Publication } from './publication.ts'

const moment = (text: string) => literal(text, xsd.dateTime)
const whole = (number: number) => literal(String(number), xsd.integer)
const counts = ['seen', 'added', 'updated', 'unchanged', 'removed', 'failed', 'missing', 'quarantined', 'repairs'] as const
/** Runs that are told of whatever they brought. */
const newest = 1000

/** The harvests of the catalogue as activities (PROV-O): the newest, and every other that brought something that is shown. */
export const runQuads = (publication: Publication): Quad[] => activities(publication, runsInView(publication.ledger, newest))

/** Runs, and who ran them. */
export const activities = (publication: Publication, runs: Run[]): Quad[] => [...runs.flatMap(run => activity(publication, run)), ...agents(publication, runs)]

/** Some versions of one record, and the runs that brought them. */
export function historyQuads(publication: Publication, versions: Version[]): Quad[] {
  const ids = [...new Set(versions.map(version => version.run))]
  const runs = runsByNumber(publication.ledger, ids)
  return [...versions.flatMap(version => versionQuads(publication, version)), ...activities(publication, runs)]
}

/**
 * One version of a record as an entity: what it is a version of, the run that brought what it is made of, the version before it, from when until when it was in
 * view, and where the portal shows the dataset. A version that was never shown has no `fihrist:shownFrom`.
 */
export function versionQuads({ catalogue: { base }, sources }: Publication, version: Version): Quad[] {
  const addresses = addressesOf(base)
  const record = addresses.record(version.id)
  const self = namedNode(addresses.version(version.id, version.number))
  const url = sources.find(source => source.id === version.source)?.url
  // A file of the edition is nowhere that others could go.
  const origin = addressOf(version, base) ?? (url && !/^https?:/.test(url) ? undefined : url)
  return [
    quad(namedNode(record), dct.hasVersion, self),
    quad(self, rdf.type, prov.Entity),
    quad(self, prov.specializationOf, namedNode(record)),
    quad(self, prov.wasGeneratedBy, namedNode(addresses.run(version.source, version.run))),
    quad(self, prov.generatedAtTime, moment(version.at)),
    ...(version.number > 1 ? [quad(self, prov.wasRevisionOf, namedNode(addresses.version(version.id, version.number - 1)))] : []),
    ...(version.until ? [quad(self, prov.invalidatedAtTime, moment(version.until))] : []),
    ...(version.shown_from === null ? [] : [quad(self, fihrist.shownFrom, whole(version.shown_from))]),
    ...(version.shown_until === null ? [] : [quad(self, fihrist.shownUntil, whole(version.shown_until))]),
    ...(origin ? [quad(self, prov.hadPrimarySource, namedNode(origin))] : []),
  ]
}

/** The page where the portal shows the dataset; else what the portal calls it; undefined where the name is ours. */
function addressOf({ dataset, graph }: Version, base: string): string | undefined {
  const said = `<${dataset}> <http://www.w3.org/ns/dcat#landingPage> <`
  const at = graph.indexOf(said)
  if (at >= 0) return graph.slice(at + said.length, graph.indexOf('>', at + said.length))
  return addressesOf(base).isMinted(dataset) ? undefined : dataset
}

const agentOf = (base: string, program: string) => namedNode(addressesOf(base).program(program))

function publisherOf({ catalogue: { base, publisher }, vocabulary }: Publication) {
  const concept = vocabulary.match(ownLists(base).organisation, publisher)
  return concept && namedNode(concept.iri)
}

/** One run: when, of which source, by whom, with what outcome. */
function activity(publication: Publication, run: Run): Quad[] {
  const { base } = publication.catalogue
  const self = namedNode(addressesOf(base).run(run.source, run.id))
  const source = namedNode(addressesOf(base).sourceCatalogue(run.source))
  const publisher = publisherOf(publication)
  const earlier = run.continues === null ? undefined : namedNode(addressesOf(base).run(run.source, run.continues))
  return [
    quad(self, rdf.type, prov.Activity),
    quad(self, rdf.type, fihrist.Run),
    quad(self, prov.used, source),
    quad(source, rdf.type, prov.Entity),
    quad(self, prov.startedAtTime, moment(run.started)),
    ...(run.finished ? [quad(self, prov.endedAtTime, moment(run.finished))] : []),
    ...(run.program ? [quad(self, prov.wasAssociatedWith, agentOf(base, run.program))] : []),
    ...(publisher ? [quad(self, prov.wasAssociatedWith, publisher)] : []),
    ...(earlier ? [quad(self, fihrist.continues, earlier), quad(self, prov.wasInformedBy, earlier)] : []),
    quad(self, fihrist.state, literal(run.state)),
    quad(self, fihrist.mode, literal(run.mode)),
    ...counts.map(name => quad(self, namedNode(fihrist.iri + name), whole(run[name]))),
  ]
}

/** The versions of the program that ran them, and the body on whose behalf. */
function agents(publication: Publication, runs: Run[]): Quad[] {
  const { base } = publication.catalogue
  const publisher = publisherOf(publication)
  const programs = new Map(runs.filter(run => run.program).map(run => [run.program!, agentOf(base, run.program!)]))
  return [
    ...(publisher ? [quad(publisher, rdf.type, prov.Organization)] : []),
    ...[...programs].flatMap(([version, agent]) => [
      quad(agent, rdf.type, prov.SoftwareAgent),
      quad(agent, foaf.name, literal('Fihrist')),
      quad(agent, owl.versionInfo, literal(version)),
      ...(publisher ? [quad(agent, prov.actedOnBehalfOf, publisher)] : []),
    ]),
  ]
}
