import { randomBytes } from 'node:crypto'
import { Command, Option } from 'commander'
import { addressesOf } from '../config/addresses.ts'
import { note } from '../ledger/programme/deeds.ts'
import { invite } from '../ledger/programme/people.ts'
import { roles, type Role } from '../ledger/programme/roles.ts'
import { Problem } from '../problem.ts'
import { isEmail } from '../rdf/iri.ts'
import { ownLists } from '../vocabulary/lists.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { print, readEdition, withLedger, type CommonOptions, type Context } from './context.ts'

interface Options extends CommonOptions {
  name?: string
  role: Role
  body?: string
  lang?: string
  days: string
}

/** `fihrist invite EMAIL`: somebody who is to look after the catalogue, known by the link that is printed. */
export function inviteCommand(context: Context): Command {
  return new Command('invite')
    .description('invite somebody to look after the catalogue; prints the link by which he chooses a passphrase')
    .argument('<email>', 'his e-mail address')
    .option('--name <name>', 'how the log and the pages call him; the address where nothing is said')
    .addOption(new Option('--role <role>', 'what he may do').choices(roles).default('steward'))
    .option('--body <slug>', 'the organisation that he sees to; all of them where nothing is said')
    .option('--lang <language>', 'the language of his letters')
    .option('--days <number>', 'how long the invitation holds', '7')
    .action(async (email: string, options: Options) => {
      const { catalogue } = readEdition(options, context)
      const days = Number(options.days)
      if (!isEmail(email)) throw new Problem('configuration', `"${email}" is no e-mail address.`)
      if (!(days > 0 && days <= 365)) throw new Problem('configuration', `--days: "${options.days}" is no number of days from 1 to 365.`)
      const body = options.body === undefined ? null : await bodyNamed(catalogue.ontologies, catalogue.base, options.body)
      const word = randomBytes(24).toString('base64url')
      const at = new Date()
      const until = new Date(at.getTime() + days * 86_400_000).toISOString()
      const person = { email, name: options.name ?? email, role: options.role, body, language: options.lang ?? catalogue.languages[0]! }
      await withLedger(options, ledger => {
        invite(ledger, person, word, until, at.toISOString())
        note(ledger, { name: 'fihrist invite', act: 'invite', subject: person.name, said: { role: person.role } }, at.toISOString())
      })
      const link = addressesOf(catalogue.base).invitation(word)
      print(
        context,
        options.json
          ? JSON.stringify({ ...person, link, until })
          : options.quiet
            ? link
            : `${person.name} (${person.role}) enters by this link, until ${until}:\n${link}`,
      )
    })
}

/** The slug of an organisation of the edition, by whatever it is called. Throws `configuration` for one that no list knows. */
async function bodyNamed(ontologies: string, base: string, name: string): Promise<string> {
  const vocabulary = await loadVocabulary(ontologies, base)
  const found = vocabulary.match(ownLists(base).organisation, name)
  if (found) return found.slug
  throw new Problem('configuration', `--body: the list of organisations has no "${name}". Use a slug of organisations.ttl.`)
}
