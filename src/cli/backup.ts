import { Command } from 'commander'
import { backup } from '../ledger/file/backup.ts'
import { print, type CommonOptions, type Context } from './context.ts'

/** `fihrist backup FILE`: a consistent copy of the ledger, while others write. */
export function backupCommand(context: Context): Command {
  return new Command('backup')
    .description('copy the ledger to a file, while it is in use')
    .argument('<file>', 'a file that is not there yet')
    .action((file: string, options: CommonOptions) => {
      const revision = backup(options.data, file)
      if (options.json) print(context, JSON.stringify({ revision, file }))
      else if (!options.quiet) print(context, `${file}: the ledger at revision ${revision}`)
    })
}
