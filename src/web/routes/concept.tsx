import { paths } from '../../config/addresses.ts'
import { conceptQuads } from '../../outlets/concept.ts'
import { Problem } from '../../problem.ts'
import { graphFormats } from '../../rdf/formats.ts'
import { sendPage, sendRdf, unchanged } from '../http/send.ts'
import { negotiate, splitExtension } from '../http/negotiation.ts'
import { pageOf } from '../page/page.ts'
import type { Handle } from '../site.ts'
import { ConceptView } from '../views/concept.tsx'

/** A reference concept or list of ours: a page, or RDF. */
export const concept: Handle = async (site, request, response) => {
  const path = ([] as string[]).concat(request.params['path'] ?? []).join('/')
  const { name, format } = splitExtension(path)
  const iri = site.addresses.list(name)
  const quads = conceptQuads(site.publication, iri)
  if (quads.length === 0) throw new Problem('not-found', `No reference list has <${iri}>.`)
  const wished = format ?? negotiate(request, ['html', ...graphFormats])
  response.vary('Accept')
  response.append('Link', graphFormats.map(each => `<${paths.list(name)}.${each.extension}>; rel="alternate"; type="${each.mediaType}"`).join(', '))
  if (wished !== 'html') {
    if (!unchanged(request, response, `concept-${wished.extension}-${site.edition}`)) await sendRdf(response, quads, wished)
    return
  }
  const page = pageOf(site, request)
  sendPage(page, response, <ConceptView page={page} iri={iri} />)
}
