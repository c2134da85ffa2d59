import { Command } from 'commander'
import { protocols } from '../harvest/protocols/index.ts'
import { optionsOf, readsOf } from '../harvest/protocols/option-list.ts'
import { Problem } from '../problem.ts'
import { entry } from '../table.ts'
import { print, type CommonOptions, type Context } from './context.ts'

/** `fihrist protocols [NAME…]`: what can be read, and the options of each protocol. */
export function protocolsCommand(context: Context): Command {
  return new Command('protocols')
    .description('list the protocols that can be read; with their names, the options of each')
    .argument('[name...]', 'names of protocols')
    .action((names: string[], { json }: CommonOptions) => {
      const unknown = names.find(name => !entry(protocols, name))
      if (unknown) throw new Problem('configuration', `There is no protocol "${unknown}"; there are: ${Object.keys(protocols).sort().join(', ')}.`)
      const wanted = (names.length > 0 ? names : Object.keys(protocols)).sort()
      if (json)
        print(
          context,
          JSON.stringify({
            protocols: wanted.map(name => ({ name, reads: readsOf(protocols[name]!), robots: protocols[name]!.robots, options: optionsOf(protocols[name]!) })),
          }),
        )
      else if (names.length === 0) print(context, wanted.map(name => `${name.padEnd(14)} ${readsOf(protocols[name]!)}`).join('\n'))
      else print(context, wanted.map(helpOf).join('\n\n'))
    })
}

function helpOf(name: string): string {
  const lines = optionsOf(protocols[name]!).map(
    ({ name, type, meaning, default: taken }) =>
      `  ${name}: ${type.replaceAll('`', '')}${taken === undefined ? '' : ` (${taken} where it is not said)`}\n      ${meaning}`,
  )
  return [`${name}: ${readsOf(protocols[name]!)}`, ...(lines.length > 0 ? lines : ['  It has no options.'])].join('\n')
}
