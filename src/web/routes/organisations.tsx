import { search } from '../../ledger/records/search.ts'
import { words } from '../../ledger/search/words.ts'
import { byteOrderMark, row } from '../../outlets/csv.ts'
import { csv, html, json } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { bodiesOf, type Body } from '../page/bodies.ts'
import type { Page } from '../page/page.ts'
import { OrganisationsView } from '../views/organisations.tsx'

interface Found {
  bodies: Body[]
  /** How many of all have a dataset. */
  publishing: number
}

/** Everybody who publishes: one number of bodies, whether a list has them or not. */
export const organisations: Resource<Found> = {
  find: page => {
    const all = bodiesOf(page, search(page.site.publication.ledger, { most: 1, values: Infinity }).facets.publisher)
    return { bodies: named(page, all), publishing: all.filter(({ datasets }) => datasets > 0).length }
  },
  as: [
    html(({ bodies, publishing }, page) => <OrganisationsView page={page} bodies={bodies} publishing={publishing} />),
    json(({ bodies, publishing }, { site }) => ({
      publishing,
      organisations: bodies.map(({ slug, name, short, concept, datasets, score }) => ({
        id: slug,
        name: concept?.labels ?? { und: name },
        short: short ?? null,
        iri: concept?.iri ?? null,
        page: site.addresses.organisation(encodeURIComponent(slug)),
        datasets,
        score: score ?? null,
      })),
    })),
    csv(table, () => 'organisations.csv'),
  ],
  // A score counts what is late.
  seconds: 600,
}

/** Those of which the words that are asked for stand in the name, the acronym or a word of the list. */
function named({ query }: Page, bodies: Body[]): Body[] {
  const asked = words((query.get('q') ?? '').slice(0, 200))
    .split(' ')
    .filter(Boolean)
  if (asked.length === 0) return bodies
  const textOf = ({ name, short = '', slug, concept }: Body) => words([name, short, slug, ...Object.values(concept?.labels ?? {})].join(' '))
  return bodies.filter(body => asked.every(word => textOf(body).includes(word)))
}

function* table({ bodies }: Found, { words: { t }, site }: Page): Generator<string> {
  const heads = ['facet.publisher', 'organisations.short', 'organisations.kind', 'scorecard.datasets', 'scorecard.points'].map(key => t(key))
  yield byteOrderMark + row([...heads, 'id', 'IRI'])
  for (const { slug, name, short = '', kind, concept, datasets, score } of bodies)
    yield row([
      name,
      short,
      concept ? (kind ?? '') : t('organisations.unlisted'),
      String(datasets),
      score === undefined ? '' : String(score),
      slug,
      concept?.iri ?? site.addresses.organisation(encodeURIComponent(slug)),
    ])
}
