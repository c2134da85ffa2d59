import { existsSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import { version } from '../files.ts'
import { faultOf } from '../ledger/file/faults.ts'
import { Problem, sentence } from '../problem.ts'
import { entry } from '../table.ts'
import { tell, type Context, type Outside } from './context.ts'
import { allWritten } from './outside.ts'

type Declare = (context: Context) => Command

/** The commands, read when they are asked for. Add one: a file that declares it, and a line here. Each says by `finish` what the exit code is. */
const commands: Record<string, () => Promise<Declare>> = {
  demo: async () => (await import('./demo.ts')).demo,
  serve: async () => (await import('./serve.ts')).serve,
  harvest: async () => (await import('./harvest.ts')).harvest,
  validate: async () => (await import('./validate.ts')).validate,
  links: async () => (await import('./links.ts')).links,
  inventory: async () => (await import('./inventory.ts')).inventoryCommand,
  export: async () => (await import('./export.ts')).exportCatalogue,
  status: async () => (await import('./status.ts')).status,
  sources: async () => (await import('./sources.ts')).sourcesCommand,
  protocols: async () => (await import('./protocols.ts')).protocolsCommand,
  init: async () => (await import('./init.ts')).initCommand,
  probe: async () => (await import('./probe.ts')).probeCommand,
  check: async () => (await import('./check.ts')).check,
  doctor: async () => (await import('./doctor.ts')).doctor,
  rebuild: async () => (await import('./rebuild.ts')).rebuildCommand,
  prune: async () => (await import('./prune.ts')).pruneCommand,
  forget: async () => (await import('./forget.ts')).forgetCommand,
  invite: async () => (await import('./invite.ts')).inviteCommand,
  users: async () => (await import('./users.ts')).usersCommand,
  requests: async () => (await import('./requests.ts')).requestsCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
}

/** Commands that work on what is held: where that is the demonstration alone, on it. */
const readsDemo = new Set(['validate', 'links', 'export', 'status', 'sources', 'probe', 'check', 'rebuild', 'users', 'requests', 'backup'])

/**
 * Runs a command line, and returns its exit code; what a service goes on with goes on. A failure we foresaw is one sentence on standard error and exit
 * code 2.
 */
export async function program(argv: string[], outside: Outside): Promise<number> {
  let exitCode = 0
  const context: Context = {
    ...outside,
    finish: code => {
      exitCode = code
    },
  }
  const root = new Command('fihrist')
    .description('A DCAT linked-data catalogue and harvester.')
    .version(version)
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
        .option('--quiet', 'print nothing but results and errors'),
    )
  }
  root.hook('preAction', async (_root, command) => {
    const isDefault = ['catalogue', 'data'].every(name => command.getOptionValueSource(name) === 'default')
    if (!isDefault || !readsDemo.has(command.name()) || !existsSync('data/demo')) return
    const demo = (await import('./demo-edition.ts')).harvestedDemo()
    if (!demo) return
    if (!command.opts()['quiet']) tell(context, `This is the demonstration, as npm start harvested it into ${demo.data}: nothing else was harvested here.`)
    for (const [name, value] of Object.entries(demo)) command.setOptionValueWithSource(name, value, 'implied')
  })
  speakThrough(root, outside)
  try {
    await root.parseAsync(argv)
    await allWritten(outside.out)
  } catch (error) {
    // Commander has printed what was wrong with the command line, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    const problem = error instanceof Problem ? error : faultOf(error)
    tell(
      context,
      problem ? `fihrist: ${problem.message}` : `fihrist: this is a bug, please report it: ${error instanceof Error ? error.stack : sentence(error)}`,
    )
    return problem ? 2 : 70
  }
  return exitCode
}

/** Lets a command, and those within it, say what is wrong with a command line where all else is said, and end nothing. */
function speakThrough(command: Command, { out, err }: Pick<Outside, 'out' | 'err'>): void {
  command.exitOverride().configureOutput({ writeOut: text => out.write(text), writeErr: text => err.write(text) })
  for (const each of command.commands) speakThrough(each, { out, err })
}
