import { Command } from 'commander'
import { isHarvested } from '../ledger/file/lock.ts'
import { countAlternates } from '../ledger/identity/alternates.ts'
import { countAdmissions } from '../ledger/records/records.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import { openRequests } from '../ledger/runs/run-requests.ts'
import type { Run } from '../ledger/runs/runs.ts'
import { orphansOf } from '../ledger/sources/orphans.ts'
import { standingIn, standingJson } from '../outlets/standing.ts'
import { withheldJson } from '../outlets/withheld.ts'
import { print, readEdition, tellNothing, withLedger, type CommonOptions, type Context } from './context.ts'

/** `fihrist status`: sources, their last runs, the revision, the store. */
export function status(context: Context): Command {
  return new Command('status').description('say what the catalogue holds and how the last runs went').action(async (options: CommonOptions) => {
    const { catalogue, sources } = readEdition(options, context)
    await withLedger(options, ledger => {
      const rows = sources.map(source => {
        const row = standingJson(catalogue.base, standingIn({ catalogue, ledger }, source))
        const withheld = withheldJson(ledger, catalogue, source.id)
        return { ...row, ...(withheld.length > 0 && { withheld }), running: row.state === 'running' && isHarvested(ledger, source.id) }
      })
      const report = {
        revision: currentRevision(ledger),
        records: countAdmissions(ledger),
        alternates: countAlternates(ledger),
        store: { kind: catalogue.store.kind },
        requests: openRequests(ledger),
        sources: rows,
        orphans: orphansOf(ledger, sources),
      }
      if (options.json) return print(context, JSON.stringify(report))
      if (report.revision === 0) tellNothing(context, options)
      print(
        context,
        `revision ${report.revision}; ${Object.entries(report.records)
          .map(([admission, count]) => `${count} ${admission}`)
          .join(', ')}${report.alternates ? `; ${report.alternates} shown from another source` : ''}; store: ${report.store.kind}`,
      )
      for (const row of rows) {
        const last = row.lastRun ? told(row.lastRun, row.running) : 'never harvested'
        print(
          context,
          `  ${row.id.padEnd(28)} ${row.protocol.padEnd(12)} ` +
            `${[row.enabled ? '' : 'disabled', `${row.records.published} published`, last, ...troubles(row)].filter(Boolean).join(', ')}`,
        )
      }
      for (const { withheld = [] } of rows)
        for (const { id, reasons } of withheld)
          print(context, `  withheld: ${id} (${[...new Set(reasons.map(({ rule }) => rule.slice(rule.indexOf('#') + 1)))].join(', ')})`)
      for (const { id, records } of report.orphans) {
        const held = Object.entries(records)
          .filter(([admission, count]) => count > 0 && admission !== 'removed')
          .map(([admission, count]) => `${count} ${admission}`)
        print(
          context,
          `  ${id.padEnd(28)} ${'no file'.padEnd(12)} ${held.join(', ')}: ${catalogue.harvesters} holds no ${id}.yaml; put it back, or let its records ` +
            `go: fihrist forget ${id}`,
        )
      }
      for (const { id, source, record, accept_removals: accept, at, taken } of report.requests) {
        print(
          context,
          `request ${id}: ${source}${record === null ? '' : `, record ${record}`}${accept ? ', accepting removals' : ''}, asked for ${at}, ` +
            `${taken ? `run started ${taken}` : 'waiting'}`,
        )
      }
    })
  })
}

function told({ state, started, finished, seen }: Run, running: boolean): string {
  if (finished) return `${state} ${finished}`
  return running ? `running since ${started}, ${seen} seen` : `its process died after ${started}, with ${seen} seen: run it again to go on from there`
}

/** What somebody has to look after. */
function troubles({ lastRun, lastCompleteRun, lagS, late, due, broken, errors }: ReturnType<typeof standingJson>): string[] {
  return [
    broken ? `not complete for ${broken.runs} ${broken.runs === 1 ? 'run' : 'runs'} since ${broken.since}` : '',
    broken && errors.length > 0 ? errors.map(({ code, count }) => (count > 1 ? `${code} (${count})` : code)).join(' ') : '',
    lastCompleteRun && lastRun?.id !== lastCompleteRun.id && lagS !== null ? `last complete run ${lagOf(lagS)} ago` : '',
    late ? `late: a run was due ${due}` : '',
  ]
}

const lagOf = (seconds: number) =>
  seconds < 5400 ? `${Math.round(seconds / 60)} min` : seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`
