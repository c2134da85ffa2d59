import type { Request } from 'express'
import { addressesOf, paths } from '../../config/addresses.ts'
import { hydraPage } from '../../outlets/hydra.ts'
import { Problem } from '../../problem.ts'
import type { Format } from '../../rdf/format.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { unchanged } from '../http/send.ts'
import { negotiate } from '../http/negotiation.ts'
import { originOf } from '../page/page.ts'
import type { Handle } from '../site.ts'

/** The whole catalogue, page by page. Pages that name their revision never change. */
export const catalogueFeed: Handle = async (site, request, response) => {
  const format = formatOf(request)
  if (format === 'html') return response.vary('Accept').redirect(303, paths.home)
  const revision = whole(request, 'revision')
  const modifiedSince = moment(request)
  const feed = await hydraPage(site.publication, {
    page: whole(request, 'page') ?? 1,
    address: `${addressesOf(originOf(request)).catalogue}.${format.extension}`,
    format,
    ...(revision !== undefined && { revision }),
    ...(modifiedSince && { modifiedSince }),
  })
  response.vary('Accept')
  if (feed.next) response.links({ next: feed.next })
  const tag = `${feed.revision}-${feed.page}-${format.extension}-${site.edition}`
  if (unchanged(request, response, tag, revision === undefined ? 'no-cache' : 'public, max-age=604800')) return
  response.type(`${format.mediaType}; charset=utf-8`).send(feed.text)
}

function formatOf(request: Request): Format | 'html' {
  const { extension } = request.params
  if (extension === undefined) return negotiate(request, [...graphFormats, 'html'])
  const format = graphFormats.find(each => each.extension === extension)
  if (format) return format
  throw new Problem('not-found', `The feed has no format "${String(extension)}"; there are: ${graphFormats.map(each => each.extension).join(', ')}.`)
}

function whole(request: Request, name: string): number | undefined {
  const text = request.query[name]
  if (text === undefined) return undefined
  if (typeof text === 'string' && /^\d{1,9}$/.test(text)) return Number(text)
  throw new Problem('bad-request', `"${name}" must be one whole number.`)
}

function moment(request: Request): string | undefined {
  const text = request.query['modified_since']
  if (text === undefined || text === '') return undefined
  if (typeof text === 'string' && /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString()
  throw new Problem('bad-request', '"modified_since" must be a date or a moment such as 2026-01-31 or 2026-01-31T12:00:00Z.')
}
