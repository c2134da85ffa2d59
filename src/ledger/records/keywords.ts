import { dcat } from '../../rdf/namespaces.ts'
import { readLines } from '../../rdf/own-lines.ts'
import type { Ledger } from '../file/ledger.ts'
import { changesBetween, seenBefore } from './changes.ts'
import { currentRevision } from './revisions.ts'
import { shownVersions, type Shown } from './shown.ts'
import { stateOfWithheld } from './withhold.ts'

interface Counted {
  revision: number
  /** What was withheld then: no change tells what such a record had said. */
  withheld: string
  counts: Map<string, number>
}

const held = new WeakMap<Ledger, Counted>()
/** Changes that are read together. */
const piece = 200

/**
 * How many datasets that are shown have each keyword. All of them are read once; from then on only those that changed since, until a record is withheld.
 */
export function keywordCounts(ledger: Ledger): Map<string, number> {
  const withheld = stateOfWithheld(ledger)
  const before = held.get(ledger)
  const known = before?.withheld === withheld ? before : { revision: 0, counts: new Map<string, number>() }
  const newest = currentRevision(ledger)
  const count = (shown: Shown, by: number) => {
    for (const word of keywordsIn(shown)) {
      const next = (known.counts.get(word) ?? 0) + by
      if (next > 0) known.counts.set(word, next)
      else known.counts.delete(word)
    }
  }
  let after: { revision: number; n: number } | undefined
  for (;;) {
    const changes = [...changesBetween(ledger, known.revision, newest, { last: true, most: piece, ...(after && { after }) })]
    const former = known.revision === 0 ? [] : changes.flatMap(({ n }) => seenBefore(ledger, n, known.revision + 1)?.version ?? [])
    const gone = shownVersions(ledger, newest, former)
    // What was counted of a version that is kept no longer cannot be taken back: all is counted anew.
    if (gone.length < former.length) {
      held.delete(ledger)
      return keywordCounts(ledger)
    }
    for (const shown of gone) count(shown, -1)
    for (const shown of shownVersions(
      ledger,
      newest,
      changes.flatMap(({ version }) => version ?? []),
    ))
      count(shown, 1)
    if (changes.length < piece) break
    after = changes.at(-1)
  }
  held.set(ledger, { revision: newest, withheld, counts: known.counts })
  return known.counts
}

const line = new RegExp(`^.*<${dcat.keyword.value.replaceAll('.', '\\.')}> .*\\n`, 'gm')

/** The keywords of a version, each once; read from its lines alone. */
const keywordsIn = ({ graph }: Shown): Set<string> => new Set(readLines((graph.match(line) ?? []).join('')).map(({ object }) => object.value))
