import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command, Option } from 'commander'
import { readCatalogue } from '../config/catalogue.ts'
import { root, version } from '../files.ts'
import { politeFetch } from '../harvest/http/fetch.ts'
import { Problem, sentence } from '../problem.ts'
import { parse } from '../rdf/parse.ts'
import { judge } from '../validate/feed.ts'
import { loadProfile } from '../validate/profiles.ts'
import { verdictFormats } from '../validate/verdict-formats.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { print, tell, type CommonOptions, type Context } from './context.ts'

interface Options extends CommonOptions {
  profile: string
  format: string
  lang?: string
}

/** `fihrist validate FILE|URL|-`: SHACL and quality of any feed, without harvesting it. */
export function validate(context: Context): Command {
  return new Command('validate')
    .description('check any DCAT feed against a profile, without harvesting it')
    .argument('<feed>', 'a file, an address, or - for standard input')
    .option('--profile <name>', 'a profile of shapes/', 'dcat-ap')
    .addOption(new Option('--format <format>', 'how the verdict is written').choices(Object.keys(verdictFormats)).default('text'))
    .addOption(new Option('--lang <language>', 'language of messages').choices(['fr', 'ar', 'en']))
    .action(async (feed: string, options: Options) => {
      const edition = existsSync(options.catalogue) ? readCatalogue(resolve(options.catalogue), context.env) : undefined
      const { base, shapes, ontologies } = edition ?? { base: 'https://example.org', shapes: resolve(root, 'shapes'), ontologies: resolve(root, 'ontologies') }
      const profile = await loadProfile(shapes, base, options.profile)
      const { quads, problem } = await read(feed, context, edition?.http.userAgent ?? `Fihrist/${version}`)
      const verdict = await judge(quads, profile, await loadVocabulary(ontologies, base))
      const lang = options.lang ?? edition?.languages[0] ?? 'en'
      print(context, await verdictFormats[options.json ? 'json' : options.format]!(verdict, { file: feed, lang, version }))
      if (problem) tell(context, `fihrist: ${problem.message}`)
      context.finish(problem ? 2 : verdict.conforms ? 0 : 1)
    })
}

async function read(feed: string, { input }: Context, userAgent: string) {
  if (/^https?:\/\//i.test(feed)) {
    // The person at the command line names the address: their own machine and network are theirs to ask.
    const fetch = politeFetch({ delayMs: 0, timeoutS: 60, maxBytes: 500e6 }, { userAgent, allowAddresses: ['0.0.0.0/0', '::/0'] })
    const page = await fetch(feed, 'text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.9, */*;q=0.1')
    return parse(page.body, { url: page.url, mediaType: page.mediaType })
  }
  try {
    const body = feed === '-' ? input() : readFileSync(feed)
    return await parse(body, { url: feed === '-' ? 'file:///stdin' : pathToFileURL(resolve(feed)).href })
  } catch (error) {
    if (error instanceof Problem) throw error
    throw new Problem('unreadable-rdf', `${feed} cannot be read: ${sentence(error)}.`, { file: feed }, error)
  }
}
