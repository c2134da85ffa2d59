import type { Recognised, Candidate } from '../../protocol.ts'
import { behind, firstOf, ifAnswered, titled } from '../../readers/recognise.ts'
import { attribute, child, children, textOf } from '../../readers/xml/xml.ts'
import { askOai, oai } from './request.ts'

/** Where DSpace, GeoNetwork, EPrints, Invenio, OJS and Dataverse have their repositories. */
const paths = ['oai', 'oai/request', 'server/oai/request', 'geonetwork/srv/eng/oaipmh', 'srv/eng/oaipmh', 'cgi/oai2', 'oai2d', 'index/oai']

/** OAI-PMH: a repository that identifies itself. The first page of its identifiers says how many there are, where it says so at all. */
export const recogniseOai = ({ url, bases, fetch }: Candidate): Promise<Recognised | undefined> =>
  firstOf([url, ...behind(bases, paths)], async address => {
    const { answer } = await askOai(fetch, address, { verb: 'Identify' })
    const count = await ifAnswered(async () => {
      const { answer: list } = await askOai(fetch, address, { verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' })
      const token = child(list, oai, 'resumptionToken')
      const size = attribute(token, 'completeListSize')
      return { datasets: /^\d+$/.test(size) ? Number(size) : children(list, oai, 'header').length, more: !/^\d+$/.test(size) && textOf(token) !== '' }
    })
    const base = new URL(address)
    base.searchParams.delete('verb')
    return {
      url: base.href,
      sure: true,
      ...(count && { datasets: count.datasets, ...(count.more && { more: true }) }),
      ...titled(textOf(child(answer, oai, 'repositoryName'))),
    }
  })
