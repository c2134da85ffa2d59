import { Problem } from '../../../problem.ts'
import { StatusProblem } from '../../http/answer.ts'
import type { Fetch } from '../../http/fetch.ts'
import { withoutParameters, withParameters } from '../../readers/addresses.ts'
import { attribute, child, children, readXml, textOf, type Element } from '../../readers/xml/xml.ts'

export const oai = 'http://www.openarchives.org/OAI/2.0/'

/** An error by which the repository answers (OAI-PMH 2.0, 3.6): `badResumptionToken`, `noRecordsMatch` … */
export class OaiError extends Problem {
  readonly error: string
  constructor(address: string, error: string, said: string) {
    super(
      'portal-refused',
      `${address} answered with the error ${error}${said ? `: ${said.slice(0, 300)}` : ''}. Check the source's options, or ask the portal.`,
      { url: address, excerpt: said.slice(0, 300) },
    )
    this.error = error
  }
}

/** Asks with a verb, and opens the envelope: the element of the verb, as far as it could be read. */
export async function askOai(fetch: Fetch, url: string, parameters: Record<string, string>): Promise<{ answer: Element; problem?: Problem }> {
  const address = withParameters(withoutParameters(url, /^(verb|metadataPrefix|set|from|until|resumptionToken|identifier)$/), parameters)
  const { root, problem } = readXml(await fetched(fetch, address))
  if (root.space !== oai || root.name !== 'OAI-PMH')
    throw (
      problem ?? new Problem('unexpected-answer', `${address} answered with XML (${root.name}) that is not OAI-PMH. Check the source's url.`, { url: address })
    )
  const [error] = children(root, oai, 'error')
  if (error) throw new OaiError(address, attribute(error, 'code'), textOf(error))
  const answer = child(root, oai, parameters['verb']!)
  if (!answer)
    throw (
      problem ??
      new Problem('unexpected-answer', `${address} answered OAI-PMH without ${parameters['verb']}. Ask the portal what is wrong there.`, {
        url: address,
      })
    )
  return { answer, ...(problem && { problem }) }
}

/** Repositories also send their errors with a status that is one. */
async function fetched(fetch: Fetch, address: string): ReturnType<Fetch> {
  try {
    return await fetch(address, 'application/xml, text/xml;q=0.9, */*;q=0.1')
  } catch (error) {
    const code = error instanceof StatusProblem ? /<(?:\w+:)?error\s[^>]*code=["'](\w+)["']/.exec(error.place.excerpt ?? '')?.[1] : undefined
    throw code ? new OaiError(address, code, '') : error
  }
}

/** What is known of a repository before it is read. */
export interface Repository {
  url: string
  prefix: string
  granularity: 'day' | 'second'
}

/** A date as the repository writes dates (OAI-PMH 2.0, 3.3.1). */
export const inGranularity = (date: string, granularity: Repository['granularity']) =>
  granularity === 'day' ? date.slice(0, 10) : `${new Date(date).toISOString().slice(0, 19)}Z`

/** Formats, the most telling first. */
const preferred: ((prefix: string, space: string) => boolean)[] = [
  prefix => /^(geo)?dcat[-_]?ap/i.test(prefix),
  (prefix, space) => /^dcat/i.test(prefix) || space === 'http://www.w3.org/ns/dcat#',
  (prefix, space) => /^iso-?19139/i.test(prefix) || space === 'http://www.isotc211.org/2005/gmd',
  (prefix, space) => /^iso-?19115/i.test(prefix) || space.startsWith('http://standards.iso.org/iso/19115/-3/mdb'),
  (prefix, space) => /datacite/i.test(prefix) || space.startsWith('http://datacite.org/schema'),
  prefix => prefix === 'oai_dc',
]

/** Asks which formats there are. All repositories have `oai_dc`, those too that do not answer. */
export async function bestPrefix(fetch: Fetch, url: string): Promise<string> {
  try {
    const { answer } = await askOai(fetch, url, { verb: 'ListMetadataFormats' })
    const formats = children(answer, oai, 'metadataFormat').map(
      each => [textOf(child(each, oai, 'metadataPrefix')), textOf(child(each, oai, 'metadataNamespace'))] as const,
    )
    return preferred.map(test => formats.find(([prefix, space]) => test(prefix, space))?.[0]).find(Boolean) ?? 'oai_dc'
  } catch (error) {
    if (error instanceof OaiError) return 'oai_dc'
    throw error
  }
}

/** What a repository says of itself: the finest dates that it knows, days where it does not say; and whether it tells for ever what was deleted. */
export async function identified(fetch: Fetch, url: string): Promise<Pick<Repository, 'granularity'> & { tellsDeleted: boolean }> {
  try {
    const { answer } = await askOai(fetch, url, { verb: 'Identify' })
    return {
      granularity: /ss/i.test(textOf(child(answer, oai, 'granularity'))) ? 'second' : 'day',
      tellsDeleted: textOf(child(answer, oai, 'deletedRecord')) === 'persistent',
    }
  } catch (error) {
    if (error instanceof Problem) return { granularity: 'day', tellsDeleted: false }
    throw error
  }
}
