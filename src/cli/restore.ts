import { Command } from 'commander'
import { restore } from '../ledger/file/backup.ts'
import { print, type CommonOptions, type Context } from './context.ts'

interface Options extends CommonOptions {
  force?: boolean
}

/** `fihrist restore FILE`: a backup in the place of the ledger. */
export function restoreCommand(context: Context): Command {
  return new Command('restore')
    .description('put a backup in the place of the ledger')
    .argument('<file>', 'what fihrist backup has written')
    .option('--force', 'replace the ledger that is there')
    .action((file: string, options: Options) => {
      const revision = restore(options.data, file, options.force ?? false)
      if (options.json) print(context, JSON.stringify({ revision, file }))
      else if (!options.quiet) print(context, `${options.data}: the ledger of ${file}, at revision ${revision}`)
    })
}
