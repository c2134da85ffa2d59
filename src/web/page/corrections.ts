import { dcat, dct } from '../../rdf/namespaces.ts'
import type { NamedNode } from '../../rdf/terms.ts'
import { euLists, ownLists } from '../../vocabulary/lists.ts'

/** What a steward may correct of a dataset: a text in a language, or an entry of a list. */
export interface Correctable {
  name: string
  property: NamedNode
  list?: (base: string) => string
}

/** Add a property: a line, and its name under `steward.property`. */
export const correctable: Correctable[] = [
  { name: 'title', property: dct.title },
  { name: 'description', property: dct.description },
  { name: 'publisher', property: dct.publisher, list: base => ownLists(base).organisation },
  { name: 'theme', property: dcat.theme, list: base => ownLists(base).theme },
  { name: 'frequency', property: dct.accrualPeriodicity, list: () => euLists.frequency },
  { name: 'territory', property: dct.spatial, list: base => ownLists(base).territory },
]

export const correctableBy = (property: string): Correctable | undefined => correctable.find(each => each.property.value === property)
