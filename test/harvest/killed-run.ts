// Harvests one CKAN portal into the catalogue of a folder: a process of its own, for a test to kill.
import { join } from 'node:path'
import { readCatalogue } from '../../src/config/catalogue.ts'
import { openEngine } from '../../src/harvest/engine.ts'
import { run } from '../../src/harvest/run.ts'
import { openLedger } from '../../src/ledger/open.ts'
import { sourceOf } from './harvest.ts'

const [folder, url] = process.argv.slice(2) as [string, string]
const catalogue = readCatalogue(join(folder, 'catalogue.yaml'), {})
const engine = await openEngine(catalogue, openLedger(join(folder, 'data')))
await run(sourceOf(catalogue, 'ckan', url, { options: { pageSize: 50 } }), engine)
await engine.close()
