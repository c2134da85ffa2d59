// Harvests one portal into the catalogue of a folder: a process of its own, for a test to kill. Prints the state its run ended in.
import { join } from 'node:path'
import { readCatalogue } from '../../../src/config/catalogue.ts'
import { openEngine } from '../../../src/harvest/run/engine.ts'
import { run } from '../../../src/harvest/run/run.ts'
import { openLedger } from '../../../src/ledger/file/ledger.ts'
import { sourceOf } from '../harvest.ts'

const [folder, url, protocol = 'ckan'] = process.argv.slice(2) as [string, string, string?]
const catalogue = readCatalogue(join(folder, 'catalogue.yaml'), {})
const engine = await openEngine(catalogue, openLedger(join(folder, 'data')))
const { state, problems } = await run(sourceOf(catalogue, protocol, url, protocol === 'ckan' ? { options: { pageSize: 50 } } : {}), engine)
process.stdout.write(JSON.stringify({ state, problems: problems.map(({ code }) => code) }))
await engine.close()
