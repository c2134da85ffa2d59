import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Command, Option } from 'commander'
import { readCatalogue } from '../config/catalogue.ts'
import { root, version } from '../files.ts'
import { politeFetch } from '../harvest/http/fetch.ts'
import { Problem, sentence } from '../problem.ts'
import { decode } from '../rdf/decode.ts'
import { parse, type Origin } from '../rdf/parse.ts'
import { judge } from '../validate/feed.ts'
import { placesIn } from '../validate/places.ts'
import { loadProfile, profileNames } from '../validate/profiles.ts'
import { unread } from '../validate/unread.ts'
import { verdictFormats } from '../validate/verdicts/index.ts'
import { loadVocabulary } from '../vocabulary/vocabulary.ts'
import { saidProblem } from '../words/said.ts'
import { wordsIn, type Words } from '../words/words.ts'
import { languageFor, print, tell, type CommonOptions, type Context } from './context.ts'

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
    .option('--lang <language>', 'language of messages: one of the program or the edition')
    .action(async (feed: string, options: Options) => {
      const edition = existsSync(options.catalogue) ? readCatalogue(resolve(options.catalogue), context.env) : undefined
      const { base, shapes, ontologies } = edition ?? { base: 'https://example.org', shapes: resolve(root, 'shapes'), ontologies: resolve(root, 'ontologies') }
      const words = wordsIn(languageFor(options.lang, edition))
      const names = profileNames(shapes)
      if (!names.includes(options.profile))
        throw saidIn(words, saidProblem('configuration', 'validate_problem.profile', { profile: options.profile, profiles: names.join(', ') }))
      const profile = await loadProfile(shapes, base, options.profile)
      const { text, parsed } = await read(feed, context, edition?.http.userAgent ?? `Fihrist/${version}`).catch(error => {
        throw saidIn(words, error)
      })
      const verdict = await judge(parsed.quads, profile, await loadVocabulary(ontologies, base))
      const about = { file: feed, words, version, place: placesIn(text, parsed), colour: isColoured(context) }
      print(context, [...verdictFormats[options.json ? 'json' : options.format]!.write(verdict, about)].join(''))
      if (parsed.problem) tell(context, `fihrist: ${sentence(saidIn(words, parsed.problem))}`)
      context.finish(parsed.problem ? 2 : verdict.conforms ? 0 : 1)
    })
}

/** A problem in the language of the verdict. */
function saidIn(words: Words, error: unknown): unknown {
  const problem = unread(error)
  if (!(problem instanceof Problem) || !problem.said) return problem
  const { key, values } = problem.said
  return new Problem(problem.code, words.t(key, values), problem.place, error)
}

/** A terminal that has not said that it wants none (no-color.org). */
const isColoured = ({ out, env }: Context) => 'isTTY' in out && out.isTTY === true && !env['NO_COLOR']

async function read(feed: string, { input }: Context, userAgent: string) {
  const understood = async (body: Uint8Array, origin: Origin) => {
    const text = decode(body, origin.mediaType).replace(/^\uFEFF/, '')
    return { text, parsed: await parse(text, origin) }
  }
  if (/^https?:\/\//i.test(feed)) {
    // The person at the command line names the address: their own machine and network are theirs to ask.
    const fetch = politeFetch({ delayMs: 0, timeoutS: 60, maxBytes: 500e6 }, { userAgent, allowAddresses: ['0.0.0.0/0', '::/0'] })
    const page = await fetch(feed, 'text/turtle, application/rdf+xml;q=0.9, application/ld+json;q=0.9, */*;q=0.1')
    return understood(page.body, { url: page.url, mediaType: page.mediaType })
  }
  try {
    const body = feed === '-' ? input() : readFileSync(feed)
    return await understood(body, { url: feed === '-' ? 'file:///stdin' : pathToFileURL(resolve(feed)).href })
  } catch (error) {
    if (error instanceof Problem) throw error
    const ofFile = `validate_problem.file.${(error as NodeJS.ErrnoException).code}`
    const key = wordsIn('en').has(ofFile) ? ofFile : 'validate_problem.unreachable'
    throw saidProblem('unreadable-rdf', key, { url: feed, detail: sentence(error) }, { file: feed }, error)
  }
}
