import type { Catalogue } from '../../config/catalogue.ts'
import { isSilence, Problem } from '../../problem.ts'
import { decode } from '../../rdf/decode.ts'
import { StatusProblem, type Page, type Stream } from '../http/answer.ts'
import { politeHttp, type Fetch, type Open } from '../http/fetch.ts'
import type { Recognised, Candidate } from '../protocol.ts'
import { protocols } from '../protocols/index.ts'
import { anyMediaType, ifAnswered } from '../readers/recognise.ts'
import { isHtml, readHomePage, type HomePage } from './home-page.ts'

/** One question to a portal, and what came of it. */
export interface Question {
  protocol: string
  url: string
  answered: string
}
export type SpokenProtocol = Recognised & { protocol: string }

/** What became of a probe: the surest first. `gaveUp` says why no more was asked. */
export interface ProbeResult {
  url: string
  title: Record<string, string>
  language?: string | undefined
  found: SpokenProtocol[]
  tried: Question[]
  gaveUp?: Problem
}

export interface ProbeOptions {
  /** Finds all protocols that a portal speaks: does not stop at the first sure one. */
  all?: boolean
  onAnswer?: (tried: Question) => void
  signal?: AbortSignal
}

/** Requests in a row without an answer after which a portal is not asked any more. */
const maxSilent = 3

/** Finds out what a portal speaks, asking under the rules of the catalogue. Throws a Problem where the portal cannot be reached at all. */
export async function probe(
  url: string,
  { http, limits, languages }: Pick<Catalogue, 'http' | 'limits' | 'languages'>,
  { all = false, onAnswer, signal }: ProbeOptions = {},
): Promise<ProbeResult> {
  const tried: Question[] = []
  const asker = (robots: boolean) =>
    politeHttp(
      { ...limits, timeoutS: Math.min(limits.timeoutS, 20), totalS: Math.min(limits.totalS ?? 60, 60), maxBytes: Math.min(limits.maxBytes, 20e6) },
      http,
      { robots, retry: false, signal },
    )
  const noted = noting(tried, onAnswer)
  const [plain, heedful] = [asker(false), asker(true)].map(remembering) as [Asker, Asker]

  const first = await front(url, noted('', plain).fetch)
  const home = first && isHtml(textOf(first)) ? readHomePage(first) : undefined
  // A page that redirects is taken for where it leads.
  const here = home ? first!.url : url
  const found: SpokenProtocol[] = []
  let gaveUp: Problem | undefined
  try {
    // An address of an API or a file, and not of a page, is asked alone before anything is looked for beside it.
    for (const bases of home ? [basesOf(here, home)] : [[], basesOf(here)]) {
      for (const protocol of inOrder()) {
        if (found.some(each => each.protocol === protocol) || (!all && found.some(({ sure }) => sure))) continue
        const { recognise, robots } = protocols[protocol]!
        const portal: Candidate = { url: here, bases, feeds: home?.feeds ?? [], ...noted(protocol, robots ? heedful : plain) }
        const recognised = await recognise(portal)
        if (recognised) found.push({ protocol, ...recognised })
      }
    }
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error
    gaveUp = error.problem
  }
  const title = home && found.length > 0 ? await titlesOf(here, home, languages, noted('title', plain).fetch) : {}
  return { url, title, language: home?.language, found: found.sort((a, b) => Number(b.sure) - Number(a.sure)), tried, ...(gaveUp && { gaveUp }) }
}

/** The protocols in the order in which a portal is asked for them. */
const inOrder = () => Object.keys(protocols).sort((a, b) => protocols[a]!.rank - protocols[b]!.rank)

type Asker = { fetch: Fetch; open: Open }
class GivenUp extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/**
 * The page at the address itself; undefined where it answers with an error or too slowly. Any other problem (no such host, robots.txt) holds for all of the
 * portal, and is thrown.
 */
async function front(url: string, fetch: Fetch): Promise<Page | undefined> {
  try {
    return await fetch(url, anyMediaType)
  } catch (error) {
    if (
      error instanceof Problem &&
      (error instanceof StatusProblem || error.kind === 'slow' || error.code === 'too-large' || error.code === 'too-many-redirects')
    )
      return undefined
    throw error
  }
}

/** Asks each address once, and remembers the answer. */
function remembering({ fetch, open }: Asker): Asker {
  const answers = new Map<string, Promise<Page>>()
  return {
    open,
    fetch: (url, accept, asking) => {
      if (asking) return fetch(url, accept, asking)
      const known = answers.get(`${accept} ${url}`)
      if (known) return known
      const answer = fetch(url, accept)
      answers.set(`${accept} ${url}`, answer)
      return answer
    },
  }
}

/** Notes each request for a protocol and its answer; gives up on a portal that no longer answers. */
function noting(tried: Question[], onAnswer: ProbeOptions['onAnswer']) {
  let silent = 0
  return (protocol: string, { fetch, open }: Asker): Asker => {
    const note = async <T extends Page | Stream>(url: string, ask: () => Promise<T>): Promise<T> => {
      const say = (answered: string) => {
        const line = { protocol, url, answered }
        tried.push(line)
        onAnswer?.(line)
      }
      try {
        const answer = await ask()
        silent = 0
        say('body' in answer && answer.body instanceof Uint8Array ? kindOf(answer as Page) : answer.mediaType || 'something without a media type')
        return answer
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        say(error instanceof StatusProblem ? `HTTP ${error.answered}` : error.code)
        silent = isNoAnswer(error) ? silent + 1 : 0
        if (silent >= maxSilent) throw new GivenUp(error)
        throw error
      }
    }
    return { fetch: (url, ...rest) => note(url, () => fetch(url, ...rest)), open: (url, ...rest) => note(url, () => open(url, ...rest)) }
  }
}

/** An answer that says no more than "not now" is none. */
const isNoAnswer = (problem: Problem) => (problem instanceof StatusProblem ? [429, 503].includes(problem.answered) : isSilence(problem))

const textOf = ({ body, mediaType }: Page) => decode(body.subarray(0, 2000), mediaType)

/** The kind of an answer by its first bytes: portals call everything text/html. */
function kindOf(page: Page): string {
  const text = textOf(page).trimStart()
  if (text === '') return 'nothing'
  if (isHtml(text)) return 'a page of HTML'
  if (/^[[{]/.test(text)) return 'JSON'
  const root = /^(?:\s|<\?[^>]*>|<!--[\s\S]*?-->)*<([\w:-]+)/.exec(text)?.[1]
  return root ? `XML (${root})` : page.mediaType || 'text'
}

/** The folder of the address without the path of an API, what the page leads to, and the root of the host. */
function basesOf(url: string, home?: HomePage): string[] {
  const { origin, pathname } = new URL(url)
  const folder = new URL(
    pathname
      .replace(/\/(?:api|explore|datasets?)(?:\/.*)?$/, '/')
      .replace(/[^/]*\.[a-z]{2,6}$/i, '')
      .replace(/\/?$/, '/'),
    origin,
  ).href
  return [...new Set([folder, ...(home?.folders ?? []), `${origin}/`])]
}

/** The portal's title in each language of the catalogue in which it has a page. */
async function titlesOf(url: string, home: HomePage, languages: string[], fetch: Fetch): Promise<Record<string, string>> {
  const titles: Record<string, string> = home.title ? { [home.language ?? 'und']: home.title } : {}
  for (const language of languages) {
    const address = home.translations[language]
    if (titles[language] || !address || new URL(address).origin !== new URL(url).origin) continue
    const { title } = (await ifAnswered(async () => readHomePage(await fetch(address, anyMediaType))).catch(() => undefined)) ?? {}
    if (title) titles[language] = title
  }
  return titles
}
