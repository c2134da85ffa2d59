import { paths } from '../../../config/addresses.ts'
import { pictureOf, stepsOf } from '../../../ledger/programme/contributions.ts'
import { endDigests } from '../../../ledger/programme/digests.ts'
import { stateOf } from '../../../ledger/programme/kinds.ts'
import { askedBy, unsubscribe } from '../../../ledger/programme/letters.ts'
import { support } from '../../../ledger/programme/supporters.ts'
import { atom } from '../../../outlets/programme/atom.ts'
import { matterJson } from '../../../outlets/programme/json.ts'
import { matterIri, matterQuads, type ToldKind } from '../../../outlets/programme/programme.ts'
import { graphFormats } from '../../../rdf/formats.ts'
import { saidProblem } from '../../../words/said.ts'
import { html, json, rdf, type Representation } from '../../http/forms.ts'
import { readPosted } from '../../http/posted.ts'
import type { Handle, Resource } from '../../http/route.ts'
import { sendPage } from '../../http/send.ts'
import { pageOf, type Page } from '../../page/page.ts'
import { listedMatters, numbered, publicMatter, type Matter, type MatterList } from '../../page/programme.ts'
import { BroughtView, UnsubscribeView } from '../../views/programme/brought.tsx'
import { MatterView } from '../../views/programme/matter.tsx'
import { MattersView } from '../../views/programme/matters.tsx'
import { browserOf } from './bring.tsx'

/** What people asked for, or made: a page, a feed, linked data and JSON. */
export const matters = (kind: ToldKind): Resource<MatterList> => ({
  find: page => listedMatters(page, kind),
  as: [
    html((list, page) => <MattersView page={page} list={list} />),
    json(({ all, total }, { site }) => ({ total, [`${kind}s`]: all.map(of => matterJson(site.publication, of)) })),
    atomOf(),
    ...rdf<MatterList>(graphFormats, ({ all }, { site }) => ({ quads: all.flatMap(of => matterQuads(site.publication, of)) })),
  ],
})

const atomOf = (): Representation<MatterList> => ({
  mediaType: 'application/atom+xml',
  extension: 'atom',
  write: ({ kind, all }, { site, words, language, path }) => {
    const { base } = site.publication.catalogue
    const { t } = words
    return atom({
      base,
      self: `${base}/${language}${path.replace(/\.atom$/, '')}.atom`,
      page: `${base}/${language}${path.replace(/\.atom$/, '')}`,
      title: t(`brought.${kind}.all`),
      language,
      entries: all.map(of => {
        const answers = stepsOf(site.publication.ledger, of.id).flatMap(({ said }) => said['answer'] ?? [])
        return { of, state: t(`brought.${kind}.state.${of.state}`), answer: answers.at(-1) }
      }),
    })
  },
})

/** One request, or reuse. */
export const matter = (kind: ToldKind): Resource<Matter> => ({
  find: (page, { id = '' }) => publicMatter(page, kind, id),
  as: [
    html((found, page) => <MatterView page={page} matter={found} />),
    json(({ of, steps }, { site }) => matterJson(site.publication, of, steps)),
    ...rdf<Matter>(graphFormats, ({ of }, { site }) => ({
      quads: matterQuads(site.publication, of),
      about: matterIri(site.publication.catalogue.base, of),
    })),
  ],
  links: () => [],
})

/** Where something stands that was brought, for who brought it: its states, and nothing that it says. */
export const brought: Resource<{ id: number }> = {
  find: ({ site }, { id = '' }) => {
    const of = numbered(site.publication.ledger, id)
    if (of) return { id: of.id }
    throw saidProblem('not-found', 'form.unknown', { id: id.slice(0, 40) })
  },
  as: [
    html(({ id }, page) => {
      const { ledger } = page.site.publication
      return <BroughtView page={page} of={numbered(ledger, String(id))!} steps={stepsOf(ledger, id)} />
    }),
  ],
}

/** One more who wants what is asked for. */
export const supportIt: Handle = async exchange => {
  const { site, request, response, route } = exchange
  await readPosted(site, request)
  const page = pageOf(site, request, route.menu)
  const { of } = publicMatter(page, 'request', String(request.params['id']))
  if (stateOf(of.kind, of.state).over) throw saidProblem('overtaken', 'brought.request.is_over')
  support(site.publication.ledger, of.id, browserOf(exchange), new Date().toISOString())
  response.set('Cache-Control', 'no-store').redirect(303, page.to(paths.asked(of.id)))
}

/** The picture of a reuse. */
export const picture: Handle = ({ site, request, response }) => {
  const { of } = publicMatter(pageOf(site, request), 'reuse', String(request.params['id']))
  const found = pictureOf(site.publication.ledger, of.id)
  if (!found) throw saidProblem('not-found', 'brought.reuse.unknown', { id: of.id })
  response.set('Cache-Control', 'public, max-age=86400').set('ETag', `"${found.digest}"`).type(found.mediaType).send(Buffer.from(found.body))
}

/** Somebody wishes for no more letters: he is asked once, as some programs follow every link of a letter. */
export const noMoreLetters: Handle = async ({ site, request, response, route }) => {
  const page: Page = pageOf(site, request, route.menu)
  const { ledger } = site.publication
  response.set('Cache-Control', 'no-store')
  if (request.method !== 'POST') return sendPage(page, response, <UnsubscribeView page={page} done={false} />)
  const word = String(request.params['word'])
  const of = askedBy(ledger, word)
  if (of !== undefined) unsubscribe(ledger, of)
  else endDigests(ledger, word)
  sendPage(page, response, <UnsubscribeView page={page} done />)
}
