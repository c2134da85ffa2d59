import { search } from '../../ledger/records/search.ts'
import { html, json } from '../http/forms.ts'
import type { Resource } from '../http/route.ts'
import { territoriesOf, type Territory } from '../page/territories.ts'
import { TerritoriesView } from '../views/territory/territories.tsx'

interface Told {
  id: string
  iri: string
  labels: Record<string, string>
  datasets: number
  within: Told[]
}

/** The places of the edition, with the datasets of each. */
export const territories: Resource<Territory[]> = {
  find: page => territoriesOf(page, search(page.site.publication.ledger, { most: 1 }).facets.territory),
  as: [html((territories, page) => <TerritoriesView page={page} territories={territories} />), json(territories => territories.map(told))],
}

const told = ({ concept: { slug, iri, labels }, count, within }: Territory): Told => ({ id: slug, iri, labels, datasets: count, within: within.map(told) })
