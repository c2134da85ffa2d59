import { Command } from 'commander'
import { note } from '../ledger/programme/deeds.ts'
import { dismiss, people, personNamed } from '../ledger/programme/people.ts'
import { Problem } from '../problem.ts'
import { print, withLedger, type CommonOptions, type Context } from './context.ts'

/** `fihrist users`: who may sign in; `fihrist users remove EMAIL` lets in no longer. */
export function usersCommand(context: Context): Command {
  const command = new Command('users').description('who may look after the catalogue over the web').action((options: CommonOptions) =>
    withLedger(options, ledger => {
      const all = people(ledger)
      if (options.json)
        return print(
          context,
          JSON.stringify(
            all.map(({ email, name, role, body, language, since, active }) => ({ email, name, role, body, language, since, active: active === 1 })),
          ),
        )
      if (all.length === 0 && !options.quiet) print(context, 'Nobody yet: fihrist invite EMAIL')
      for (const { email, name, role, body, active } of all) print(context, [email, name, role, body ?? 'all bodies', active ? 'active' : 'invited'].join('\t'))
    }),
  )
  command
    .command('remove')
    .description('let somebody in no longer; what he did stays in the log')
    .argument('<email>')
    .action((email: string, _options: object, self: Command) => {
      const options = self.optsWithGlobals<CommonOptions>()
      return withLedger(options, ledger => {
        const person = personNamed(ledger, email)
        if (!person) throw new Problem('not-found', `Nobody with the address ${email} may sign in. fihrist users lists those who may.`)
        dismiss(ledger, person)
        note(ledger, { name: 'fihrist users', act: 'dismiss', subject: person.name }, new Date().toISOString())
        if (options.json) print(context, JSON.stringify({ removed: person.email }))
        else if (!options.quiet) print(context, `${person.name} may no longer sign in.`)
      })
    })
  return command
}
