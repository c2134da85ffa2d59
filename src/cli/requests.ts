import { Command, Option } from 'commander'
import { isKind, kindNames, openStates } from '../ledger/programme/kinds.ts'
import { contributions } from '../ledger/programme/lists.ts'
import { matterJson } from '../outlets/programme/json.ts'
import { mostOf, print, readEdition, withLedger, type CommonOptions, type Context } from './context.ts'

interface Options extends CommonOptions {
  kind: string
  open?: boolean
  body?: string
  most: string
}

/** `fihrist requests`: what people have brought, for who looks after the catalogue; nobody's address is in it. */
export function requestsCommand(context: Context): Command {
  return new Command('requests')
    .description('what people asked for, made and reported, the newest first')
    .addOption(new Option('--kind <kind>', 'which of them').choices(kindNames).default('request'))
    .option('--open', 'those alone of which something is still to come')
    .option('--body <slug>', 'those of one organisation')
    .option('--most <number>', 'how many', '100')
    .action((options: Options) => {
      const { catalogue } = readEdition(options, context)
      return withLedger(options, ledger => {
        const kind = isKind(options.kind) ? options.kind : 'request'
        const all = contributions(ledger, { kind, most: mostOf(options.most), body: options.body, ...(options.open && { states: openStates(kind) }) })
        if (options.json) return print(context, JSON.stringify(all.map(each => matterJson({ catalogue }, each))))
        for (const { id, state, at, body, supporters, said, datasets } of all)
          print(context, [id, state, at.slice(0, 10), body ?? '-', supporters, said['title'] ?? `${said['type']}: ${datasets.join(' ')}`].join('\t'))
      })
    })
}
