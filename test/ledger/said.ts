import type { Ledger } from '../../src/ledger/file/ledger.ts'
import { judgementOf } from '../../src/ledger/records/judgement.ts'
import { recordById } from '../../src/ledger/records/records.ts'

/** All that is said of the records of a ledger, each line with the record (n) it is said of. */
export function allSaid(ledger: Ledger) {
  const judged = ledger.all<{ n: number }>('SELECT n FROM record ORDER BY n').map(({ n }) => ({ n, ...judgementOf(ledger, n) }))
  return {
    findings: judged.flatMap(({ n, findings }) => findings.map(finding => ({ record: n, ...finding }))),
    repairs: judged.flatMap(({ n, repairs }) => repairs.map(repair => ({ record: n, ...repair }))),
    measurements: judged.map(({ n, measurements }) => ({ record: n, measurements })),
  }
}

/** All that is said of one record, by its id. */
export const saidOf = (ledger: Ledger, id: string) => judgementOf(ledger, recordById(ledger, id)!.n)
