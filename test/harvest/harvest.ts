import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readCatalogue, type Catalogue } from '../../src/config/catalogue.ts'
import type { Source } from '../../src/config/sources.ts'
import type { Harvest } from '../../src/harvest/protocol.ts'
import { protocols } from '../../src/harvest/protocols/index.ts'
import { openEngine, type Engine } from '../../src/harvest/run/engine.ts'
import { run, type Report, type RunOptions } from '../../src/harvest/run/run.ts'
import { openLedger, type Ledger } from '../../src/ledger/file/ledger.ts'
import { countAdmissions, selectRecords, type RecordRow } from '../../src/ledger/records/records.ts'
import { currentRevision } from '../../src/ledger/records/revisions.ts'
import { newestVersion, countShownAt } from '../../src/ledger/records/shown.ts'

/** The edition that tests harvest for. */
export const edition = `base: https://catalogue.example.ma
title: { fr: Essai }
publisher: add
languages: [fr, ar, en]
profiles: [admission, dcat-ap]
http: { allowAddresses: ["127.0.0.0/8"] }
limits: { delayMs: 0, timeoutS: 20, maxBytes: 100MB }
`

/** A catalogue in a folder of its own, with its ledger. */
export interface House {
  folder: string
  engine: Engine
  ledger: Ledger
  /** A source as a file of harvesters/ would declare it. */
  source(protocol: string, url: string, more?: Partial<Source>): Source
  harvest(source: Source, options?: RunOptions): Promise<Report>
  records(): RecordRow[]
  /** The newest graph of a record, as sorted N-Triples. */
  graph(id: string): string
  /** What the ledger holds, in a form that two ledgers can be compared by. */
  content(): Record<string, string>
  published(): number
  /** Datasets that the public sees: one record of each. */
  visible(): number
  /** The same catalogue with an empty ledger. */
  fresh(): House
  close(): Promise<void>
}

/** What tests that say nothing of the store ask: one copy answers them as well as three do, and opens in a third of the time. */
const oneCopy = 'store: { kind: oxigraph, replicas: 1 }\n'

/** Opens a house with an empty ledger, or with one that was kept (`keptLedger`). */
export async function openHouse(text = edition, kept?: Buffer): Promise<House> {
  const yaml = /^store:/m.test(text) ? text : `${text.trimEnd()}\n${oneCopy}`
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-'))
  writeFileSync(join(folder, 'catalogue.yaml'), yaml)
  const catalogue = readCatalogue(join(folder, 'catalogue.yaml'), {})
  const ledger = kept ? ledgerOf(join(folder, 'data'), kept) : emptyLedger(join(folder, 'data'))
  if (!engines.has(yaml)) engines.set(yaml, openEngine(catalogue, ledger))
  return furnish(folder, { ...(await engines.get(yaml)!), catalogue, ledger, close: async () => {} })
}

/** Lists and validators take their time to load: houses of one edition share them, as long as the process lives. No harvest changes anything in them. */
const engines = new Map<string, Promise<Engine>>()

/** What a ledger holds, to open others with. */
export function keptLedger(ledger: Ledger): Buffer {
  ledger.get('PRAGMA wal_checkpoint(TRUNCATE)')
  return readFileSync(ledger.file)
}

function ledgerOf(data: string, kept: Buffer): Ledger {
  mkdirSync(data)
  writeFileSync(join(data, 'ledger.sqlite'), kept)
  return openLedger(data)
}

let empty: Buffer | undefined
/** Opens a ledger that holds nothing: the copy of one, as it takes longer to make its tables. */
function emptyLedger(data: string): Ledger {
  if (empty) return ledgerOf(data, empty)
  const ledger = openLedger(data)
  empty = keptLedger(ledger)
  return ledger
}

export const sourceOf = (catalogue: Catalogue, protocol: string, url: string, more: Partial<Source> = {}): Source => ({
  id: 'portal',
  file: 'portal.yaml',
  folder: dirname(catalogue.file),
  title: { fr: 'Portail' },
  protocol,
  url,
  language: 'fr',
  enabled: true,
  priority: 50,
  robots: false,
  limits: catalogue.limits,
  removal: catalogue.removal,
  ...more,
  options: protocols[protocol]!.options.parse(more.options ?? {}),
})

let rooms = 0
function furnish(folder: string, engine: Engine): House {
  const { ledger, catalogue } = engine
  const graph = (id: string) => newestVersion(ledger, selectRecords(ledger, 'WHERE id = ?', id)[0]?.n ?? -1)?.graph ?? ''
  const records = () => selectRecords(ledger, 'ORDER BY id')
  return {
    folder,
    engine,
    ledger,
    records,
    graph,
    source: (protocol, url, more) => sourceOf(catalogue, protocol, url, more),
    harvest: (source, options) => run(source, engine, options),
    content: () => Object.fromEntries(records().map(({ id, key, dataset, admission }) => [id, `${key} ${dataset} ${admission}\n${graph(id)}`])),
    published: () => countAdmissions(ledger).published,
    visible: () => countShownAt(ledger, currentRevision(ledger)),
    fresh: () => furnish(folder, { ...engine, ledger: emptyLedger(join(folder, `data-${++rooms}`)) }),
    close: async () => {
      ledger.close()
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What a run lends to a protocol that reads a source for the first time. */
export const lent = (http: Pick<Harvest, 'fetch' | 'open'>): Harvest => ({
  ...http,
  notes: {},
  known: 0,
  holds: () => false,
  now: () => new Date(),
  base: 'https://catalogue.example.ma',
  expect: () => {},
})
