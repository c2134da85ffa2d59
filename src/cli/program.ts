import { Command, CommanderError, Option } from 'commander'
import { version } from '../files.ts'
import { Problem, sentence } from '../problem.ts'
import { backupCommand } from './backup.ts'
import { check } from './check.ts'
import type { Context } from './context.ts'
import { demo } from './demo.ts'
import { exportCatalogue } from './export.ts'
import { harvest } from './harvest.ts'
import { inventoryCommand } from './inventory.ts'
import { probeCommand } from './probe.ts'
import { protocolsCommand } from './protocols.ts'
import { pruneCommand } from './prune.ts'
import { rebuildCommand } from './rebuild.ts'
import { restoreCommand } from './restore.ts'
import { serve } from './serve.ts'
import { sourcesCommand } from './sources.ts'
import { status } from './status.ts'
import { validate } from './validate.ts'

/** The commands. Add one: a file that declares it, and a name here. Each action returns its exit code; none: the process goes on. */
const commands: ((context: Context) => Command)[] = [demo, serve, harvest, validate, inventoryCommand, exportCatalogue, status, sourcesCommand, protocolsCommand, probeCommand, check, rebuildCommand, pruneCommand, backupCommand, restoreCommand]

/** Runs a command line. A failure we foresaw is one sentence on standard error and exit code 2. */
export async function program(argv: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const context: Context = { env, finish: code => { process.exitCode = code } }
  const root = new Command('fihrist')
    .description('A DCAT linked-data catalogue and harvester.')
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
  for (const command of commands) {
    root.addCommand(command(context)
      .addOption(new Option('--catalogue <file>', 'the edition').default('catalogue.yaml'))
      .addOption(new Option('--data <folder>', 'where the ledger lies').default('data'))
      .option('--json', 'print JSON for programs')
      .option('--quiet', 'print nothing but results and errors')
      .exitOverride())
  }
  try {
    await root.parseAsync(argv)
  } catch (error) {
    // Commander has printed what was wrong with the command line, or the help that was asked for.
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
    else if (error instanceof Problem) {
      process.stderr.write(`fihrist: ${error.message}\n`)
      process.exitCode = 2
    } else {
      process.stderr.write(`fihrist: this is a bug, please report it: ${error instanceof Error ? error.stack : sentence(error)}\n`)
      process.exitCode = 70
    }
  }
}
