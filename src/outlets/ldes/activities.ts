import { addressesOf } from '../../config/addresses.ts'
import { firstShownAs, isShownElsewhere, seenBefore, type VisibleChange } from '../../ledger/records/changes.ts'
import { recordByNumber } from '../../ledger/records/records.ts'
import { shownVersions } from '../../ledger/records/shown.ts'
import type { Quad } from '../../rdf/terms.ts'
import type { Publication } from '../publication.ts'
import { recordQuads } from '../resource.ts'

/** One thing that happened to a dataset before the eyes of the public: it came, was changed, or went. */
export interface Activity {
  iri: string
  type: 'Create' | 'Update' | 'Delete'
  /** The IRI of the dataset, service or series. */
  object: string
  at: string
  /** What is said of it from then on. */
  payload?: Quad[]
}

/**
 * What a change of a record is to those who follow its dataset. A dataset that gets another IRI goes under the one and comes under the other; one that another
 * record shows in the place of this does not go. A version that is kept no longer is told by those after it.
 */
export function activitiesOf(publication: Publication, { n, revision, at, version }: VisibleChange, page: string): Activity[] {
  const { ledger } = publication
  const iri = `${page}#${revision}-${n}`
  const before = seenBefore(ledger, n, revision)
  const former = before ? (before.dataset ?? recordByNumber(ledger, n)?.dataset) : version === null ? firstShownAs(ledger, n) : undefined
  const gone = (name: string): Activity[] =>
    former === undefined || isShownElsewhere(ledger, n, former, revision) ? [] : [{ iri: name, type: 'Delete', object: former, at }]
  if (version === null) return gone(iri)
  const [shown] = shownVersions(ledger, revision, [version])
  if (!shown) return []
  const moved = before?.dataset && before.dataset !== shown.dataset ? gone(`${iri}-former`) : []
  return [...moved, { iri, type: before && moved.length === 0 ? 'Update' : 'Create', object: shown.dataset, at, payload: recordQuads(publication, shown) }]
}

/** The address by which members are named, whatever form of the page was asked for. */
export const namedPage = ({ catalogue }: Publication, address: string): string => `${addressesOf(catalogue.base).ldes}${new URL(address).search}`
