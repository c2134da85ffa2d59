import express, { Router, type RequestHandler } from 'express'
import { stateOfWithheld } from '../../ledger/records/withhold.ts'
import { outlets } from '../../outlets/index.ts'
import type { OutletRequest, Form, Outlet } from '../../outlets/outlet.ts'
import type { Representation } from '../http/forms.ts'
import type { Resource, Route } from '../http/route.ts'

/** What an outlet has found, and what it was asked. */
interface Found {
  part: unknown
  asked: OutletRequest
  /** What changes the text of a former revision: what is withheld. */
  withheld: string
}

/** A way out as a route. */
export const routeOf = (outlet: Outlet): Route => ({
  path: outlet.path,
  ...(outlet.about && { about: outlet.about }),
  ...(outlet.parameters && { parameters: outlet.parameters }),
  ...(outlet.methods && { methods: outlet.methods }),
  ...(outlet.methods?.includes('post') && { before: [readBody] }),
  resource: resourceOf(outlet),
})

/** What was posted: a form, or an object of JSON. */
function readBody(): RequestHandler {
  const bodies = Router({ mergeParams: true })
  bodies.use(express.urlencoded({ extended: false, limit: 16 * 1024, parameterLimit: 50 }))
  bodies.use(express.json({ limit: 16 * 1024 }))
  return bodies
}
const fieldsOf = (body: object) =>
  Object.entries(body).flatMap(([name, values]) => [values].flat().map(value => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]))

export const outletRoutes = outlets.map(routeOf)

/** An outlet as everything else is answered: by extension or `Accept`, conditionally, in pieces. */
function resourceOf(outlet: Outlet): Resource<Found> {
  const { forms, formsFor, page: people, status, revision, isPast, state, cache, links } = outlet
  const formOf = (as: Representation<Found>): Form | undefined => forms.find(({ extension }) => extension === as.extension)
  const as = forms.map((form): Representation<Found> => {
    const { mediaType, extension, otherExtensions = [], aliases = [] } = form
    return { mediaType, extension, otherExtensions, aliases, write: ({ part, asked }, { site }) => outlet.write(site.publication, part, form, asked) }
  })
  const all = people === undefined ? as : [...as, { mediaType: 'text/html', write: () => '' }]
  return {
    find: (page, params, body = {}) => {
      const query = new URLSearchParams([...page.query, ...fieldsOf(body)])
      const asked = { origin: page.origin, address: `${page.origin}${page.path}`, params, query }
      const { publication } = page.site
      return { asked, part: outlet.find(publication, asked), withheld: stateOfWithheld(publication.ledger) }
    },
    as: all,
    ...(formsFor && { asFor: query => (formsFor(query).length < forms.length ? as.filter(each => formsFor(query).includes(formOf(each)!)) : all) }),
    elsewhere: (_found, as) => (formOf(as) ? undefined : people),
    ...(status && { status: ({ part }: Found) => status(part) }),
    ...(isPast && { isPast: ({ part }: Found) => isPast(part) }),
    ...(revision && { revision: ({ part }: Found) => revision(part) }),
    ...((state ?? revision) && { state: ({ part, withheld }: Found) => [state?.(part), withheld].filter(Boolean).join('.') || undefined }),
    ...(cache && { cache: ({ part }: Found) => cache(part) }),
    links: ({ part, asked }, as, { site }) => links?.(part, formOf(as)!, asked, site.publication) ?? [],
  }
}
