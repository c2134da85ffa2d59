import { search, type Dimension } from '../../ledger/records/search.ts'
import { listsOf } from '../../ledger/records/summary.ts'
import { choose } from '../../words/choose.ts'
import type { Named } from '../plain.ts'
import type { Publication } from '../publication.ts'
import { isTrue, needed, pageIn } from './asked.ts'
import { CkanProblem } from './problem.ts'

// Organizations and groups of CKAN: here the bodies that publish datasets, and their themes.

/** The entry of a list of the edition that a value names. */
function conceptOf({ vocabulary, catalogue }: Publication, dimension: Dimension, slug: string) {
  return (listsOf(catalogue.base)[dimension] ?? []).map(list => vocabulary.schemes.get(list)?.concepts.find(concept => concept.slug === slug)).find(Boolean)
}

/** What a value of a facet is called. */
export const labelOf = (publication: Publication, dimension: Dimension, slug: string) =>
  choose(conceptOf(publication, dimension, slug)?.labels ?? {}, publication.catalogue.languages)?.text ?? slug

/** The bodies or themes that have a dataset; names alone, but where all fields are asked for. */
export function groups(
  publication: Publication,
  asked: URLSearchParams,
  dimension: Dimension,
  write: (name: string, named: Named) => object,
): { members: unknown[] } {
  const { most, offset } = pageIn(asked, Infinity)
  const values = search(publication.ledger, { most: 0, values: Infinity }).facets[dimension].toSorted((a, b) => (a.value < b.value ? -1 : 1))
  const page = values.slice(offset, offset + most)
  return { members: isTrue(asked, 'all_fields') ? page.map(each => counted(publication, dimension, each, write)) : page.map(({ value }) => value) }
}

/** One body or theme by its name, whether it has datasets or is only in the lists of the edition. */
export function group(publication: Publication, asked: URLSearchParams, dimension: Dimension, write: (name: string, named: Named) => object): object {
  const name = needed(asked, 'id')
  const found = search(publication.ledger, { most: 0, values: Infinity }).facets[dimension].find(({ value }) => value === name)
  const known = found ?? (conceptOf(publication, dimension, name) && { value: name, count: 0 })
  if (!known) throw new CkanProblem('Not Found Error', 'Not found')
  return counted(publication, dimension, known, write)
}

function counted(
  publication: Publication,
  dimension: Dimension,
  { value, count }: { value: string; count: number },
  write: (name: string, named: Named) => object,
): object {
  const concept = conceptOf(publication, dimension, value) ?? { iri: '', labels: { und: value } }
  return { ...write(value, concept), package_count: count }
}
