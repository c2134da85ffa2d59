import { changesBetween, countChanged, type Span, type VisibleChange } from '../../ledger/records/changes.ts'
import { recordsByNumbers } from '../../ledger/records/records.ts'
import { revisionBefore } from '../../ledger/records/revisions.ts'
import { lastShown, shownVersions, type Shown } from '../../ledger/records/shown.ts'
import { summarise } from '../../ledger/records/summary.ts'
import { facetsOf, type Facets } from '../../ledger/records/traits.ts'
import { Graph } from '../../rdf/graph.ts'
import { namedNode } from '../../rdf/terms.ts'
import type { Publication } from '../publication.ts'
import { filledGraph } from '../resource.ts'
import type { Place } from './asked.ts'
import { setsOf } from './sets.ts'

/** A record of the repository as it was at a revision: what of it is seen, if it is; when that changed last; and the sets that it is in. */
export interface Item {
  id: string
  at: string
  shown: Shown | undefined
  sets: string[]
}

/** A page of a list, and where the next begins. */
export interface OaiPage {
  items: Item[]
  place: Place
  next: Place | undefined
}

const pageSize = 100

/**
 * A page of what changed between two dates, each record once by its last change at the revision of the list, in the order it happened. What is written
 * meanwhile has a later revision, and stands on no page of it.
 */
export function listPage(publication: Publication, place: Place): OaiPage {
  const { ledger } = publication
  const { revision, from, until, set, after, told } = place
  // Moments of the ledger have milliseconds: as text they would come before the second that they are in.
  const first = from === '' ? 0 : revisionBefore(ledger, new Date(from).toISOString())
  const span = {
    last: true,
    until: until === '' ? revision : revisionBefore(ledger, afterwards(until)),
    ...(set.startsWith('source:') && { source: set.slice('source:'.length) }),
  }
  // Only the revision of a list can tell how many there are in a theme, or of a publisher.
  const total = place.total ?? (set === '' || span.source !== undefined ? countChanged(ledger, first, revision, span) : undefined)
  const items: Item[] = []
  let [last, isOver] = [after, true]
  for (const { change, item } of changed(publication, first, revision, { ...span, ...(after && { after }) })) {
    if (set !== '' && !item.sets.includes(set)) continue
    // One more than fits says that there is a next page.
    isOver = items.length < pageSize
    if (!isOver) break
    items.push(item)
    last = { revision: change.revision, n: change.n }
  }
  const here = { ...place, total }
  return { items, place: here, next: isOver ? undefined : { ...here, after: last, told: told + items.length } }
}

/** What changed between two revisions, read in pieces. */
function* changed(publication: Publication, from: number, to: number, span: Span): Generator<{ change: VisibleChange; item: Item }> {
  let { after } = span
  for (;;) {
    const changes = [...changesBetween(publication.ledger, from, to, { ...span, ...(after && { after }), most: pageSize + 1 })]
    const items = itemsOf(publication, changes, to)
    for (const [at, change] of changes.entries()) yield { change, item: items[at]! }
    if (changes.length <= pageSize) return
    after = changes.at(-1)!
  }
}

/** Some records as they were at a revision, by their last changes. */
export function itemsOf(publication: Publication, changes: VisibleChange[], revision: number): Item[] {
  const { ledger } = publication
  const versions = new Map(
    shownVersions(
      ledger,
      revision,
      changes.flatMap(({ version }) => version ?? []),
    ).map(shown => [shown.n, shown]),
  )
  const numbers = changes.map(({ n }) => n)
  const listed = facetsOf(ledger, numbers)
  const records = new Map(recordsByNumbers(ledger, numbers).map(record => [record.n, record]))
  return changes.map(({ n, id, at, source, version }) => {
    const shown = versions.get(n)
    // What lists know of a record is that of the version which is seen now.
    const facets = version !== null && records.get(n)?.shown === version ? listed.get(n)! : facetsIn(publication, shown ?? lastShown(ledger, n, revision))
    return { id, at, shown, sets: setsOf({ ...facets, source: [source] }) }
  })
}

function facetsIn({ vocabulary, catalogue }: Publication, shown: Shown | undefined): Facets {
  return shown ? summarise(new Graph(filledGraph(shown)), namedNode(shown.dataset), shown.source, vocabulary, catalogue.base).facets : {}
}

/** The first moment after a date: a day, or a second, lasts until its end. */
const afterwards = (date: string) => new Date(Date.parse(date) + (date.length === 10 ? 86_400_000 : 1000)).toISOString()
