import { search } from '../../ledger/records/search.ts'
import { html, json } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { themesOf, type ThemeCount } from '../page/themes.ts'
import { ThemesView } from '../views/themes.tsx'

/** The themes of the catalogue, with the datasets of each. */
export const themes: Resource<ThemeCount[]> = {
  find: page => themesOf(page, search(page.site.publication.ledger, { most: 1, values: Infinity, unsaid: true }).facets.theme),
  as: [
    html((themes, page) => <ThemesView page={page} themes={themes} />),
    json((themes, { site }) =>
      themes.map(({ slug, count }) => {
        const concept = site.concept('theme', slug)
        return { id: slug, iri: concept?.iri ?? null, labels: concept?.labels ?? {}, datasets: count }
      }),
    ),
  ],
}
