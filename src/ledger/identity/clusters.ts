import { clueKinds, hashOf, type Clue, type ClueKind } from './clues.ts'
import type { Ledger } from '../file/ledger.ts'

/** Records that may carry one clue; what more of them share tells none from the others. */
const mostCarriers = 20

interface Carrier {
  n: number
  source: string
}
interface KeptClue extends Clue {
  hash: number
}
interface Member {
  n: number
  id: string
  source: string
  shown: number | null
  canonical: number | null
  priority: number
}
/** Two records that say they are of the same dataset, and the surest kind of clue that says so. */
interface Edge {
  a: Member
  b: Member
  strength: number
}

/** Brings records of the same dataset together, in the transaction that writes them. */
export interface Clustering {
  /** A record was written, has gone, or has other clues from now on. */
  note(n: number, clues?: Clue[]): void
  /** The order of the sources has changed for these records. */
  reorder(records: number[]): void
  /** Settles the clusters of all that was noted, in the revision that is being written; `open` begins one where there is none and something is seen otherwise. */
  settle(revision: number | undefined, open: () => number): void
}

/**
 * A cluster holds records of the same dataset, at most one of each source. Two belong together by a clue that no other record of their sources
 * carries, and where it leads to one record only on both sides. What comes of it depends on the records, their clues and the priorities of their
 * sources alone, never on the order in which they came.
 */
export function openClustering(ledger: Ledger): Clustering {
  const affected = new Set<number>()

  const carriers = ({ hash, kind, value }: KeptClue, but: number): Carrier[] | undefined => {
    const found = ledger.all<Carrier>(
      `SELECT record.n, source FROM clue JOIN record ON record.n = clue.record WHERE hash = ? AND kind = ? AND value = ? AND record.n <> ? AND shown IS NOT NULL LIMIT ${mostCarriers + 1}`,
      hash,
      kind,
      value,
      but,
    )
    return found.length > mostCarriers || new Set(found.map(({ source }) => source)).size < found.length ? undefined : found
  }
  const keptClues = (n: number) => ledger.all<KeptClue>('SELECT hash, kind, value FROM clue WHERE record = ?', n)

  return {
    note(n, clues) {
      const row = ledger.get<{ shown: number | null; newest: number | null; canonical: number | null; leads: number }>(
        'SELECT shown, (SELECT max(id) FROM version WHERE record = n) AS newest, canonical, EXISTS (SELECT 1 FROM record AS other WHERE other.canonical = record.n) AS leads FROM record WHERE n = ?',
        n,
      )
      const before = keptClues(n)
      // While an older version is what people see, the record is known by what that one says.
      const next = clues && (!row?.shown || row.shown === row.newest) ? clues.map(clue => ({ ...clue, hash: hashOf(clue) })) : before
      const kept = new Set(before.map(({ hash }) => hash))
      const wanted = new Set(next.map(({ hash }) => hash))
      for (const hash of kept.difference(wanted)) ledger.run('DELETE FROM clue WHERE hash = ? AND record = ?', hash, n)
      for (const { hash, kind, value } of next)
        if (!kept.has(hash)) ledger.run('INSERT OR IGNORE INTO clue (hash, record, kind, value) VALUES (?, ?, ?, ?)', hash, n, kind, value)
      const around = [...before, ...next.filter(({ hash }) => !kept.has(hash))].flatMap(clue => carriers(clue, n) ?? [])
      for (const carrier of around) affected.add(carrier.n)
      if (around.length > 0 || row?.canonical || row?.leads) affected.add(n)
    },
    reorder(records) {
      for (const n of records) affected.add(n)
    },
    settle(revision, open) {
      const { members, edges } = walk(affected)
      const linked = new Set<number>()
      const place = (member: Member, canonical: number | null) => {
        if (member.canonical === canonical) return
        stand(ledger, (revision ??= open()), member.n, canonical)
        for (const n of [member.n, member.canonical, canonical]) if (n !== null) linked.add(n)
      }
      for (const cluster of grouped(members, edges)) {
        const [first, ...others] = cluster.toSorted(byRank)
        place(first!, null)
        for (const other of others) place(other, first!.n)
      }
      if (revision !== undefined) {
        for (const n of affected) for (const canonical of renamed(ledger, revision, n)) linked.add(canonical)
        for (const n of linked) ledger.run('UPDATE record SET linked_revision = ? WHERE n = ?', revision, n)
        for (const n of affected.union(linked)) log(ledger, revision, n)
      }
      affected.clear()
    },
  }

  /** All that the affected records hang together with, now or until now. */
  function walk(from: Iterable<number>): { members: Member[]; edges: Edge[] } {
    const members = new Map<number, Member>()
    const edges = new Map<string, Edge>()
    const partnersOf = remembered(partners)
    const member = remembered(read)
    const queue = [...from]
    for (let n = queue.pop(); n !== undefined; n = queue.pop()) {
      const here = member(n)
      if (!here || members.has(n)) continue
      members.set(n, here)
      queue.push(
        ...ledger.all<{ n: number }>('SELECT n FROM record WHERE canonical = ?', n).map(mate => mate.n),
        ...(here.canonical === null ? [] : [here.canonical]),
      )
      if (here.shown === null) continue
      for (const [kind, bySource] of partnersOf(n)) {
        for (const found of bySource.values()) {
          const [other] = found
          const back = partnersOf(other!).get(kind)?.get(here.source)
          if (found.size > 1 || back?.size !== 1) continue
          const there = member(other!)!
          const [a, b] = here.id < there.id ? [here, there] : [there, here]
          const strength = Math.min(clueKinds.indexOf(kind), edges.get(`${a.n} ${b.n}`)?.strength ?? Infinity)
          edges.set(`${a.n} ${b.n}`, { a, b, strength })
          queue.push(other!)
        }
      }
    }
    return { members: [...members.values()], edges: [...edges.values()] }
  }

  function read(n: number): Member | undefined {
    return ledger.get<Member>(
      'SELECT n, record.id, source, shown, canonical, priority FROM record LEFT JOIN source ON source.id = record.source WHERE n = ?',
      n,
    )
  }

  /** The records of other sources that share a clue with one, by kind of clue and by source. */
  function partners(n: number): Map<ClueKind, Map<string, Set<number>>> {
    const own = read(n)!.source
    const found = new Map<ClueKind, Map<string, Set<number>>>()
    for (const clue of keptClues(n)) {
      const others = carriers(clue, n)
      if (!others || others.some(({ source }) => source === own)) continue
      for (const other of others) {
        const bySource = found.get(clue.kind) ?? new Map<string, Set<number>>()
        found.set(clue.kind, bySource.set(other.source, (bySource.get(other.source) ?? new Set<number>()).add(other.n)))
      }
    }
    return found
  }
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

/** A record stands back for another from this revision on; null: for none. */
function stand(ledger: Ledger, revision: number, n: number, canonical: number | null): void {
  ledger.run('DELETE FROM alternate WHERE record = ? AND since = ?', n, revision)
  ledger.run('UPDATE alternate SET until = ? WHERE record = ? AND until IS NULL', revision, n)
  if (canonical !== null) ledger.run('INSERT INTO alternate (record, since, canonical) VALUES (?, ?, ?)', n, revision, canonical)
  ledger.run('UPDATE record SET canonical = ? WHERE n = ?', canonical, n)
}

/** The canonical record that names another by an IRI it no longer has. */
const renamed = (ledger: Ledger, revision: number, n: number): number[] =>
  ledger
    .all<{ canonical: number }>(
      'SELECT canonical FROM record WHERE n = ? AND canonical IS NOT NULL AND EXISTS (SELECT 1 FROM version WHERE version.record = n AND shown_until = ? AND version.dataset <> record.dataset)',
      n,
      revision,
    )
    .map(({ canonical }) => canonical)

/** Writes to the log what became of a record in this revision, by whether the public saw it before and sees it now. */
function log(ledger: Ledger, revision: number, n: number): void {
  const { shown, canonical, modified, linked } = ledger.get<{ shown: number | null; canonical: number | null; modified: number; linked: number }>(
    'SELECT shown, canonical, modified_revision AS modified, linked_revision AS linked FROM record WHERE n = ?',
    n,
  )!
  if (modified !== revision && linked !== revision) return
  const was =
    ledger.get(
      `SELECT 1 FROM version WHERE record = ? AND shown_from < ? AND (shown_until IS NULL OR shown_until >= ?)
     AND NOT EXISTS (SELECT 1 FROM alternate WHERE alternate.record = version.record AND since < ? AND (until IS NULL OR until >= ?))`,
      n,
      revision,
      revision,
      revision,
      revision,
    ) !== undefined
  const is = shown !== null && canonical === null
  if (is) ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, ?)', revision, n, shown)
  else if (was) ledger.run('INSERT OR REPLACE INTO change (revision, record, shown) VALUES (?, ?, NULL)', revision, n)
  else ledger.run('DELETE FROM change WHERE revision = ? AND record = ?', revision, n)
}

function remembered<T>(read: (n: number) => T): (n: number) => T {
  const known = new Map<number, T>()
  return n => {
    if (!known.has(n)) known.set(n, read(n))
    return known.get(n)!
  }
}
