import { paths } from '../../config/addresses.ts'
import { plainRecord } from '../../outlets/plain-record.ts'
import { Problem } from '../../problem.ts'
import type { Sample } from '../../sample.ts'
import { saidProblem } from '../../words/said.ts'
import { limited } from '../http/limits.ts'
import { negotiate } from '../http/negotiation.ts'
import type { Handle } from '../http/route.ts'
import { sendJson, sendPage } from '../http/send.ts'
import { canonicalOf, knownEntry, publicVersion } from '../page/dossier.ts'
import { pageOf } from '../page/page.ts'
import { addressOf, look } from '../page/preview.ts'
import { PreviewView } from '../views/record/preview.tsx'

/** Each is a request to a portal: who asks too often is asked to wait. */
export const limitPreviews = limited('too-many-requests', 'limits.previews', 30)

const forms = [{ mediaType: 'text/html' }, { mediaType: 'application/json' }]

/** The first rows of a file, fetched when somebody asks. What keeps us from it is said on the page, beside the way to the file itself. */
export const preview: Handle = async ({ site, request, response, route }) => {
  const page = pageOf(site, request, route.menu)
  const { id = '', place = '' } = request.params as Record<string, string>
  const entry = knownEntry(site, id)
  const shown = publicVersion(site, entry)
  const { mediaType } = negotiate(request, forms)
  if (entry.record.canonical !== null) return response.redirect(303, page.to(paths.dataset(canonicalOf(entry).id)))
  const { files, title } = plainRecord(shown, site.publication.vocabulary)
  const file = /^[1-9]\d{0,4}$/.test(place) ? files[Number(place) - 1] : undefined
  const address = addressOf(file)
  if (!file || address === undefined) throw saidProblem('not-found', 'preview.problem.none', { place: place.slice(0, 20), id, files: files.length })

  const gone = new AbortController()
  response.once('close', () => gone.abort())
  response.set('Cache-Control', 'no-store').set('X-Robots-Tag', 'noindex')
  const seen = await look(site, address, gone.signal).catch((error: unknown) => {
    if (error instanceof Problem && error.kind !== 'request') return error
    throw error
  })
  if (response.destroyed) return
  if (mediaType === 'application/json') {
    if (seen instanceof Problem) throw seen
    return sendJson(response, { dataset: id, file: Number(place), address, ...seen })
  }
  const problem = seen instanceof Problem ? seen : undefined
  if (problem?.retryS !== undefined) response.set('Retry-After', String(problem.retryS))
  sendPage(page, response, <PreviewView page={page} of={{ id, title, file, address }} seen={seen as Sample | Problem} />, problem?.status ?? 200)
}
