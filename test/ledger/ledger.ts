import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { openLedger, type Ledger } from '../../src/ledger/file/ledger.ts'
import { commit } from '../../src/ledger/records/commit.ts'
import type { Entry, Seen } from '../../src/ledger/records/entry.ts'
import { searchedOf, type Findable } from '../../src/ledger/records/search-index.ts'
import { noCounts, startRun, writeRun } from '../../src/ledger/runs/runs.ts'

const open: Ledger[] = []
const folders: string[] = []
afterEach(() => {
  for (const ledger of open.splice(0)) ledger.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A folder that is gone after the test. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fihrist-ledger-'))
  folders.push(folder)
  return folder
}

/** A ledger that is closed after the test. */
export function ledgerOf(folder = dataFolder(), options: { readOnly?: boolean } = {}): Ledger {
  const ledger = openLedger(folder, options)
  open.push(ledger)
  return ledger
}

export const day = (n: number) => new Date(Date.UTC(2025, 0, n)).toISOString()

/** What lists and search know of a record. */
export type Told = Partial<Findable> & { facets?: Record<string, string[]>; dated?: string }

/** An entry of which nothing has been packed yet. */
export type Whole = Extract<Entry, { judgement?: undefined }>

/** A record as a harvest would hand it over. */
export function entry(key: string, changes: Partial<Omit<Whole, 'summary'>> & { text?: string; summary?: Told } = {}): Whole {
  const { text = 'one', summary, ...rest } = changes
  const { facets, dated, ...findable } = {
    title: { fr: `${key} ${text}` },
    description: {},
    facets: { source: ['portal'] },
    dated: undefined,
    keywords: [],
    names: [],
    ...summary,
  }
  return {
    source: 'portal',
    key,
    id: `portal-${key}`,
    dataset: `https://portal.example.ma/${key}`,
    payload: { digest: `${key} ${text}`, mediaType: 'application/json', body: `{"title":"${text}"}` },
    graph: { digest: `${key} ${text}`, text: `<https://portal.example.ma/${key}> <http://purl.org/dc/terms/title> "${text}" .\n` },
    admission: 'published',
    findings: [],
    repairs: [],
    measurements: {},
    score: 100,
    ...rest,
    summary: { title: findable.title, description: findable.description, facets, searched: searchedOf(findable), ...(dated !== undefined && { dated }) },
  }
}

/** One run that sees these records; returns its number and the revision after it. */
export function harvest(ledger: Ledger, n: number, entries: Entry[], seen: Seen[] = [], source = 'portal'): { run: number; revision: number } {
  const run = startRun(ledger, source, { mode: 'full', started: day(n) })
  const revision = commit(ledger, run, day(n), entries, seen)
  writeRun(ledger, run, noCounts(), revision, { state: 'complete', at: day(n) })
  return { run, revision }
}
