import { workerData } from 'node:worker_threads'
import { move, transferableSymbol, valueSymbol } from 'piscina'
import { systemClock } from '../../clock.ts'
import { version } from '../../files.ts'
import { Problem, sentence, type Place, type ProblemCode, type Said } from '../../problem.ts'
import { decode } from '../../rdf/decode.ts'
import { parse } from '../../rdf/parse.ts'
import { remembering } from '../../remembering.ts'
import { unpackVocabulary, type PackedVocabulary } from '../../vocabulary/packed.ts'
import { saidProblem } from '../../words/said.ts'
import { sayWordsOf, wordsIn } from '../../words/words.ts'
import { feedJudge } from '../feed.ts'
import { placesIn } from '../places.ts'
import { loadProfile, profileNames } from '../profiles.ts'
import { unread } from '../unread.ts'
import { verdictFormats } from '../verdicts/index.ts'
import { readAsked, type Asked, type Request } from './asked.ts'
import { bytesOf } from './bytes.ts'
import { grouped, type Grouped } from './grouped.ts'

// A thread that looks at the feeds of others: what ends it, ends nothing else.

/** What the thread is given to begin with. */
export interface Given {
  shapes: string
  base: string
  lists: PackedVocabulary
  profile: string
  /** The folder of the edition's own words. */
  words: string
}

/** A feed that was fetched for who named its address. */
export interface Fetched {
  body: Uint8Array
  mediaType: string
  url: string
  asked: Omit<Asked, 'feed'>
}

/** What becomes of a request: something has to be fetched first; the verdict; or why there is none. */
export type Done =
  | { fetch: string; asked: Omit<Asked, 'feed'> }
  | { body: Uint8Array; mediaType: string; language: string; conforms: boolean }
  | { grouped: Grouped; language: string }
  | { problem: { code: ProblemCode; message: string; place: Place; said: Said | undefined } }

const { shapes, base, lists, profile: usual, words } = workerData as Given
sayWordsOf(words)
const vocabulary = unpackVocabulary(lists)

/** Profiles are compiled once. */
const judges = remembering((name: string) => loadProfile(shapes, base, name).then(profile => feedJudge(profile, vocabulary)))

export default async (request: Request | Fetched): Promise<unknown> => givenAway(await check(request))

async function check(request: Request | Fetched): Promise<Done> {
  try {
    if ('asked' in request) return await told({ body: request.body, mediaType: request.mediaType, name: request.url }, request.asked)
    const asked = await readAsked(request)
    if (!asked) throw saidProblem('bad-request', 'validate_problem.nothing')
    const { feed, ...how } = asked
    return 'url' in feed ? { fetch: feed.url, asked: how } : await told(feed, how)
  } catch (error) {
    const { code, message, place, said } =
      error instanceof Problem ? error : saidProblem('unreadable-rdf', 'validate_problem.unreadable', { where: '', detail: sentence(error) }, {}, error)
    return { problem: { code, message, place, said } }
  }
}

async function told(
  { body, mediaType, name }: Exclude<Asked['feed'], { url: string }>,
  { profile = usual, language, format }: Omit<Asked, 'feed'>,
): Promise<Done> {
  if (!profileNames(shapes).includes(profile))
    throw saidProblem('bad-request', 'validate_problem.profile', { profile, profiles: profileNames(shapes).join(', ') })
  const judge = await judges(profile)
  const text = decode(body, mediaType).replace(/^\uFEFF/, '')
  const url = URL.canParse(name) ? name : `file:///${encodeURIComponent(name || 'feed')}`
  const parsed = await parse(text, { url, ...(mediaType && { mediaType }) }).catch(error => {
    throw unread(error)
  })
  if (parsed.problem) throw unread(parsed.problem)
  const verdict = await judge(parsed.quads)
  const place = placesIn(text, parsed)
  if (format === 'grouped') return { grouped: grouped(verdict, name, systemClock().toISOString(), place), language }
  const { write, mediaType: told } = verdictFormats[format]!
  const written = write(verdict, { file: name || 'feed', words: wordsIn(language), version, place })
  // As it is sent: whoever waits for other pages is not kept waiting by some megabytes of text.
  return { body: bytesOf(written, '\n'), mediaType: told, language, conforms: verdict.conforms }
}

/** An answer whose bytes are given away, and not copied. */
const givenAway = (done: Done): unknown => ('body' in done ? move({ [transferableSymbol]: [done.body.buffer], [valueSymbol]: done }) : done)
