import { addressesOf } from '../../config/addresses.ts'
import { outcomes } from '../../ledger/runs/runs.ts'
import { countScope } from '../../ledger/runs/scope.ts'
import type { Line } from './line.ts'
import { countLines, linesOf } from './lines.ts'
import { parts, type Part, type Report } from './report.ts'
import { summaryOf, type TallyLine } from './summary.ts'

export const linesAPage = 50

/**
 * The report as JSON (docs/reports.md): what was read, what became of it, and a summary by rule with links to the lines of each. Texts are in all languages of
 * the catalogue.
 */
export function reportJson(report: Report, meaning: Record<string, string>) {
  const {
    run,
    source,
    scope,
    remedies,
    publication: {
      catalogue: { base },
      ledger,
    },
  } = report
  const self = addressesOf(base).run(run.source, run.id)
  const summary = summaryOf(report)
  const tally =
    (part: Part) =>
    ({ name, places, records, example }: TallyLine) => ({
      name,
      ...remedies(part, name),
      places,
      records,
      example: lineJson(report, example),
      lines: `${self}.json?${new URLSearchParams({ part, name })}`,
    })
  return {
    id: self,
    run: run.id,
    source: { id: source.id, title: source.title, url: source.url, page: addressesOf(base).source(source.id) },
    state: run.state,
    meaning,
    mode: run.mode,
    started: run.started,
    finished: run.finished,
    durationMs: run.finished ? Date.parse(run.finished) - Date.parse(run.started) : null,
    continues: run.continues === null ? null : addressesOf(base).run(run.source, run.continues),
    only: run.record,
    seen: run.seen,
    outcomes: Object.fromEntries(outcomes.map(outcome => [outcome, run[outcome]])),
    missing: run.missing,
    quarantined: run.quarantined,
    repairs: run.repairs,
    covers: { records: countScope(ledger, scope), whole: scope.whole },
    summary: {
      problems: summary.problems.map(tally('problems')),
      findings: summary.findings.map(tally('findings')),
      repairs: summary.repairs.map(tally('repairs')),
      changes: Object.entries(summary.changes).map(([name, records]) => ({
        name,
        records,
        lines: `${self}.json?${new URLSearchParams({ part: 'changes', name })}`,
      })),
    },
    all: Object.fromEntries([...parts.map(part => [part, `${self}.json?part=${part}`]), ['csv', `${self}.csv`], ['turtle', `${self}.ttl`]]),
  }
}

/** One page of the lines of a part; undefined where there is no such page. */
export function linesJson(report: Report, part: Part, name: string | undefined, page: number) {
  const {
    run,
    publication: {
      catalogue: { base },
    },
  } = report
  const total = countLines(report, part, name)
  const pages = Math.max(1, Math.ceil((total ?? 0) / linesAPage))
  if (total === undefined || page > pages) return undefined
  const address = (at: number) => `${addressesOf(base).run(run.source, run.id)}.json?${new URLSearchParams({ part, ...(name && { name }), page: String(at) })}`
  return {
    id: address(page),
    report: addressesOf(base).run(run.source, run.id),
    part,
    ...(name && { name }),
    total,
    page,
    pages,
    ...(page < pages && { next: address(page + 1) }),
    lines: linesOf(report, part, { most: linesAPage, offset: (page - 1) * linesAPage }, name).map(line => lineJson(report, line)),
  }
}

function lineJson(
  {
    publication: {
      catalogue: { base },
    },
    remedies,
  }: Report,
  { record, url, version, ...line }: Line,
) {
  const addresses = addressesOf(base)
  const self = record?.id === undefined ? undefined : addresses.record(record.id)
  return {
    ...line,
    ...remedies(line.part, line.name),
    ...(url && { address: url }),
    ...(record && {
      record: { ...(self && { id: self }), key: record.key, ...(record.dataset && { dataset: record.dataset }), ...(record.title && { title: record.title }) },
    }),
    ...(version && { version, ...(record?.id !== undefined && version > 1 && { difference: addresses.difference(record.id, version) }) }),
  }
}
