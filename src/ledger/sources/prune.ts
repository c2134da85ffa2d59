import type { Ledger } from '../file/ledger.ts'

/** What is kept of what is needed no longer; what is not said is kept for ever. */
export interface Retention {
  /** Former versions stay for so many days after they were last shown, and so do so many of the newest of each record. */
  versions: { days?: number | undefined; keep?: number | undefined }
  /** What portals sent: the last of each record, or nothing. */
  payloads: 'last' | 'none'
  /** Runs with their outcomes, problems and pages, and the requests for them. */
  runs: { days?: number | undefined }
}

const kinds = ['versions', 'payloads', 'outcomes', 'problems', 'pages', 'requests', 'runs'] as const
/** How much of a source goes, or would; `bytes` is the room it takes as it is kept. */
export type Pruned = Record<(typeof kinds)[number] | 'bytes', number>

/** Rows of one table that may go: `rows` selects values of its column `key`. */
interface Rule {
  kind: (typeof kinds)[number]
  table: string
  key: string
  rows: string
  parameters: (string | number)[]
  size?: string
}

/** Days that a former version stays whatever the rules say: a reader in the middle of the feed needs it. */
const graceDays = 1
/** Rows, and pages of the file, that are let go in one transaction, so that others who write need not wait for long. */
const batch = 500

/** The oldest revision at which nothing of the catalogue has been let go. */
export const wholeFrom = (ledger: Ledger): number => ledger.get<{ first: number | null }>('SELECT max(whole_from) AS first FROM pruning')?.first ?? 0

/** Lets go what the retention does not keep of a source: never a version that is shown, nor the newest of a record. With `dry`, it is only counted. */
export function prune(ledger: Ledger, source: string, retention: Retention, at: string, dry = false): Pruned {
  const rules = rulesOf(ledger, source, retention, at)
  const pruned = Object.fromEntries([...kinds, 'bytes'].map(kind => [kind, 0])) as Pruned
  for (const { kind, table, key, rows, parameters, size } of rules) {
    const { c, bytes } = ledger.get<{ c: number; bytes: number }>(
      `SELECT count(*) AS c, ${size ? `ifnull(sum(length(${size})), 0)` : '0'} AS bytes FROM ${table} WHERE ${key} IN (${rows})`,
      ...parameters,
    )!
    pruned[kind] = c
    pruned.bytes += bytes
  }
  if (dry || kinds.every(kind => pruned[kind] === 0)) return pruned

  // Said before anything goes: nobody may take what is left for the whole.
  ledger.run(
    'INSERT INTO pruning (at, source, versions, payloads, runs, whole_from) VALUES (?, ?, ?, ?, ?, ?)',
    at,
    source,
    pruned.versions,
    pruned.payloads,
    pruned.runs,
    Math.max(wholeFrom(ledger), lastShown(ledger, rules)),
  )
  for (const { table, key, rows, parameters } of rules) {
    do ledger.run(`DELETE FROM ${table} WHERE ${key} IN (${rows} LIMIT ${batch})`, ...parameters)
    while (ledger.get<{ c: number }>('SELECT changes() AS c')!.c > 0)
  }
  shrink(ledger)
  return pruned
}

function rulesOf(ledger: Ledger, source: string, { versions, payloads, runs }: Retention, at: string): Rule[] {
  const before = (days: number) => new Date(Date.parse(at) - days * 86_400_000).toISOString()
  const rules: Rule[] = []
  if (versions.days !== undefined || versions.keep !== undefined) {
    const over = before(Math.max(versions.days ?? 0, graceDays))
    rules.push({
      kind: 'versions',
      table: 'version',
      key: 'id',
      size: 'graph',
      parameters: [source, over, versions.keep ?? 1],
      rows: `SELECT version.id FROM version JOIN record ON record.n = version.record JOIN revision ON revision.id = ifnull(version.shown_until, version.revision)
        WHERE record.source = ? AND version.id IS NOT record.shown AND revision.at < ? AND (SELECT count(*) FROM version AS later WHERE later.record = version.record AND later.id > version.id) >= ?`,
    })
  }
  if (payloads === 'none')
    rules.push({
      kind: 'payloads',
      table: 'payload',
      key: 'record',
      size: 'body',
      rows: 'SELECT record FROM payload JOIN record ON record.n = payload.record WHERE record.source = ?',
      parameters: [source],
    })
  if (runs.days !== undefined) {
    const old = before(runs.days)
    const oldRuns = `SELECT id FROM run WHERE source = ? AND started < ? AND id < ? AND state <> 'running'`
    const parameters = [source, old, firstNeeded(ledger, source)]
    const kept = (['version', 'payload'] as const).map(table => {
      const going = rules.find(rule => rule.table === table)
      return { table, key: going?.key ?? 'record', rows: going?.rows ?? '', parameters: [source, ...(going?.parameters ?? [])] }
    })
    const of = (table: string) => ({ table, key: 'run', rows: `SELECT DISTINCT run FROM ${table} WHERE run IN (${oldRuns})`, parameters })
    rules.push(
      { kind: 'outcomes', ...of('outcome') },
      { kind: 'problems', ...of('problem') },
      { kind: 'pages', ...of('page'), size: 'body' },
      { kind: 'requests', table: 'request', key: 'id', rows: 'SELECT id FROM request WHERE source = ? AND finished < ?', parameters: [source, old] },
      // A run that brought something that is kept stays, so that it can be named.
      {
        kind: 'runs',
        table: 'run',
        key: 'id',
        parameters: [...parameters, ...kept.flatMap(each => each.parameters)],
        rows: [
          oldRuns,
          ...kept.map(
            ({ table, key, rows }) =>
              `id NOT IN (SELECT ${table}.run FROM ${table} JOIN record ON record.n = ${table}.record WHERE record.source = ? AND ${table}.${key} NOT IN (${rows}))`,
          ),
        ].join(' AND '),
      },
    )
  }
  return rules
}

/** The oldest run that later ones still look back to: the newest, the newest complete one, or the one that an interrupted one goes on from. */
function firstNeeded(ledger: Ledger, source: string): number {
  const newest = 'SELECT max(id) FROM run WHERE source = ?1'
  return (
    ledger.get<{ first: number | null }>(
      `SELECT min(id) AS first FROM run WHERE id IN ((${newest}), (${newest} AND state = 'complete'), (${newest} AND state = 'complete' AND mode = 'full'), (SELECT continues FROM run WHERE id = (${newest})))`,
      source,
    )?.first ?? 0
  )
}

/** The revision up to which what goes was shown. */
function lastShown(ledger: Ledger, rules: Rule[]): number {
  const rule = rules.find(({ kind }) => kind === 'versions')
  return rule
    ? (ledger.get<{ until: number | null }>(`SELECT max(shown_until) AS until FROM version WHERE id IN (${rule.rows})`, ...rule.parameters)?.until ?? 0)
    : 0
}

/** Gives the room that is free back to the disk, piece by piece. In a ledger that was made without it, the room is only used again. */
function shrink(ledger: Ledger): void {
  const free = () => ledger.get<{ freelist_count: number }>('PRAGMA freelist_count')!.freelist_count
  for (let left = free(), now = 0; left > 0; left = now) {
    ledger.all(`PRAGMA incremental_vacuum(${batch})`)
    now = free()
    if (now >= left) return
  }
}
