import { Command, CommanderError, Option } from 'commander'
import { version } from '../files.ts'
import { Problem, sentence } from '../problem.ts'
import { entry } from '../table.ts'
import type { Context } from './context.ts'

type Declare = (context: Context) => Command

/** The commands, read when they are asked for. Add one: a file that declares it, and a line here. Each action returns its exit code; none: the process goes on. */
const commands: Record<string, () => Promise<Declare>> = {
  demo: async () => (await import('./demo.ts')).demo,
  serve: async () => (await import('./serve.ts')).serve,
  harvest: async () => (await import('./harvest.ts')).harvest,
  validate: async () => (await import('./validate.ts')).validate,
  inventory: async () => (await import('./inventory.ts')).inventoryCommand,
  export: async () => (await import('./export.ts')).exportCatalogue,
  status: async () => (await import('./status.ts')).status,
  sources: async () => (await import('./sources.ts')).sourcesCommand,
  protocols: async () => (await import('./protocols.ts')).protocolsCommand,
  probe: async () => (await import('./probe.ts')).probeCommand,
  check: async () => (await import('./check.ts')).check,
  rebuild: async () => (await import('./rebuild.ts')).rebuildCommand,
  prune: async () => (await import('./prune.ts')).pruneCommand,
  forget: async () => (await import('./forget.ts')).forgetCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
}

/** Runs a command line. A failure we foresaw is one sentence on standard error and exit code 2. */
export async function program(argv: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const context: Context = {
    env,
    finish: code => {
      process.exitCode = code
    },
  }
  const root = new Command('fihrist')
    .description('A DCAT linked-data catalogue and harvester.')
    .version(version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
  const named = entry(commands, argv[2] ?? '')
  for (const read of named ? [named] : Object.values(commands)) {
    const declare = await read()
    root.addCommand(
      declare(context)
        .addOption(new Option('--catalogue <file>', 'the edition').default('catalogue.yaml'))
        .addOption(new Option('--data <folder>', 'where the ledger lies').default('data'))
        .option('--json', 'print JSON for programs')
        .option('--quiet', 'print nothing but results and errors')
        .exitOverride(),
    )
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
