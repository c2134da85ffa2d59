import type { Ledger } from '../file/ledger.ts'
import { clueKinds, type Clue, type ClueKind } from './clues.ts'

/** Records that may carry one clue; what more of them share tells none from the others. */
const mostCarriers = 20

interface Carrier {
  n: number
  source: string
}
export interface KeptClue extends Clue {
  hash: number
}
/** A record as the clusters see it; `canonical` is the record it stood back for until now. */
export interface Member {
  n: number
  id: string
  source: string
  shown: number | null
  canonical: number | null
  priority: number | null
}
/** Two records that say they are of the same dataset, and the surest kind of clue that says so: the lower, the surer. */
export interface Edge {
  a: Member
  b: Member
  strength: number
}

/** What is kept of the clues of a record. */
export const keptClues = (ledger: Ledger, n: number): KeptClue[] => ledger.all<KeptClue>('SELECT hash, kind, value FROM clue WHERE record = ?', n)

export const insertClue = (ledger: Ledger, n: number, { hash, kind, value }: KeptClue): void => {
  ledger.run('INSERT OR IGNORE INTO clue (record, hash, kind, value) VALUES (?, ?, ?, ?)', n, hash, kind, value)
}

/** Those of some hashes that more than one record has. */
export const sharedHashes = (ledger: Ledger, hashes: number[]): Set<number> =>
  new Set(
    ledger
      .all<{ hash: number }>(
        'SELECT value AS hash FROM json_each(?) AS asked WHERE (SELECT count(*) FROM (SELECT 1 FROM clue WHERE clue.hash = asked.value LIMIT 2)) > 1',
        JSON.stringify(hashes.sort((a, b) => a - b)),
      )
      .map(({ hash }) => hash),
  )

/** The other records that carry a clue; undefined where it tells nothing, as two of one source carry it, or too many. */
export function carriersOf(ledger: Ledger, { hash, kind, value }: KeptClue, n: number): Carrier[] | undefined {
  const found = ledger.all<Carrier>(
    `SELECT record.n, source FROM clue JOIN record ON record.n = clue.record
     WHERE hash = ? AND kind = ? AND value = ? AND record.n <> ? AND shown IS NOT NULL LIMIT ${mostCarriers + 1}`,
    hash,
    kind,
    value,
    n,
  )
  return found.length > mostCarriers || new Set(found.map(({ source }) => source)).size < found.length ? undefined : found
}

/** All that some records hang together with, by their clues now or by the clusters they were in until now. */
export function connected(ledger: Ledger, from: Iterable<number>): { members: Member[]; edges: Edge[] } {
  const members = new Map<number, Member>()
  const edges = new Map<string, Edge>()
  const memberOf = remembered(n => member(ledger, n))
  const partnersOf = remembered(n => partners(ledger, n, memberOf(n)!.source))
  const queue = [...from]
  for (let n = queue.pop(); n !== undefined; n = queue.pop()) {
    const here = memberOf(n)
    if (!here || members.has(n)) continue
    members.set(n, here)
    queue.push(...standingBackFor(ledger, n), ...(here.canonical === null ? [] : [here.canonical]))
    if (here.shown === null) continue
    for (const [kind, bySource] of partnersOf(n)) {
      for (const found of bySource.values()) {
        const [other] = found
        const back = partnersOf(other!).get(kind)?.get(here.source)
        if (found.size > 1 || back?.size !== 1) continue
        const there = memberOf(other!)!
        const [a, b] = here.id < there.id ? [here, there] : [there, here]
        const strength = Math.min(clueKinds.indexOf(kind), edges.get(`${a.n} ${b.n}`)?.strength ?? Infinity)
        edges.set(`${a.n} ${b.n}`, { a, b, strength })
        queue.push(other!)
      }
    }
  }
  return { members: [...members.values()], edges: [...edges.values()] }
}

const member = (ledger: Ledger, n: number): Member | undefined =>
  ledger.get<Member>('SELECT n, record.id, source, shown, canonical, priority FROM record LEFT JOIN source ON source.id = record.source WHERE n = ?', n)

const standingBackFor = (ledger: Ledger, n: number): number[] => ledger.all<{ n: number }>('SELECT n FROM record WHERE canonical = ?', n).map(other => other.n)

/** The records of other sources that share a clue with a record of this source, by kind of clue and by source. */
function partners(ledger: Ledger, n: number, own: string): Map<ClueKind, Map<string, Set<number>>> {
  const found = new Map<ClueKind, Map<string, Set<number>>>()
  for (const clue of keptClues(ledger, n)) {
    const others = carriersOf(ledger, clue, n)
    if (!others || others.some(({ source }) => source === own)) continue
    for (const other of others) {
      const bySource = found.get(clue.kind) ?? new Map<string, Set<number>>()
      found.set(clue.kind, bySource.set(other.source, (bySource.get(other.source) ?? new Set<number>()).add(other.n)))
    }
  }
  return found
}

/** A question about a record, which is asked once. */
function remembered<T>(read: (n: number) => T): (n: number) => T {
  const known = new Map<number, T>()
  return n => {
    if (!known.has(n)) known.set(n, read(n))
    return known.get(n)!
  }
}
