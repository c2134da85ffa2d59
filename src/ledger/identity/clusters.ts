import type { Ledger } from '../file/ledger.ts'
import { hashOf, type Clue } from './clues.ts'
import { canonicalsOf, isFilledAnew, noteUnindexed } from './gaps.ts'
import { yieldIdentifiers } from './identifiers.ts'
import { carriersOf, connected, insertClue, keptClues, sharedHashes, type Edge, type Member } from './matches.ts'
import { logChange, namingAnew, standBack } from './visibility.ts'

/*
 * A cluster holds records of the same dataset, at most one of each source. Two belong together by a clue that no other record of their sources
 * carries, and where it leads to one record only on both sides. What comes of it depends on the records, their clues and the priorities of their
 * sources alone, never on the order in which they came. All of it is done in the transaction that writes the records.
 */

/** Records (n) whose clusters are to be settled again. */
export type Touched = Set<number>

/** A record was written, has gone, or has other clues from now on: it and those it may hang together with are touched. */
export function noteClues(ledger: Ledger, touched: Touched, n: number, clues?: Clue[]): void {
  const row = ledger.get<{ shown: number | null; newest: number | null; canonical: number | null; leads: number }>(
    `SELECT shown, (SELECT max(id) FROM version WHERE record = n) AS newest, canonical,
     EXISTS (SELECT 1 FROM record AS other WHERE other.canonical = record.n) AS leads FROM record WHERE n = ?`,
    n,
  )
  const before = keptClues(ledger, n)
  // While an older version is what people see, the record is known by what that one says.
  const next = clues && (!row?.shown || row.shown === row.newest) ? clues.map(clue => ({ ...clue, hash: hashOf(clue) })) : before
  const kept = new Set(before.map(({ hash }) => hash))
  const wanted = new Set(next.map(({ hash }) => hash))
  for (const hash of kept.difference(wanted)) ledger.run('DELETE FROM clue WHERE hash = ? AND record = ?', hash, n)
  for (const clue of next) if (!kept.has(clue.hash)) insertClue(ledger, n, clue)
  const around = [...before, ...next.filter(({ hash }) => !kept.has(hash))].flatMap(clue => carriersOf(ledger, clue, n) ?? [])
  for (const carrier of around) touched.add(carrier.n)
  if (around.length > 0 || row?.canonical || row?.leads) touched.add(n)
}

/** Records are there for the first time: they and those that carry one of their clues are touched. */
export function noteNew(ledger: Ledger, touched: Touched, records: { n: number; clues: Clue[] }[]): void {
  const noted = records.map(({ n, clues }) => ({ n, clues: clues.map(clue => ({ ...clue, hash: hashOf(clue) })) }))
  for (const { n, clues } of noted) for (const clue of clues) insertClue(ledger, n, clue)
  const shared = sharedHashes(
    ledger,
    noted.flatMap(({ clues }) => clues.map(({ hash }) => hash)),
  )
  for (const { n, clues } of noted) {
    const around = clues.filter(({ hash }) => shared.has(hash)).flatMap(clue => carriersOf(ledger, clue, n) ?? [])
    for (const each of around) touched.add(each.n).add(n)
  }
}

/**
 * Settles the clusters of all that was touched, in the revision that is being written; `begin` begins one where there is none and something is seen
 * otherwise from now on.
 */
export function settleClusters(ledger: Ledger, touched: Touched, revision: number | undefined, begin: () => number): void {
  const { members, edges } = connected(ledger, touched)
  const linked = new Set<number>()
  const place = (member: Member, canonical: number | null) => {
    if (member.canonical === canonical) return
    standBack(ledger, (revision ??= begin()), member.n, canonical)
    for (const n of [member.n, member.canonical, canonical]) if (n !== null) linked.add(n)
  }
  for (const cluster of grouped(members, edges)) {
    const [first, ...others] = cluster.toSorted(byRank)
    place(first!, null)
    for (const other of others) place(other, first!.n)
  }
  for (const n of yieldIdentifiers(ledger, touched.union(linked), () => (revision ??= begin()))) linked.add(n)
  const canonicals = canonicalsOf(ledger, touched.union(linked))
  noteUnindexed(ledger, canonicals)
  if (revision === undefined) return
  for (const n of touched) for (const canonical of namingAnew(ledger, revision, n)) linked.add(canonical)
  for (const n of canonicals) if (!linked.has(n) && isFilledAnew(ledger, revision, n)) linked.add(n)
  for (const n of linked) ledger.run('UPDATE record SET linked_revision = ? WHERE n = ?', revision, n)
  for (const n of touched.union(linked)) logChange(ledger, revision, n)
}

/** The surest clues first; a union that would bring two records of one source together is left undone. */
function grouped(members: Member[], edges: Edge[]): Member[][] {
  const cluster = new Map(members.map(member => [member.n, [member]]))
  const order = edges.toSorted((x, y) => x.strength - y.strength || compare(x.a.id, y.a.id) || compare(x.b.id, y.b.id))
  for (const { a, b } of order) {
    const [mine, theirs] = [cluster.get(a.n)!, cluster.get(b.n)!]
    if (mine === theirs || theirs.some(other => mine.some(({ source }) => source === other.source))) continue
    mine.push(...theirs)
    for (const { n } of theirs) cluster.set(n, mine)
  }
  return [...new Set(cluster.values())]
}

/** The lowest priority is canonical; between equals the source, then the record, that comes first in the alphabet. */
const byRank = (a: Member, b: Member) => (a.priority ?? 50) - (b.priority ?? 50) || compare(a.source, b.source) || compare(a.id, b.id)
const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
