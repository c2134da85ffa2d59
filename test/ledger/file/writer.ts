import { setTimeout as wait } from 'node:timers/promises'
import { openLedger } from '../../../src/ledger/file/ledger.ts'
import { commit } from '../../../src/ledger/records/commit.ts'
import { startRun } from '../../../src/ledger/runs/runs.ts'
import { batchOf } from '../batch.ts'

// A process that commits batch after batch to the ledger of a folder, and says so, until it is killed or has written as many as it was told.
const [folder = '', most = '1000000'] = process.argv.slice(2)
const ledger = openLedger(folder)
const run = startRun(ledger, 'portal', { mode: 'full', started: new Date().toISOString() })
for (let n = 1; n <= Number(most); n++) {
  commit(ledger, run, new Date().toISOString(), batchOf(n), [])
  process.stdout.write(`${n}\n`)
  await wait(1)
}
ledger.close()
