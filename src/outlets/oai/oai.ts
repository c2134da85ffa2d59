import { addressesOf, paths } from '../../config/addresses.ts'
import { lastChange } from '../../ledger/records/changes.ts'
import { currentRevision, momentOf } from '../../ledger/records/revisions.ts'
import { choose } from '../../words/choose.ts'
import type { Outlet } from '../outlet.ts'
import type { Publication } from '../publication.ts'
import { around, attributesOf, element, xmlHead } from '../xml.ts'
import { isError, readPlace, readRequest, tokenOf, unknownFormat, type OaiError, type OaiRequest } from './asked.ts'
import { metadataFormats } from './formats.ts'
import { itemsOf, listPage, type Item, type OaiPage } from './list.ts'
import { allSets } from './sets.ts'

/** What a request leads to: an error, or what its verb tells. */
type Answer =
  | OaiError
  | { verb: 'Identify' | 'ListMetadataFormats' | 'ListSets' }
  | { verb: 'GetRecord'; item: Item; prefix: string }
  | { verb: 'ListIdentifiers' | 'ListRecords'; page: OaiPage }

interface Part {
  revision: number
  /** The arguments that are repeated in the answer: none where they could not be understood. */
  args: Record<string, string>
  answer: Answer
}

/**
 * OAI-PMH 2.0 (openarchives.org/OAI/openarchivesprotocol.html): an item for each record that was ever seen, by what was seen of it last. Deletions are told for
 * ever; lists are of one revision from their first page to their last. Errors are told in the protocol's own words, with status 200, as it asks for.
 */
export const oai: Outlet<Part> = {
  path: paths.oai,
  about: 'OAI-PMH 2.0: Dublin Core, DCAT-AP and DataCite, with sets and deletions.',
  parameters: {
    verb: 'Identify, ListMetadataFormats, ListSets, ListIdentifiers, ListRecords or GetRecord.',
    metadataPrefix: 'oai_dc, dcat_ap or datacite.',
    identifier: 'oai:host:id',
    set: 'source:x, theme:x or publisher:x',
    from: 'Only what changed since.',
    until: 'Only what changed until.',
    resumptionToken: 'Where a list goes on.',
  },
  methods: ['get', 'post'],
  forms: [{ mediaType: 'text/xml', extension: 'xml', aliases: ['application/xml'] }],
  find: (publication, { query }) => {
    const request = readRequest(query)
    const answer = isError(request) ? request : answerOf(publication, request)
    const isUnread = 'error' in answer && ['badVerb', 'badArgument'].includes(answer.error)
    return {
      revision: 'page' in answer ? answer.page.place.revision : currentRevision(publication.ledger),
      args: isUnread ? {} : Object.fromEntries(query),
      answer,
    }
  },
  revision: ({ revision }) => revision,
  write: (publication, part) => pieces(publication, part),
}

function answerOf(publication: Publication, request: OaiRequest): Answer {
  const { verb, args } = request
  if (verb === 'Identify') return { verb }
  if (verb === 'ListSets') return args['resumptionToken'] === undefined ? { verb } : { error: 'badResumptionToken', says: 'The list of sets has one page.' }
  if (verb === 'ListMetadataFormats') return args['identifier'] === undefined ? { verb } : (missing(publication, args['identifier']) ?? { verb })
  if (verb === 'GetRecord') {
    const { identifier = '', metadataPrefix: prefix = '' } = args
    const [item] = found(publication, identifier)
    if (!item) return missing(publication, identifier)!
    return metadataFormats.some(format => format.prefix === prefix) ? { verb, item, prefix } : unknownFormat(prefix)
  }
  const place = readPlace(publication, request)
  if (isError(place)) return place
  const page = listPage(publication, place)
  return page.items.length > 0 ? { verb, page } : { error: 'noRecordsMatch', says: 'No record changed in that time, in that set.' }
}

/** `oai:data.example.org:id` (OAI identifier format). */
const prefixOf = ({ catalogue }: Publication) => `oai:${new URL(catalogue.base).hostname}:`

function found(publication: Publication, identifier: string): Item[] {
  const start = prefixOf(publication)
  const revision = currentRevision(publication.ledger)
  const change = identifier.startsWith(start) ? lastChange(publication.ledger, identifier.slice(start.length), revision) : undefined
  return change ? itemsOf(publication, [change], revision) : []
}

const missing = (publication: Publication, identifier: string): OaiError | undefined =>
  found(publication, identifier).length > 0
    ? undefined
    : { error: 'idDoesNotExist', says: `There is no record "${identifier.slice(0, 100)}"; they are called ${prefixOf(publication)}…` }

const root = {
  xmlns: 'http://www.openarchives.org/OAI/2.0/',
  'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
  'xsi:schemaLocation': 'http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd',
}

async function* pieces(publication: Publication, { args, answer }: Part): AsyncGenerator<string> {
  const address = addressesOf(publication.catalogue.base).oai
  yield `${xmlHead}<OAI-PMH${attributesOf(root)}>\n${element('responseDate', second(new Date().toISOString()))}\n${element('request', address, args)}\n`
  if ('error' in answer) yield element('error', answer.says, { code: answer.error })
  else {
    yield `<${answer.verb}>\n`
    if (answer.verb === 'Identify') yield identity(publication, address)
    else if (answer.verb === 'ListMetadataFormats') yield formats
    else if (answer.verb === 'ListSets')
      for (const { spec, name } of allSets(publication)) yield `${around('set', [element('setSpec', spec), element('setName', name)])}\n`
    else if (answer.verb === 'GetRecord') yield await recordOf(publication, answer.item, answer.prefix)
    else if ('page' in answer) {
      const { items, place, next } = answer.page
      for (const item of items) yield answer.verb === 'ListRecords' ? await recordOf(publication, item, place.prefix) : headerOf(publication, item)
      yield tokenElement(answer.page, next && tokenOf(next))
    }
    yield `</${answer.verb}>\n`
  }
  yield '</OAI-PMH>\n'
}

/** The last of several pages has an empty token; a list of one page has none. */
function tokenElement({ place: { told, total } }: OaiPage, token: string | undefined): string {
  if (token === undefined && told === 0) return ''
  const said = attributesOf({ completeListSize: total === undefined ? undefined : String(total), cursor: String(told) })
  return `<resumptionToken${said}>${token ?? ''}</resumptionToken>\n`
}

function identity({ catalogue, ledger }: Publication, address: string): string {
  const { hostname } = new URL(catalogue.base)
  const lines = [
    element('repositoryName', choose(catalogue.title, catalogue.languages)?.text ?? hostname),
    element('baseURL', address),
    element('protocolVersion', '2.0'),
    element('adminEmail', catalogue.email ?? `webmaster@${hostname}`),
    element('earliestDatestamp', second(momentOf(ledger, 1) ?? new Date().toISOString())),
    element('deletedRecord', 'persistent'),
    element('granularity', 'YYYY-MM-DDThh:mm:ssZ'),
    element('compression', 'gzip'),
  ]
  return `${lines.join('\n')}\n`
}

const formats = metadataFormats
  .map(
    ({ prefix, schema, namespace }) =>
      `${around('metadataFormat', [element('metadataPrefix', prefix), element('schema', schema), element('metadataNamespace', namespace)])}\n`,
  )
  .join('')

function headerOf(publication: Publication, { id, at, shown, sets }: Item): string {
  const content = [element('identifier', `${prefixOf(publication)}${id}`), element('datestamp', second(at)), ...sets.map(set => element('setSpec', set))]
  return `${around('header', content, { status: shown ? undefined : 'deleted' })}\n`
}

async function recordOf(publication: Publication, item: Item, prefix: string): Promise<string> {
  const { shown } = item
  const metadata = shown ? `<metadata>${await metadataFormats.find(format => format.prefix === prefix)!.write(shown, publication)}</metadata>\n` : ''
  return `<record>\n${headerOf(publication, item)}${metadata}</record>\n`
}

/** A moment in whole seconds (OAI-PMH 2.0, 3.3). */
const second = (moment: string) => `${moment.slice(0, 19)}Z`
