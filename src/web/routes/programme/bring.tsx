import { paths } from '../../../config/addresses.ts'
import { note } from '../../../ledger/programme/deeds.ts'
import type { KindName } from '../../../ledger/programme/kinds.ts'
import { personalReports, support } from '../../../ledger/programme/supporters.ts'
import { decide, decisionOf } from '../../../ledger/records/decisions.ts'
import { knownWords } from '../../../ledger/records/known-words.ts'
import { search } from '../../../ledger/records/search.ts'
import { facetsOf } from '../../../ledger/records/traits.ts'
import { cookieOf, newWord, setCookie } from '../../http/cookies.ts'
import { htmlText } from '../../http/forms.ts'
import { fieldOf, mostBytes, readPosted } from '../../http/posted.ts'
import type { Exchange, Handle } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { issueTicket, refusalOf, usedFor, useTicket } from '../../http/tickets.ts'
import { knownRecord } from '../../page/dossier.ts'
import { bodiesOf, nothingFilled, type Filled, type NamedDataset } from '../../page/form.ts'
import { pageOf, type Page } from '../../page/page.ts'
import { BringView } from '../../views/programme/bring.tsx'
import { Suggested } from '../../views/programme/suggestions.tsx'
import { bringDraft, readDraft } from './draft.ts'

/** The dataset that a report is about, and the body that publishes it. */
interface About extends NamedDataset {
  body: string | undefined
}

/** A form by which something of a kind is brought, and the taking up of what comes back. */
export const bringing =
  (kind: KindName): Handle =>
  async exchange => {
    const { site, request, response, route } = exchange
    const page = pageOf(site, request, route.menu)
    const about = typeof request.params['id'] === 'string' ? aboutRecord(page, request.params['id']) : undefined
    response.set('Cache-Control', 'no-store')
    if (request.method !== 'POST') return askFor(exchange, page, kind, about)

    const posted = await readPosted(site, request, kind === 'reuse' ? mostBytes.picture : mostBytes.form)
    const ticket = fieldOf(posted, 'ticket')
    const before = usedFor(ticket)
    if (before !== undefined) return response.redirect(303, page.to(before))
    const draft = await readDraft(page, kind, posted)
    const refusal = refusalOf(ticket)
    if (refusal && !draft.faults['form']) draft.faults['form'] = { key: `form.fault.${refusal}`, values: {} }
    if (Object.keys(draft.faults).length > 0) return showForm(exchange, page, kind, draft, about, 422)
    const at = new Date().toISOString()
    const made = bringDraft(page, kind, about ? { ...draft, datasets: [about.id] } : draft, at, about?.body === undefined ? {} : { body: about.body })
    // Whoever asks for something or reports it is one of those who do.
    if (kind !== 'reuse') support(site.publication.ledger, made.id, browserOf(exchange), at, about?.id)
    if (about) withholdReported(page, about.id, at)
    const address = paths.brought(made.id)
    useTicket(ticket, address)
    response.redirect(303, page.to(address))
  }

/** Where the edition says so, a dataset whose personal data so many report is withheld until a steward decides; what one has decided stands. */
function withholdReported({ site, words }: Page, id: string, at: string): void {
  const { ledger, catalogue } = site.publication
  const { withholdReported: enough } = catalogue.programme
  const { n } = knownRecord(site, id)
  if (enough === undefined || decisionOf(ledger, n) || personalReports(ledger, id) < enough) return
  const reason = words.t('steward.reported', { most: enough })
  decide(ledger, n, { what: 'withhold', reason, name: 'Fihrist', at })
  note(ledger, { name: 'Fihrist', act: 'withhold', subject: id, said: { reason } }, at)
}

/** What tells one browser from another, and nothing else of who sits before it. */
export function browserOf({ request, response }: Pick<Exchange, 'request' | 'response'>): string {
  const known = cookieOf(request, 'fihrist-browser')
  if (known !== undefined && /^[\w-]{32}$/.test(known)) return known
  const word = newWord()
  setCookie(request, response, 'fihrist-browser', word, 400 * 24 * 3600)
  return word
}

function askFor(exchange: Exchange, page: Page, kind: KindName, about: About | undefined): void {
  const title = (page.query.get('title') ?? '').slice(0, 200)
  if (page.query.get('part') === 'suggestions') {
    exchange.response
      .type('text/html; charset=utf-8')
      .send(htmlText(<Suggested page={page} datasets={suggestionsFor(page, title)} />).replace(/^<!doctype html>\n/, ''))
    return
  }
  const values = Object.fromEntries([...page.query].map(([name, value]) => [name === 'dataset' ? 'datasets' : name, value.slice(0, 4000)]))
  showForm(exchange, page, kind, nothingFilled(values), about)
}

function showForm({ response }: Exchange, page: Page, kind: KindName, form: Filled, about: About | undefined, status = 200): void {
  const title = form.values['title'] ?? ''
  const suggestions = kind === 'request' ? suggestionsFor(page, title) : []
  sendPage(
    page,
    response,
    <BringView page={page} kind={kind} form={form} ticket={issueTicket()} bodies={bodiesOf(page)} about={about} suggestions={suggestions} />,
    status,
  )
}

/** The datasets that have the words of a title; where none has them all, those that have the longest. */
function suggestionsFor({ site }: Page, title: string): NamedDataset[] {
  if (title.trim().length < 3) return []
  const { ledger, vocabulary, catalogue } = site.publication
  const words = title.split(/\s+/).filter(word => word.length > 3)
  const longest = words.toSorted((a, b) => b.length - a.length).slice(0, 2)
  const tries = [title, longest.join(' '), longest[0] ?? ''].filter(Boolean)
  for (const text of tries) {
    const { records } = search(ledger, { text, known: knownWords(vocabulary, catalogue.base), most: 5 })
    if (records.length > 0) return records
  }
  return []
}

function aboutRecord({ site }: Page, id: string): About {
  const record = knownRecord(site, id)
  const facets = facetsOf(site.publication.ledger, [record.n]).get(record.n)
  const slug = facets?.publisher?.[0]
  return { id: record.id, title: record.title, body: slug !== undefined && site.concept('publisher', slug) ? slug : undefined }
}
