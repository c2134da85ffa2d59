import { outlets } from '../../outlets/index.ts'
import type { Asked, Form, Outlet } from '../../outlets/outlet.ts'
import type { Representation } from '../http/representation.ts'
import type { Resource, Route } from '../http/route.ts'
import type { Page } from '../page/page.ts'

/** What an outlet has found, and what it was asked. */
interface Found {
  part: unknown
  asked: Asked
}

/** A way out as a route. */
export const routeOf = (outlet: Outlet): Route => ({
  path: outlet.path,
  ...(outlet.methods && { methods: outlet.methods }),
  resource: resourceOf(outlet),
})

export const outletRoutes = outlets.map(routeOf)

/** An outlet as everything else is answered: by extension or `Accept`, conditionally, in pieces. */
function resourceOf(outlet: Outlet): Resource<Found> {
  const { state, cache, next } = outlet
  const as = outlet.forms.map(form => ({ ...form, form, write: ({ part, asked }: Found, { site }: Page) => outlet.write(site.publication, part, form, asked) }))
  const people: Representation<Found>[] = outlet.page === undefined ? [] : [{ mediaType: 'text/html', write: () => '' }]
  const formOf = ({ mediaType }: { mediaType: string }): Form | undefined => outlet.forms.find(form => form.mediaType === mediaType)
  return {
    find: (page, params) => {
      const asked = { origin: page.origin, address: `${page.origin}${page.path}`, params, query: page.query }
      return { asked, part: outlet.find(page.site.publication, asked) }
    },
    as: [...as, ...people],
    elsewhere: (_found, as) => (formOf(as) ? undefined : outlet.page),
    ...(state && { state: ({ part }: Found) => state(part) }),
    ...(cache && { cache: ({ part }: Found) => cache(part) }),
    ...(next && { next: ({ part, asked }: Found, as: Representation) => next(part, formOf(as)!, asked) }),
  }
}
