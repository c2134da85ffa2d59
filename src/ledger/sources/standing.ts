import type { Ledger } from '../file/ledger.ts'
import type { Admission } from '../records/entry.ts'
import { countAdmissions } from '../records/records.ts'
import type { Run } from '../runs/runs.ts'

/** How one source is doing. Runs for one record alone say nothing of the source and are left out. */
export interface Standing {
  records: Record<Admission, number>
  last: Run | undefined
  /** The last run that read the source to its end. */
  lastGood: Run | undefined
  /** Milliseconds since it ended. */
  lagMs: number | undefined
  /** When the run after the last good one was, or is, due. */
  due: string | undefined
  /** That run was missed or went wrong. */
  late: boolean
  /** The runs since the last good one, none of which was complete, and when the first of them began. */
  broken: { runs: number; since: string } | undefined
  /** What went wrong in the last run. */
  problems: { code: string; count: number }[]
}

/** A run may begin some minutes after it is due, and takes its time. */
const patience = 3_600_000

/** How a source is doing; `dueAfter` tells when its schedule wants it to be read next. */
export function standingOf(ledger: Ledger, source: string, dueAfter: (moment: Date) => Date | undefined, now = new Date()): Standing {
  const newest = (condition: string) => ledger.get<Run>(`SELECT * FROM run WHERE source = ? AND mode <> 'record' ${condition} ORDER BY id DESC LIMIT 1`, source)
  const [last, lastGood] = [newest(''), newest(`AND state = 'complete'`)]
  const { runs, since } = ledger.get<{ runs: number; since: string | null }>(
    `SELECT count(*) AS runs, min(started) AS since FROM run WHERE source = ? AND mode <> 'record' AND id > ? AND state NOT IN ('complete', 'running')`,
    source,
    lastGood?.id ?? 0,
  )!
  const begun = lastGood?.started ?? since ?? undefined
  const due = begun === undefined ? undefined : dueAfter(new Date(begun))
  const underWay = last?.state === 'running' && now.getTime() - Date.parse(last.started) < patience
  return {
    records: countAdmissions(ledger, source),
    last,
    lastGood,
    lagMs: lastGood ? Math.max(0, now.getTime() - Date.parse(lastGood.finished ?? lastGood.started)) : undefined,
    due: due?.toISOString(),
    late: due !== undefined && now.getTime() - due.getTime() > patience && !underWay,
    broken: since === null ? undefined : { runs, since },
    problems: last
      ? ledger.all<{ code: string; count: number }>(
          'SELECT code, count(*) AS count FROM problem WHERE run = ? GROUP BY code ORDER BY count DESC, code',
          last.id,
        )
      : [],
  }
}
