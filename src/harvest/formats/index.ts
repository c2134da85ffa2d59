import { Problem, sentence } from '../../problem.ts'
import { datasetsOf, inMemory, othersIn } from '../../rdf/describe.ts'
import { Graph } from '../../rdf/graph.ts'
import { dcat, rdf } from '../../rdf/namespaces.ts'
import { parse } from '../../rdf/parse.ts'
import type { HarvestedRecord, Harvested, Kept } from '../protocol.ts'
import { readXml, writeXml, type Element } from '../readers/xml/xml.ts'
import { datacite } from './datacite.ts'
import { recordOf, replay as replayDcat } from './dcat/record.ts'
import { dublinCore } from './dublin-core.ts'
import type { Format, Portal } from './format.ts'
import { iso } from './iso/mapping.ts'
import { inNamespace } from './namespace.ts'

/** The formats that come as plain XML. Add a format: a file, and a line. */
export const formats: Record<string, Format> = { iso, 'dublin-core': dublinCore, datacite }

const formatOf = (sent: Element) => {
  const root = inNamespace(sent)
  return Object.values(formats)
    .map(format => ({ format, root: format.in(root) }))
    .find((each): each is { format: Format; root: Element } => each.root !== undefined)
}

const isRdf = ({ space, name }: Element) => (space === rdf.iri && name === 'RDF') || space === dcat.iri

/** The key of a record in XML; empty where it has none, or its format is not known. */
export const keyOf = (root: Element) => {
  const found = formatOf(root)
  return found?.format.key(found.root) ?? ''
}

/**
 * The record, or with DCAT the records, that an element holds; none where it is of a kind that is not wanted. `key` is the portal's own word for the
 * record where the protocol has one beside the payload; `whole` is what is kept, where that is more than the payload.
 */
export async function recordsOf(root: Element, portal: Portal, url: string, { key, modified }: { key?: string; modified?: string } = {}): Promise<Harvested[]> {
  if (isRdf(root)) return dcatRecords(root, url, key)
  const found = formatOf(root)
  if (!found)
    return [
      {
        problem: new Problem(
          'bad-record',
          `${url} holds a record${key ? ` (${key})` : ''} in a format that is not read here: ` +
            `the element ${root.name} of ${root.space || 'no namespace'}. Ask for ISO 19139, ISO 19115-3, DCAT, DataCite or Dublin Core in the source's ` +
            'options.',
          { url, ...(key && { record: key }), excerpt: writeXml(root).slice(0, 300) },
        ),
        ...(key && { key }),
      },
    ]
  if (portal.types && !isWanted(found.format.scope(found.root), portal.types)) return []
  const name = key ?? found.format.key(found.root)
  const body = writeXml(root)
  if (!name)
    return [
      {
        problem: new Problem(
          'missing-id',
          `A record at ${url} has no identifier (${body.slice(0, 80)}): it cannot be told from others. ` +
            'Give it one at the portal; until then nothing of this source is taken for removed.',
          { url, excerpt: body.slice(0, 300) },
        ),
      },
    ]
  const date = modified || found.format.modified(found.root)
  return [
    {
      key: name,
      name: nameOf(name),
      ...(date && { modified: date }),
      payload: { mediaType: 'application/xml', body },
      map: found.format.map(found.root, portal),
    },
  ]
}

/** A record that does not state its kind is wanted. */
const isWanted = (scope: string, types: string[]) => scope === '' || types.some(type => type.toLowerCase() === scope.toLowerCase())

/** The readable part of an identifier: its last segment. */
const nameOf = (key: string) =>
  key
    .replace(/^oai:[^:]*:/, '')
    .replace(/^urn:(uuid:)?/i, '')
    .replace(/(?<![/#])[/#]+$/, '')
    .split(/[/#]/)
    .pop()!

/** The datasets of RDF/XML. Where the protocol has a word for the record, the first goes by it, and its own name is noted in what is kept. */
async function dcatRecords(root: Element, url: string, key: string | undefined): Promise<Harvested[]> {
  const body = root.name === 'RDF' ? writeXml(root) : `<rdf:RDF xmlns:rdf="${rdf.iri}">${writeXml(root)}</rdf:RDF>`
  try {
    const { quads, mended, problem } = await parse(body, { url, mediaType: 'application/rdf+xml' })
    const page = new Graph(quads)
    const datasets = datasetsOf(page)
    // A service has a record of its own; with a dataset it is a part of it.
    const subjects = datasets.length > 0 ? datasets : [...othersIn(inMemory(page))]
    if (subjects.length === 0 && key !== undefined)
      throw new Problem('bad-record', `The record ${key} of ${url} is RDF that describes no dataset.`, { url, record: key, excerpt: body.slice(0, 300) })
    return subjects.map((subject, at) => {
      const record = recordOf(page, subject, mended, problem !== undefined)
      return key === undefined
        ? record
        : {
            ...record,
            key: at === 0 ? key : `${key} ${record.key}`,
            payload: { ...record.payload, body: `${known}${JSON.stringify(record.key)}\n${record.payload.body}` },
          }
    })
  } catch (error) {
    const reason = error instanceof Problem ? error : new Problem('bad-record', `A record at ${url} cannot be read: ${sentence(error)}.`, { url }, error)
    return [{ problem: reason, ...(key !== undefined && { key }) }]
  }
}

/** A comment of N-Triples at the head of what is kept. */
const known = '# known as '

/** A record out of what was kept of it. */
export function replayPayload(kept: Kept, portal: Portal): HarvestedRecord {
  const { key, payload } = kept
  if (payload.mediaType === 'application/n-triples') {
    const [first = '', ...rest] = payload.body.split('\n')
    return first.startsWith(known)
      ? { ...replayDcat({ key: JSON.parse(first.slice(known.length)) as string, payload: { ...payload, body: rest.join('\n') } }), key, payload }
      : replayDcat(kept)
  }
  const found = formatOf(readXml({ url: key, body: payload.body }).root)
  if (!found)
    throw new Problem('bad-record', `What was kept of the record ${key} is in a format that is not read any more: harvest it anew.`, {
      record: key,
      excerpt: payload.body.slice(0, 300),
    })
  return { ...kept, map: found.format.map(found.root, portal) }
}
