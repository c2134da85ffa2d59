import { Command } from 'commander'
import type { Source } from '../config/sources.ts'
import { lockSource } from '../ledger/file/lock.ts'
import { currentRevision } from '../ledger/records/revisions.ts'
import { foreseeForgetting, forgetSource, type Forgotten } from '../ledger/sources/forget.ts'
import { metSources } from '../ledger/sources/memory.ts'
import { Problem } from '../problem.ts'
import { print, readEdition, withLedger, type CommonOptions, type Context } from './context.ts'

interface Options extends CommonOptions {
  dryRun?: boolean
}

/** `fihrist forget SOURCE`: lets go all that is held of a source that is harvested no more. */
export function forgetCommand(context: Context): Command {
  return new Command('forget')
    .description('let go all records of a source that is harvested no more; tombstones and versions stay')
    .argument('<source>', 'id of the source, whose file is deleted or says enabled: false')
    .option('--dry-run', 'say what would go, and let nothing go')
    .action(async (id: string, options: Options) => {
      const { sources } = readEdition(options, context)
      await withLedger(options, ledger => {
        refuse(id, sources, metSources(ledger))
        const unlock = lockSource(ledger, id)
        try {
          const forgotten = options.dryRun ? foreseeForgetting(ledger, id) : forgetSource(ledger, id, new Date().toISOString())
          const revision = currentRevision(ledger)
          if (options.json) print(context, JSON.stringify({ source: id, dryRun: options.dryRun ?? false, revision, ...forgotten }))
          else if (!options.quiet) print(context, toText(id, forgotten, revision, options.dryRun ?? false))
        } finally {
          unlock()
        }
      })
    })
}

function refuse(id: string, sources: Source[], met: string[]): void {
  const source = sources.find(each => each.id === id)
  if (source?.enabled)
    throw new Problem(
      'configuration',
      `${id} is harvested: its next run would bring back all that goes. Delete ${source.file}, or say enabled: false in it; then forget it.`,
      { file: source.file },
    )
  if (met.includes(id)) return
  if (source) throw new Problem('configuration', `Nothing of ${id} was ever held: there is nothing to forget.`)
  throw new Problem('configuration', `Nobody knows a source "${id}". The ledger has met ${met.join(', ') || 'none yet'}.`)
}

function toText(id: string, { records, elsewhere }: Forgotten, revision: number, dryRun: boolean): string {
  const counts = Object.entries(records).filter(([, count]) => count > 0)
  if (counts.length === 0) return `${id}: nothing is held of it`
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  return [
    `${id}: ${dryRun ? 'would let go' : 'let go'} ${total} ${total === 1 ? 'record' : 'records'} ` +
      `(${counts.map(([admission, count]) => `${count} ${admission}`).join(', ')})`,
    elsewhere > 0 ? `; ${elsewhere} of the datasets ${dryRun ? 'would be' : elsewhere === 1 ? 'is' : 'are'} shown from another source` : '',
    dryRun ? ' (dry run: nothing was let go)' : `; revision ${revision}`,
  ].join('')
}
